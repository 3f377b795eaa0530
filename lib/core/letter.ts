/** An e-mail's greeting, text and sign-off, as far as they can be told apart. */
export type Letter = { greeting: string | null; body: string; signOff: string | null };

const greeting =
  /^(hi|hello|hey|dear|good (?:morning|afternoon|day|evening)|hallo|guten tag|liebe[r]?|sehr geehrte[r]?|moin|greetings)\b[^\n]{0,60}$/i;
const closing =
  /^(best|kind|warm|many|with)?\s*(regards|wishes|greetings)\b|^(best|cheers|thanks|thank you|many thanks|sincerely|yours|all the best|talk soon|viele grüße|beste grüße|mit freundlichen grüßen|lg|vg)\b[^.?!\n]{0,40}$/i;

/** A sign-off is short: what follows a closing word over more lines than this is text. */
const MOST_LINES = 6;

export function readLetter(text: string): Letter {
  const lines = text.replaceAll('\r\n', '\n').trim().split('\n');
  const opens = greeting.test(lines[0]?.trim() ?? '');
  const late = Math.max(1, lines.length - MOST_LINES);
  const end = lines.findIndex((line, i) => i >= late && closing.test(line.trim().replace(/[,!.]+$/, '')));
  const closes = end > 0;
  return {
    greeting: opens ? (lines[0]?.trim() ?? null) : null,
    body: lines
      .slice(opens ? 1 : 0, closes ? end : lines.length)
      .join('\n')
      .trim(),
    signOff: closes ? lines.slice(end).join('\n').trim() : null,
  };
}

/** "Dear" of "Dear Maria,"; null where it is none of the words that we know. */
export const greetingWord = (line: string): string | null => greeting.exec(line.trim())?.[1] ?? null;

export const sentencesOf = (text: string): string[] =>
  (text.match(/[^.!?\n]+[.!?]*/g) ?? []).map(sentence => sentence.trim()).filter(Boolean);
