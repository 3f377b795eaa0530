import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { AppError } from '#lib/core/errors.ts';

export interface Csv {
  header: string[];
  /** In file order; null where the line could not be read, so that row numbers stay those of the file. */
  rows: (string[] | null)[];
  rejected: { line: number; reason: string }[];
}

/** Reads a whole CSV file with a header line. Lines of another width are rejected, the rest goes in. */
export async function readCsv(file: string, separator: string): Promise<Csv> {
  const records = parseText(file, decode(await bytesOf(file)), separator);
  const header = records[0]?.record.map(name => name.trim()) ?? [];
  if (header.length < 2)
    throw new AppError(
      'bad_input',
      `${file} has ${header.length === 0 ? 'no header line' : 'only one column'}. Is "${separator}" the right separator (--sep)?`,
    );
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) throw new AppError('bad_input', `${file} has two columns named "${twice}".`);
  const rejected: Csv['rejected'] = [];
  const rows = records.slice(1).map(({ record, info }) => {
    if (record.length === header.length) return record;
    rejected.push({
      line: info.lines,
      reason: `${record.length} fields where the header has ${header.length}`,
    });
    return null;
  });
  return { header, rows, rejected };
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new AppError('not_found', `Cannot read ${file}: ${(error as Error).message}`, {}, error);
  }
}

/** UTF-8, or Windows-1252 where the bytes are not UTF-8. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

interface Parsed {
  record: string[];
  info: { lines: number };
}

function parseText(file: string, text: string, delimiter: string): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }) as unknown as Parsed[];
  } catch (error) {
    throw new AppError('bad_input', `${file} is not readable as CSV: ${(error as Error).message}`, {}, error);
  }
}
