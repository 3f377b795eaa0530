/** A full stop after these ends no sentence. */
const abbreviation = /\b(?:e\.g|i\.e|etc|vs|approx|no|nr|mr|mrs|ms|dr|prof|inc|ltd|co|st|u\.s)\.$/i;

/**
 * Splits text into sentences, each with the white space that follows it, so that joining gives the text back. A line
 * ends a sentence too.
 */
export function splitSentences(text: string): string[] {
  const pieces = text.match(/[^\n]*?(?:[.!?]+["”’)]*(?=\s|$)[^\S\n]*\n*|\n+|$)/g)?.filter(Boolean) ?? [];
  const sentences: string[] = [];
  for (const piece of pieces) {
    const last = sentences.at(-1);
    if (last !== undefined && abbreviation.test(last.trimEnd()) && !last.includes('\n'))
      sentences[sentences.length - 1] = last + piece;
    else sentences.push(piece);
  }
  return sentences;
}

/** Keeps the sentences that hold. What is left has no gaps; a text in which all hold comes back unchanged. */
export function keepSentences(
  text: string,
  holds: (sentence: string) => boolean,
): { text: string; removed: string[] } {
  const removed: string[] = [];
  let left = '';
  for (const sentence of splitSentences(text))
    if (sentence.trim() === '' || holds(sentence.trim())) left += sentence;
    else {
      removed.push(sentence.trim());
      // Its line break stays, so that what follows does not slide into the paragraph above.
      left += /\n+$/.exec(sentence)?.[0] ?? '';
    }
  if (removed.length === 0) return { text, removed };
  return {
    text: left
      .replaceAll(/[^\S\n]+\n/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    removed,
  };
}

/** Greeting and closing: they say nothing. */
const frame =
  /^(hi|hello|dear|good (morning|day|afternoon)|best|kind|warm|many|regards|sincerely|cheers|thanks|thank you|yours)\b[^.?!]{0,40}$/i;

/** True when a draft still says something: eight words or more beside greeting and closing. */
export function saysSomething(body: string): boolean {
  const words = body
    .split('\n')
    .filter(line => line.trim() && !frame.test(line.trim().replace(/[,!.]$/, '')))
    .join(' ')
    .match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu);
  return (words?.length ?? 0) >= 8;
}
