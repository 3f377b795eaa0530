import type { Touch } from '#lib/core/fact.ts';
import { ownWords } from './replies.ts';

const plain = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** First word of a line that can only be a name; null: it is none. */
const nameIn = (line: string): string | null =>
  /^(\p{Lu}[\p{L}'’-]+)(?: \p{Lu}[\p{L}'’-]+)?$/u.exec(line.trim())?.[1] ?? null;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !/^sent from\b/i.test(line));

/** The first name under an e-mail, where it stands alone or after "Best,". */
function signer(body: string): string | null {
  const last = linesOf(ownWords(body)).slice(-1)[0] ?? '';
  return nameIn(last.replace(/^[\p{L} ]{2,20}, /u, ''));
}

/** The first name that an e-mail greets: "Hi Marek," or "Marek,". */
function greeted(body: string): string | null {
  const first = linesOf(body)[0] ?? '';
  return /,$/.test(first)
    ? nameIn(first.replace(/^(hi|hello|dear|hey|good (morning|afternoon)) /i, '').slice(0, -1))
    : null;
}

/**
 * False where an e-mail on the record is visibly signed by, or written to, somebody else, such as a colleague in copy:
 * nobody must be told "you wrote" about another person's words. In doubt it is the person.
 */
export function isWith(touch: Touch, firstName: string | null): boolean {
  if (touch.channel !== 'email' || firstName === null) return true;
  const name =
    touch.direction === 'in' ? signer(touch.body) : touch.direction === 'out' ? greeted(touch.body) : null;
  if (name === null || plain(name) === plain(firstName)) return true;
  // A company, a title or a department under a signature: the person's own name stands above it.
  return (
    touch.direction === 'in' &&
    linesOf(touch.body)
      .slice(-6)
      .some(line => plain(line).includes(plain(firstName)))
  );
}

/** Who signed, to find the person of a deal that a message came from. */
export const signerOf = (touch: Touch): string | null => {
  const name = touch.channel === 'email' && touch.direction === 'in' ? signer(touch.body) : null;
  return name && plain(name);
};

export const sameName = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && plain(a) === plain(b);
