/** Words to look for: a name or a phrase, or a stem, which ends in `*` and stands for every word that begins so. */
export interface Phrase<T> {
  words: string;
  means: T;
}

/** Phrases by the word with which they begin, and stems by their first letters: a text is gone through once. */
export interface Lexicon<T> {
  phrases: ReadonlyMap<string, { rest: string[]; means: T }[]>;
  stems: ReadonlyMap<string, { stem: string; means: T }[]>;
}

const STEM_LETTERS = 4;
const word = /[\p{L}\p{N}]+/gu;

const wordsOf = (text: string): string[] => text.toLowerCase().match(word) ?? [];

export function lexiconOf<T>(entries: readonly Phrase<T>[]): Lexicon<T> {
  const phrases = new Map<string, { rest: string[]; means: T }[]>();
  const stems = new Map<string, { stem: string; means: T }[]>();
  for (const { words, means } of entries) {
    const [first, ...rest] = wordsOf(words);
    if (first === undefined) continue;
    if (words.endsWith('*')) {
      const key = first.slice(0, STEM_LETTERS);
      stems.set(key, [...(stems.get(key) ?? []), { stem: first, means }]);
    } else phrases.set(first, [...(phrases.get(first) ?? []), { rest, means }]);
  }
  return { phrases, stems };
}

/** What a text says of several lexicons, each meaning at its first place. */
export function look<T>(
  text: string,
  lexicons: readonly Lexicon<T>[],
): Map<T, { index: number; length: number }> {
  const found = new Map<T, { index: number; length: number }>();
  const all: { text: string; index: number; end: number }[] = [];
  // Each word by itself: a whole text in small letters may be longer than it was.
  for (const { 0: written, index } of text.matchAll(word))
    all.push({ text: written.toLowerCase(), index, end: index + written.length });
  for (const [at, { text: here, index, end }] of all.entries())
    for (const { phrases, stems } of lexicons) {
      for (const { rest, means } of phrases.get(here) ?? []) {
        if (found.has(means) || !rest.every((next, i) => all[at + 1 + i]?.text === next)) continue;
        found.set(means, { index, length: (all[at + rest.length]?.end ?? end) - index });
      }
      for (const { stem, means } of stems.get(here.slice(0, STEM_LETTERS)) ?? [])
        if (!found.has(means) && here.startsWith(stem)) found.set(means, { index, length: end - index });
    }
  return found;
}
