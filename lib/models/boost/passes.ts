import type { Rows } from './state.ts';

/** The loops over rows, where the time goes: plain, monomorphic, without allocation. */

/** Applies a step: odds are multiplied by the factor of the row's cell. */
export function multiply(odds: Float64Array, ids: Uint16Array, factors: Float64Array): void {
  for (let i = 0; i < odds.length; i++) odds[i] = odds[i]! * factors[ids[i]!]!;
}

/** Adds p and p² of a bag's training rows into `sums`, interleaved by cell. */
export function sumCells(
  rows: Rows,
  bag: number,
  odds: Float64Array,
  ids: Uint16Array,
  sums: Float64Array,
): void {
  sumRange(odds, ids, sums, 0, rows.bounds[bag]!);
  sumRange(odds, ids, sums, rows.bounds[bag + 1]!, rows.n);
}

function sumRange(odds: Float64Array, ids: Uint16Array, sums: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const ratio = odds[i]!;
    const p = ratio / (1 + ratio);
    const at = 2 * ids[i]!;
    sums[at] = sums[at]! + p;
    sums[at + 1] = sums[at + 1]! + p * p;
  }
}

/** By how much a change lowers the loss on the rows that the bag left out (second order). */
export function heldOutGain(
  rows: Rows,
  bag: number,
  odds: Float64Array,
  ids: Uint16Array,
  changes: Float64Array,
): number {
  let gain = 0;
  for (let i = rows.bounds[bag]!; i < rows.bounds[bag + 1]!; i++) {
    const ratio = odds[i]!;
    const p = ratio / (1 + ratio);
    const change = changes[ids[i]!]!;
    gain += change * (rows.y[i]! - p - (change / 2) * p * (1 - p));
  }
  return gain;
}

/** Mean log loss of the rows, each under the bag that left it out. */
export function heldOutLoss(rows: Rows, odds: readonly Float64Array[]): number {
  let sum = 0;
  odds.forEach((ratios, bag) => {
    for (let i = rows.bounds[bag]!; i < rows.bounds[bag + 1]!; i++) {
      const ratio = Math.min(1e9, Math.max(1e-9, ratios[i]!));
      sum += Math.log1p(ratio) - (rows.y[i] === 1 ? Math.log(ratio) : 0);
    }
  });
  return sum / Math.max(1, rows.n);
}
