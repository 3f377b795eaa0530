import type { Touch } from '#lib/core/fact.ts';

/** How much of one e-mail is read: an answer stands at its top, and huge bodies must not cost time. */
const LENGTH = 4000;
const QUOTED = /^(?:On .{5,200} wrote:|-{3,} ?Original Message|_{10,})/m;
/** Without one of these nothing is quoted; looking for them is much faster than for the whole pattern. */
const MARKS = ['wrote:', '---', '__________'];

/** An e-mail never changes, and several phrases are looked for in each. */
const read = new WeakMap<Touch, string>();

/** The person's own words: quoted earlier e-mails are left out. */
export function ownWordsOf(touch: Touch): string {
  let own = read.get(touch);
  if (own === undefined) {
    own = touch.body.slice(0, LENGTH);
    if (MARKS.some(mark => own?.includes(mark))) own = own.split(QUOTED, 1)[0] ?? '';
    read.set(touch, own);
  }
  return own;
}

/** The first own sentence of an e-mail in which the phrase stands, verbatim; null when it stands in none. */
export function findPhrase(touch: Touch, phrase: RegExp): string | null {
  const own = ownWordsOf(touch);
  if (!phrase.test(own)) return null;
  const sentence = own
    .split(/\n+|(?<=[.!?])\s+/)
    .find(sentence => !sentence.trimStart().startsWith('>') && phrase.test(sentence));
  return sentence?.trim() ?? null;
}
