import type { Manner, Person } from './person.ts';
import type { Random } from './random.ts';
import { SELLER, type Rep } from './owners.ts';
import type { Line, Situation } from './words/pain.ts';

/** Speaks about one situation and repeats a sentence within a story only when all others have been said. */
export type Voice = {
  s: Situation;
  random: Random;
  say: (lines: readonly Line[]) => string;
  /** One sentence not said yet, or an empty string. */
  add: (lines: readonly Line[]) => string;
};

export function createVoice(s: Situation, random: Random): Voice {
  const said = new Set<string>();
  const choose = (texts: string[]): string => {
    const text = random.pick(texts);
    said.add(text);
    return text;
  };
  const unsaid = (lines: readonly Line[]): string[] =>
    lines.map(line => line(s)).filter(text => !said.has(text));
  return {
    s,
    random,
    say(lines) {
      const fresh = unsaid(lines);
      return choose(fresh.length > 0 ? fresh : lines.map(line => line(s)));
    },
    add(lines) {
      const fresh = unsaid(lines);
      return fresh.length > 0 ? choose(fresh) : '';
    },
  };
}

const REP_GREETINGS = ['Hi', 'Hello', 'Hi', 'Good morning'];

export function repMail(
  rep: Rep,
  to: { first: string; last: string; manner: Manner },
  paragraphs: string[],
  random: Random,
): string {
  const greeting =
    to.manner === 'formal' && random.chance(0.5)
      ? `Dear ${to.first} ${to.last},`
      : `${random.pick(REP_GREETINGS)} ${to.first},`;
  return [
    greeting,
    ...paragraphs,
    `${rep.closing}\n${rep.firstName}${random.chance(0.5) ? ` ${rep.lastName}\n${SELLER.name} · ${rep.phone}` : ''}`,
  ].join('\n\n');
}

/** As that person writes: in haste from a phone, friendly, or by the book. */
export function contactMail(from: Person, rep: Rep, paragraphs: string[], random: Random): string {
  if (from.manner === 'brief') {
    const text = paragraphs.join(' ');
    const greeting = random.weighted([
      ['', 5],
      [`${rep.firstName},\n`, 2],
      ['Hi,\n', 2],
    ]);
    return `${greeting}${text}\n\n${random.weighted([
      [from.first, 5],
      [from.first[0] ?? '', 1],
      [`${from.first}\nSent from my phone`, 2],
    ])}`;
  }
  if (from.manner === 'formal') {
    const block = `${from.first} ${from.last}\n${from.title}\n${from.company.name}, ${from.city}`;
    return [
      `Dear ${rep.firstName} ${rep.lastName},`,
      ...paragraphs,
      `${random.pick(['Kind regards,', 'Yours sincerely,', 'With best regards,'])}\n${block}`,
    ].join('\n\n');
  }
  return [
    `${random.pick(['Hi', 'Hello'])} ${rep.firstName},`,
    ...paragraphs,
    `${random.pick(['Thanks', 'Cheers', 'Best', 'Have a good one'])}, ${from.first}`,
  ].join('\n\n');
}
