import { parse } from 'csv-parse/sync';
import { longestLine, type Newline } from './lines.ts';

/** A row of the file: its cells, or why it cannot be read. `line` is where it starts, counted from 1. */
export type RawRow = { line: number; cells: string[] } | { line: number; problem: string };

export interface Shape {
  delimiter: string;
  newline: Newline;
}

/** A quoted cell may run over several lines (an e-mail has hundreds); beyond this a quotation mark was never closed. */
const mostLines = 2000;
const rowsAtOnce = 500;
const openQuote = 'A quotation mark is not closed, or stands where none may be.';

/**
 * Rows of a table, in batches. Works record by record, so that one that cannot be read costs no other: its first line
 * is given up, with the reason, and reading goes on with the next.
 */
export async function* rowsOf(
  lines: AsyncIterable<(string | null)[]>,
  { delimiter, newline }: Shape,
): AsyncGenerator<RawRow[]> {
  const assembly = assemble(newline, delimiter);
  for await (const some of lines) {
    const records = assembly.take(some);
    for (let i = 0; i < records.length; i += rowsAtOnce)
      yield readAll(records.slice(i, i + rowsAtOnce), delimiter);
  }
  const last = assembly.end();
  if (last.length > 0) yield readAll(last, delimiter);
}

interface Assembled {
  line: number;
  /** null: it cannot be a record, for this reason. */
  text: string | null;
  problem: string;
}

/** Puts lines together to records: a record ends where its quotation marks are closed. */
function assemble(newline: Newline, delimiter: string) {
  let next = 1;
  let pending: string[] = [];
  let pendingLength = 0;

  const whole = (line: number, lines: readonly string[]): Assembled => ({
    line,
    text: lines.join(newline).replace(/\r$/, ''),
    problem: '',
  });

  /** The lines so far do not make a record: the first is given up, and the others are looked at again. */
  const giveUp = (out: Assembled[], again: (string | null)[]): (string | null)[] => {
    const [first = '', ...others] = pending;
    const line = next - pending.length;
    const alone = first.replace(/\r$/, '');
    out.push({ line, text: standsAlone(alone, delimiter) ? alone : null, problem: openQuote });
    next -= others.length;
    pending = [];
    pendingLength = 0;
    return [...others, ...again];
  };

  const take = (lines: readonly (string | null)[], atEnd = false): Assembled[] => {
    const out: Assembled[] = [];
    let queue: readonly (string | null)[] = lines;
    for (let i = 0; ; i++) {
      if (i >= queue.length) {
        if (!atEnd || pending.length === 0) return out;
        [queue, i] = [giveUp(out, []), -1];
        continue;
      }
      const line = queue[i] ?? null;
      if (line === null) {
        if (pending.length > 0) {
          [queue, i] = [giveUp(out, queue.slice(i)), -1];
          continue;
        }
        out.push({ line: next, text: null, problem: 'The line is far too long to be a row of a table.' });
        next += 1;
        continue;
      }
      next += 1;
      const odd = hasOddQuotes(line);
      if (pending.length === 0) {
        if (!odd) {
          if (line !== '' && line !== '\r') out.push(whole(next - 1, [line]));
        } else {
          pending = [line];
          pendingLength = line.length;
        }
        continue;
      }
      pending.push(line);
      pendingLength += line.length;
      if (odd) {
        const record = whole(next - pending.length, pending);
        if (parseOne(record.text ?? '', delimiter, false)) {
          out.push(record);
          pending = [];
          pendingLength = 0;
        } else [queue, i] = [giveUp(out, queue.slice(i + 1)), -1];
      } else if (pending.length > mostLines || pendingLength > longestLine)
        [queue, i] = [giveUp(out, queue.slice(i + 1)), -1];
    }
  };
  return { take, end: () => take([], true) };
}

function hasOddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** A mark of inches inside a cell that is not quoted is what it looks like: the line is a row by itself. */
const standsAlone = (line: string, delimiter: string): boolean =>
  !new RegExp(`(?:^|[${delimiter === '\t' ? '\\t' : `\\${delimiter}`}])"`).test(line) &&
  parseOne(line, delimiter, true) !== null;

/** All at once, which is many times faster; where one of them is broken, one by one. */
function readAll(records: readonly Assembled[], delimiter: string): RawRow[] {
  const good = records.filter(record => record.text !== null);
  const rows = parseMany(
    good.map(record => record.text ?? ''),
    delimiter,
  );
  if (rows) {
    let i = 0;
    return records.map(({ line, text, problem }) =>
      text === null ? { line, problem } : { line, cells: rows[i++] ?? [] },
    );
  }
  return records.map(({ line, text, problem }) => {
    if (text === null) return { line, problem };
    const cells =
      parseOne(text, delimiter, false) ??
      (standsAlone(text, delimiter) ? parseOne(text, delimiter, true) : null);
    return cells ? { line, cells } : { line, problem: openQuote };
  });
}

function parseMany(texts: readonly string[], delimiter: string): string[][] | null {
  try {
    const rows = parse(texts.join('\n'), { delimiter, record_delimiter: '\n', relax_column_count: true });
    return rows.length === texts.length ? rows : null;
  } catch {
    return null;
  }
}

function parseOne(text: string, delimiter: string, relaxed: boolean): string[] | null {
  try {
    const rows = parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      relax_quotes: relaxed,
    });
    return rows.length === 1 ? (rows[0] ?? null) : null;
  } catch {
    return null;
  }
}
