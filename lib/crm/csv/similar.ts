/** A column's name as words: "AccountId", "ACCOUNT_ID" and "Account ID" are all `account id`. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean);

/** How alike two names are, 0 to 1: by whole words, and by letters (bigrams; Dice 1945). 1 is the same name. */
export function similarity(a: readonly string[], b: readonly string[]): number {
  const [joinedA, joinedB] = [a.join(''), b.join('')];
  if (joinedA === joinedB) return 1;
  return 0.5 * dice(new Set(a), new Set(b)) + 0.5 * dice(bigrams(joinedA), bigrams(joinedB));
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  return (2 * a.intersection(b).size) / (a.size + b.size);
}

const bigrams = (text: string): Set<string> =>
  new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
