import { AppError } from '#lib/core/errors.ts';
import type { Column, Table } from '#lib/models/models.ts';
import type { Csv } from './read-csv.ts';

export interface Built {
  table: Table;
  y: Uint8Array;
  /** 0-based number of each row in the file. */
  rowNumbers: Int32Array;
  /** The values to sort by, where asked for. */
  order: (string | null)[] | null;
}

export interface TableOptions {
  target: string;
  positive: string;
  drop: readonly string[];
  missing: readonly string[];
  order: string | null;
}

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const date = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/;
const infinite = /^[+-]?inf(inity)?$/i;

/** Labels and typed columns. Rows without a label are left out; names that are not in the file are refused. */
export function buildTable(csv: Csv, options: TableOptions): Built {
  const { target, positive, drop, order } = options;
  for (const name of [target, ...drop, ...(order === null ? [] : [order])]) {
    if (!csv.header.includes(name))
      throw new AppError(
        'bad_input',
        `There is no column "${name}". The file has: ${csv.header.join(', ')}.`,
      );
  }
  const blank = new Set(['', ...options.missing]);
  const targetAt = csv.header.indexOf(target);
  const kept = csv.rows.flatMap((row, rowNumber) =>
    row !== null && !blank.has(row[targetAt]!.trim()) ? [{ row, rowNumber }] : [],
  );
  const y = Uint8Array.from(kept, ({ row }) => (row[targetAt]!.trim() === positive ? 1 : 0));
  requireBothLabels(
    kept.map(({ row }) => row[targetAt]!.trim()),
    y,
    options,
  );
  const cellsOf = (name: string): (string | null)[] => {
    const at = csv.header.indexOf(name);
    return kept.map(({ row }) => {
      const cell = row[at]!.trim();
      return blank.has(cell) ? null : cell;
    });
  };
  const left = csv.header.filter(name => name !== target && name !== order && !drop.includes(name));
  if (left.length === 0) throw new AppError('bad_input', 'No column is left to learn from.');
  return {
    table: { rows: kept.length, columns: left.map(name => typeColumn(name, cellsOf(name))) },
    y,
    rowNumbers: Int32Array.from(kept, ({ rowNumber }) => rowNumber),
    order: order === null ? null : cellsOf(order),
  };
}

function requireBothLabels(labels: string[], y: Uint8Array, { target, positive }: TableOptions): void {
  if (y.length === 0) throw new AppError('bad_input', `No row has a value in "${target}".`);
  const found = [...new Set(labels)];
  const positives = y.reduce((sum, label) => sum + label, 0);
  if (positives === 0)
    throw new AppError(
      'bad_input',
      `No row has "${positive}" in "${target}". Found there: ${found.slice(0, 10).join(', ')}.`,
    );
  if (positives === y.length)
    throw new AppError(
      'bad_input',
      `Every row has "${positive}" in "${target}": there is nothing to tell apart.`,
    );
  if (Math.min(positives, y.length - positives) < 8 || y.length < 40)
    throw new AppError(
      'bad_input',
      `${y.length} rows with ${positives} positives are too few to test a model on: 40 rows with 8 of each outcome are the least.`,
    );
}

/** Numbers, dates (as days since 1970), or levels; a few odd cells among numbers count as missing. */
export function typeColumn(name: string, cells: (string | null)[]): Column {
  const known = cells.filter(cell => cell !== null);
  const share = (pattern: RegExp) =>
    known.filter(cell => pattern.test(cell)).length / Math.max(1, known.length);
  if (
    known.length > 0 &&
    known.filter(cell => number.test(cell) || infinite.test(cell)).length >= 0.98 * known.length
  ) {
    const values = Float64Array.from(cells, cell =>
      cell !== null && number.test(cell) ? Number(cell) : Number.NaN,
    );
    return { name, kind: 'numeric', values };
  }
  if (share(date) >= 0.98) {
    const values = Float64Array.from(cells, cell =>
      cell === null ? Number.NaN : Date.parse(cell) / 86_400_000,
    );
    return { name, kind: 'numeric', values };
  }
  return { name, kind: 'categorical', values: cells };
}
