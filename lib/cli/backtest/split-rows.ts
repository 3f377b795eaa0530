import { AppError } from '#lib/core/errors.ts';
import { foldOf } from '#lib/models/models.ts';
import { typeColumn, type Built } from './build-table.ts';

/** Rows that only ever train. */
export const trainOnly = 255;

/**
 * The fold in which each row is tested. By chance: `crc32(seed + ":" + row number) % folds`. By order: the newest 20 %
 * are fold 0 and the oldest 80 % only train; rows of equal order keep their place in the file.
 */
export function splitRows(
  { y, rowNumbers, order }: Built,
  options: { seed: number; folds: number; order: string | null },
): Uint8Array {
  if (order === null) return Uint8Array.from(rowNumbers, row => foldOf(options.seed, row, options.folds));
  const without = order.filter(value => value === null).length;
  if (without > 0)
    throw new AppError(
      'bad_input',
      `${without} rows have no value in "${options.order}", so they cannot be put in order.`,
    );
  const column = typeColumn('order', order);
  const rank =
    column.kind === 'numeric'
      ? (a: number, b: number) => column.values[a]! - column.values[b]!
      : (a: number, b: number) => (order[a]! < order[b]! ? -1 : order[a]! > order[b]! ? 1 : 0);
  const sorted = Array.from(y, (_, i) => i).sort((a, b) => rank(a, b) || a - b);
  const fold = new Uint8Array(y.length);
  for (const row of sorted.slice(0, Math.floor(0.8 * y.length))) fold[row] = trainOnly;
  return fold;
}
