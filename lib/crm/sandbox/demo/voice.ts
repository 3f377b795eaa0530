import type { Manner, Person } from './person.ts';
import type { Random } from './random.ts';
import type { Rep } from './owners.ts';
import { SELLER } from './owners.ts';
import type { Situation } from './words/pain.ts';
import type { Line } from './words/pain.ts';

/** Speaks about one situation and does not use the same sentence twice in a story while others are left. */
export type Voice = { s: Situation; random: Random; say: (lines: readonly Line[]) => string };

export function createVoice(s: Situation, random: Random): Voice {
  const said = new Set<Line>();
  return {
    s,
    random,
    say(lines) {
      const fresh = lines.filter(line => !said.has(line));
      const line = random.pick(fresh.length > 0 ? fresh : lines);
      said.add(line);
      return line(s);
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
    const greeting = random.weighted([['', 5], [`${rep.firstName}, `, 2], ['Hi, ', 2]]); // prettier-ignore
    return `${greeting}${text}\n\n${random.weighted([[from.first, 5], [from.first[0] ?? '', 1], [`${from.first}\nSent from my phone`, 2]])}`; // prettier-ignore
  }
  if (from.manner === 'formal') {
    const block = `${from.first} ${from.last}\n${from.title}\n${from.company.name}, ${from.city}`;
    return [
      `Dear ${rep.firstName} ${rep.lastName},`,
      ...paragraphs,
      `${random.pick(['Kind regards,', 'Yours sincerely,', 'With best regards,'])}\n${block}`,
    ].join('\n\n');
  }
  return [`${random.pick(['Hi', 'Hello'])} ${rep.firstName},`, ...paragraphs, `${random.pick(['Thanks', 'Cheers', 'Best', 'Have a good one'])}, ${from.first}`].join('\n\n'); // prettier-ignore
}
