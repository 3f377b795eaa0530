import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from 'csv-parse/sync';
import { AppError } from '#lib/core/errors.ts';

/** A row that did not get in, with the line of the file on which it starts, counted from 1. */
export interface Rejected {
  file: string;
  line: number;
  reason: string;
}

export interface Row {
  line: number;
  cells: Readonly<Record<string, string>>;
}

export interface Table {
  file: string;
  rows: Row[];
  rejected: Rejected[];
}

/** A quoted cell may run over several lines; more than this is a quote that somebody forgot to close. */
const mostLines = 100;
const brokenQuotes = 'A quotation mark is not closed, or stands inside a cell that does not begin with one.';

/** Reads a CSV file with a header. Throws AppError when it is not there or lacks columns; broken rows are listed. */
export async function readCsv(path: string, columns: readonly string[]): Promise<Table> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read';
    throw new AppError('bad_input', `The file ${path} ${why}. Check the path.`, { path }, error);
  });
  return parseCsv(text.replace(/^\uFEFF/, ''), path, columns);
}

/**
 * Goes line by line, so that a broken row costs no other: where a row cannot be read, its first line is listed and
 * reading goes on with the next.
 */
export function parseCsv(text: string, path: string, columns: readonly string[]): Table {
  const file = basename(path);
  const lines = text.split(/\r\n|\n|\r/);
  const first = readRecord(lines, 0);
  const header = first?.cells ?? [];
  requireColumns(header, path, columns);
  const rows: Row[] = [];
  const rejected: Rejected[] = [];
  for (let at = first?.next ?? 1; at < lines.length;) {
    const line = at + 1;
    if (lines[at] === '') {
      at += 1;
      continue;
    }
    const record = readRecord(lines, at);
    if (record?.cells.length === header.length) {
      rows.push({ line, cells: Object.fromEntries(header.map((name, i) => [name, record.cells[i] ?? ''])) });
      at = record.next;
      continue;
    }
    const reason = record
      ? `It has ${record.cells.length} columns where the header has ${header.length}.`
      : brokenQuotes;
    rejected.push({ file, line, reason });
    at += 1;
  }
  return { file, rows, rejected };
}

/** The record that starts on a line, and the line after it; null when its quotation marks make no sense. */
function readRecord(lines: readonly string[], start: number): { cells: string[]; next: number } | null {
  let text = lines[start] ?? '';
  let next = start + 1;
  while (hasOpenQuote(text)) {
    const more = lines[next];
    if (more === undefined || next - start >= mostLines) return null;
    text += `\n${more}`;
    next += 1;
  }
  try {
    const [cells] = parse(text, { relax_column_count: true });
    return { cells: cells ?? [], next };
  } catch {
    return null;
  }
}

const hasOpenQuote = (text: string): boolean => (text.split('"').length - 1) % 2 === 1;

function requireColumns(header: readonly string[], path: string, columns: readonly string[]): void {
  const missing = columns.filter(name => !header.includes(name));
  if (missing.length === 0) return;
  const names = missing.map(name => `"${name}"`).join(', ');
  const which = missing.length === 1 ? `the column ${names}` : `the columns ${names}`;
  throw new AppError(
    'bad_input',
    `${path} lacks ${which}. Is it the right file, with commas between its columns?`,
    {
      path,
      missing,
    },
  );
}
