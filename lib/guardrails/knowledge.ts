import { valueOf, type Facts, type Known } from '#lib/core/fact.ts';
import { isRest, type Memory } from '#lib/core/memory.ts';
import type { Proposal } from '#lib/core/proposal.ts';
import { isPerson } from '#lib/core/subject.ts';
import { daysOf, type Day } from './dates.ts';
import { detectInjection } from './injection.ts';
import { numbersOf } from './numbers.ts';
import { splitSentences } from './sentences.ts';
import { fieldTexts } from './texts.ts';

/** What a draft may rest on, worked out once for a check. */
export type Knowledge = {
  facts: Facts;
  /**
   * Whether words stand in the record one after the other, however they are set. Sentences that read like orders to a
   * machine do not count.
   */
  says: (words: string) => boolean;
  numbers: Set<string>;
  /** What our own side wrote: the only thing that supports a link, an address or a promise. */
  ours: string;
  /** Days on which something happened or is planned, or that are written somewhere. */
  days: Day[];
  /** E-mail addresses and phone numbers (digits) of the recipient and of the owner. */
  own: { emails: Set<string>; phones: Set<string> };
  /** What people taught, as reasons repeat it. */
  taught: (sentence: string) => boolean;
};

export const phoneDigits = (text: string): string => text.replaceAll(/\D/g, '').replace(/^00/, '');

const withoutOrders = (text: string): string =>
  detectInjection(text).length === 0
    ? text
    : splitSentences(text)
        .filter(sentence => detectInjection(sentence).length === 0)
        .join(' ');

function recipientOf(facts: Facts): Pick<Known, 'fields'> | null {
  if (isPerson(facts.subject)) return facts;
  const people = facts.people.filter(({ subject }) => isPerson(subject));
  return people.find(person => valueOf(person, 'email')) ?? people[0] ?? null;
}

/** Names are looked up in this form: no signs, no line ends, so that a name is found however it is set. */
const wordsOf = (texts: string[]): string =>
  ` ${texts
    .join(' | ')
    .toLowerCase()
    .replaceAll(/['’]s\b/g, '')
    .replaceAll(/[^\p{L}\p{N}&'’|-]+/gu, ' ')} `;

export function knowledgeOf(facts: Facts, proposal: Proposal, memories: readonly Memory[] = []): Knowledge {
  const recipient = recipientOf(facts);
  const values = (names: string[]) =>
    names.flatMap(name => (recipient ? [valueOf(recipient, name) ?? ''] : [])).filter(Boolean);
  const ours = facts.touches.filter(t => t.direction === 'out').flatMap(t => [t.title, t.body]);
  // A sign-off is its sender's own words; what must not come up is no ground to stand on.
  const signatures = memories.filter(({ kind }) => kind === 'signature').map(({ text }) => text);
  const taught = memories.filter(one => one.kind !== 'do-not' && !isRest(one)).map(({ text }) => text);
  const clean = [...fieldTexts(facts), ...facts.touches.flatMap(t => [t.title, t.body]), ...taught].map(
    withoutOrders,
  );
  const people = [facts, ...facts.people].map(
    p => `${valueOf(p, 'firstname') ?? ''} ${valueOf(p, 'lastname') ?? ''}`,
  );
  if (facts.owner) people.push(facts.owner.name);
  const moments = [
    ...facts.touches.map(t => t.at),
    ...Object.values(facts.fields).map(f => f.at),
    facts.asOf,
    facts.createdAt,
    ...(proposal.sendAt ? [proposal.sendAt] : []),
    ...proposal.changes.flatMap(change => (change.kind === 'task' ? [change.dueAt] : [])),
  ];
  const corpus = wordsOf([...clean, ...people]);
  return {
    facts,
    says: words => corpus.includes(wordsOf([words])),
    numbers: new Set(clean.flatMap(numbersOf)),
    ours: [...ours, ...signatures].map(withoutOrders).join('\n').toLowerCase(),
    days: [...moments.flatMap(around), ...clean.flatMap(text => daysOf(text))],
    own: {
      emails: new Set(
        [...values(['email']), facts.owner?.email ?? ''].filter(Boolean).map(e => e.toLowerCase()),
      ),
      phones: new Set(values(['phone', 'mobilephone']).map(phoneDigits)),
    },
    taught: sentence => memories.some(({ text }) => sentence === `Taught: “${inWords(text)}”`),
  };
}

const inWords = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 300);

/** A moment is the day before or after it somewhere on earth. */
const around = (at: string): Day[] =>
  [-1, 0, 1].map(shift => {
    const date = new Date(new Date(at).getTime() + shift * 86_400_000);
    return { day: date.getUTCDate(), month: date.getUTCMonth() + 1, year: date.getUTCFullYear() };
  });
