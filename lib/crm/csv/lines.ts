/** A line longer than this is no line of a table: it is given up, so that memory stays bounded. Characters. */
export const longestLine = 4 * 1024 * 1024;

export type Newline = '\n' | '\r';

/** Old spreadsheets end lines with a carriage return alone; everybody else has a line feed somewhere. */
export const guessNewline = (sample: string): Newline =>
  !sample.includes('\n') && sample.includes('\r') ? '\r' : '\n';

/**
 * Text as lines, many at a time, without what ends them; a carriage return before a line feed stays, since it may be part
 * of a cell. null stands for a line that was too long.
 */
export async function* linesOf(
  chunks: AsyncIterable<string> | Iterable<string>,
  newline: Newline,
): AsyncGenerator<(string | null)[]> {
  let rest = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    const lines: (string | null)[] = (rest + chunk).split(newline);
    rest = lines.pop() ?? '';
    if (tooLong && lines.length > 0) {
      lines[0] = null;
      tooLong = false;
    }
    if (tooLong || rest.length > longestLine) {
      rest = '';
      tooLong = true;
    }
    if (lines.length > 0) yield lines.map(line => (line !== null && line.length > longestLine ? null : line));
  }
  if (tooLong) yield [null];
  else if (rest !== '') yield [rest];
}
