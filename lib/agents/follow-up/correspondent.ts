import type { Touch } from '#lib/core/fact.ts';
import { ownWords } from './replies.ts';

const plain = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** First word of a line that can only be a name, or an initial; null: it is none. */
const nameIn = (line: string): string | null =>
  /^(\p{Lu}[\p{L}'’-]*\.?)(?: \p{L}[\p{L}'’.-]*){0,3}$/u.exec(line.trim())?.[1]?.replace('.', '') ?? null;

const closing =
  /^(?:(?:kind|best|warm|many|with best|with kind) )?(?:regards|wishes|thanks|greetings|cheers|best|yours(?: sincerely| faithfully)?|sincerely|thank you|have a good one)[,!.]*(?: (.{1,40}))?$/i;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !/^sent from\b/i.test(line));

/** Where the closing of a letter begins; the number of lines where it has none. */
function closingAt(lines: string[]): number {
  const from = Math.max(1, lines.length - 8);
  const at = lines.slice(from).findIndex(line => closing.test(line));
  return at < 0 ? lines.length : from + at;
}

/** What the sender says, without closing and signature. */
export function messageOf(body: string): string {
  const lines = linesOf(ownWords(body));
  return lines.slice(0, closingAt(lines)).join('\n');
}

/** The first name under an e-mail: after the closing, or alone on the last line. */
function signer(body: string): string | null {
  const lines = linesOf(ownWords(body));
  const at = closingAt(lines);
  const inline = closing.exec(lines[at] ?? '')?.[1];
  if (at < lines.length) return nameIn(inline ?? lines[at + 1] ?? '');
  const last = lines.at(-1) ?? '';
  return lines.length > 1 && last.split(' ').length <= 2 ? nameIn(last) : null;
}

/** The first name that an e-mail greets: "Hi Marek," or "Marek,". */
function greeted(body: string): string | null {
  const first = linesOf(body)[0] ?? '';
  if (!first.endsWith(',')) return null;
  return nameIn(first.slice(0, -1).replace(/^(hi|hello|dear|hey|good (morning|afternoon))\b ?/i, ''));
}

/** The other side of an e-mail by its own text: who signed what came in, whom we greeted in what went out. */
export function correspondentOf(touch: Touch): string | null {
  if (touch.channel !== 'email') return null;
  return touch.direction === 'in'
    ? signer(touch.body)
    : touch.direction === 'out'
      ? greeted(touch.body)
      : null;
}

/** Accents and case aside; an initial stands for the name. */
export function sameName(a: string | null, b: string | null): boolean {
  if (a === null || b === null) return false;
  const [short, long] = [plain(a), plain(b)].sort((x, y) => x.length - y.length);
  return short === long || (short?.length === 1 && long?.startsWith(short) === true);
}

/**
 * False where an e-mail on the record is visibly signed by, or written to, somebody else, such as a colleague in copy:
 * nobody must be told "you wrote" about another person's words. In doubt it is the person.
 */
export function isWith(touch: Touch, firstName: string | null): boolean {
  const other = correspondentOf(touch);
  return other === null || firstName === null || sameName(other, firstName);
}
