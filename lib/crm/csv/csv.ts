import { basename } from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { guessDelimiter } from './delimiter.ts';
import { decode, guessEncoding, namedEncoding, type Encoding } from './encoding.ts';
import { headerMark, nameColumns } from './header.ts';
import { guessNewline, linesOf } from './lines.ts';
import type { Mapping } from './mapping.ts';
import { fingerprint, openBytes } from './open-bytes.ts';
import { rowsOf, type RawRow, type Shape } from './records.ts';
import { surveyor, type Survey } from './survey.ts';
import { rowReader, type CsvRow } from './to-row.ts';

/** A file that was looked at: how to read it, and what its first rows hold. */
export interface CsvFile {
  path: string;
  name: string;
  /** SHA-256 of the file, hex: the same file is known again under any name. */
  hash: string;
  /** Bytes on disk. */
  size: number;
  encoding: Encoding;
  shape: Shape;
  columns: string[];
  /** The same for every file with these columns. */
  mark: string;
  /** Cells of up to 500 rows from its beginning. */
  sample: string[][];
}

const sampleRows = 500;

/** Looks at a file. Throws AppError('not_found' | 'bad_input') where there is nothing to read. */
export async function openCsv(path: string, options: { encoding?: string } = {}): Promise<CsvFile> {
  const { head, ...print } = await fingerprint(path);
  const encoding = options.encoding ? namedEncoding(options.encoding) : guessEncoding({ head, ...print });
  const sample = new TextDecoder(encoding.name).decode(head);
  const shape = { delimiter: await guessDelimiter(sample), newline: guessNewline(sample) };
  const rows: string[][] = [];
  let first: RawRow | undefined;
  for await (const some of rowsOfFile(path, encoding, shape)) {
    first ??= some[0];
    for (const row of some) if ('cells' in row) rows.push(row.cells);
    if (rows.length > sampleRows) break;
  }
  if (!first) throw new AppError('bad_input', `The file ${path} is empty: it has not even a header.`);
  if ('problem' in first)
    throw new AppError('bad_input', `The header of ${path} cannot be read. ${first.problem}`);
  const columns = nameColumns(first.cells);
  return {
    path,
    name: basename(path),
    hash: print.hash,
    size: print.size,
    encoding,
    shape,
    columns,
    mark: headerMark(columns),
    sample: rows.slice(1, sampleRows + 1),
  };
}

/** All rows of a file, its header first; `onRead` hears how many of its bytes have been read. */
export const rowsOfFile = (
  path: string,
  encoding: Encoding,
  shape: Shape,
  onRead?: (bytes: number) => void,
) => rowsOf(linesOf(decode(openBytes(path, onRead), encoding.name), shape.newline), shape);

/**
 * Goes through the whole file: what can be read, what is there twice, how dates are written. `onProgress` hears of the bytes
 * read so far. Writes nothing.
 */
export async function surveyCsv(
  file: CsvFile,
  mapping: Mapping,
  {
    onProgress = () => undefined,
    signal,
  }: { onProgress?: (bytes: number) => void; signal?: AbortSignal } = {},
): Promise<Survey> {
  const { take, finish } = surveyor(file.columns, mapping);
  let header = true;
  let bytes = 0;
  for await (const rows of rowsOfFile(file.path, file.encoding, file.shape, read => (bytes = read))) {
    for (const row of header ? rows.slice(1) : rows) take(row);
    header = false;
    onProgress(bytes);
    signal?.throwIfAborted();
  }
  return finish();
}

/** Rows that count, in batches of `size`, from a line on: of several rows of one record the last. */
export async function* csvRows(
  file: CsvFile,
  { mapping, seen }: Pick<Survey, 'mapping' | 'seen'>,
  { fromLine = 0, size = 1000 }: { fromLine?: number; size?: number } = {},
): AsyncGenerator<CsvRow[]> {
  const reader = rowReader(file.columns, mapping);
  let header = true;
  let batch: CsvRow[] = [];
  for await (const rows of rowsOfFile(file.path, file.encoding, file.shape))
    for (const row of rows) {
      if (header || row.line < fromLine || 'problem' in row || reader.problemOf(row.cells) !== null) {
        header = false;
        continue;
      }
      const { by, key } = reader.identityOf(row.cells);
      if (seen.lastLineOf(`${by}\n${key}`) !== row.line) continue;
      batch.push(reader.read(row.line, row.cells));
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  if (batch.length > 0) yield batch;
}
