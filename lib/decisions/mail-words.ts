/** Where what is quoted begins: marks of mail programs, in some of the languages of their users. */
const quoteBegins = [
  /^\s*>/,
  /^\s*On .{4,200} wrote:\s*$/,
  /^\s*Am .{4,200} schrieb.{0,80}:\s*$/,
  /^\s*Le .{4,200} a écrit\s*:\s*$/,
  /^\s*El .{4,200} escribió:\s*$/,
  /^\s*-{2,}\s*(Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine)/i,
  /^\s*_{10,}\s*$/,
  /^\s*(From|Von|De):\s.{0,200}@/,
];

/** What somebody wrote in an e-mail: without the thread that is quoted below it, and without markup. */
export function ownText(body: string): string {
  const plain = body
    .replaceAll(/<(style|script|blockquote)\b[\s\S]*?<\/\1>/gi, '\n')
    .replaceAll(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replaceAll(/<\/?[a-z][^>]*>/gi, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
  const lines = plain.split(/\r\n?|\n/);
  const end = lines.findIndex((line, i) => {
    // "On … wrote:" is broken over two lines by some mail programs.
    const both = `${line} ${lines[i + 1] ?? ''}`;
    return quoteBegins.some(mark => mark.test(line) || (/^\s*(On|Am|Le|El) /.test(line) && mark.test(both)));
  });
  return (end === -1 ? lines : lines.slice(0, end)).join('\n');
}

/** Words, and pairs of words that follow each other, with how often they occur: order counts. */
export type Words = ReadonlyMap<string, number>;

const wordsIn = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

export function ownWords(body: string): Words {
  const words = wordsIn(ownText(body));
  const counts = new Map<string, number>();
  const add = (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [i, word] of words.entries()) {
    add(word);
    const next = words[i + 1];
    if (next !== undefined) add(`${word} ${next}`);
  }
  return counts;
}

/** Words of a subject without the marks of an answer. */
export function titleWords(subject: string): Words {
  const bare = subject.replace(/^(\s*(re|aw|wg|fwd?|tr|rv|antw)\s*:)+/i, '');
  return new Map(wordsIn(bare).map(word => [word, 1]));
}

/** How much of `part` is in `whole`, 0 to 1. Of nothing, nothing is. */
export function shareIn(whole: Words, part: Words): number {
  let common = 0;
  for (const [key, count] of part) common += Math.min(count, whole.get(key) ?? 0);
  const size = sizeOf(part);
  return size === 0 ? 0 : common / size;
}

export const sizeOf = (words: Words): number => [...words.values()].reduce((sum, count) => sum + count, 0);
