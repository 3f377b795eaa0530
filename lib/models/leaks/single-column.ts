import { binCount, encodeColumn, fitBins } from '../bins.ts';
import { foldOf } from '../folds.ts';
import { auc } from '../metrics.ts';
import type { Column } from '../types.ts';

/** What one column alone says about the label; each row's score comes from the other folds. */
export interface SingleColumn {
  name: string;
  /** Area under the curve over all rows, and over the rows where the column is filled in. */
  auc: number;
  aucKnown: number;
  /** Of being filled in or not, as such. */
  aucFilled: number;
  /** Share of rows with a value, and how many rows of either label those are at least. */
  filled: number;
  fewestKnown: number;
  /** 1 where there is no value. */
  missing: Uint8Array;
}

const folds = 5;

/** Measures one column by the smoothed positive rate of its bins. */
export function measureColumn(column: Column, y: Uint8Array): SingleColumn {
  const rows = Int32Array.from(y, (_, row) => row);
  const bins = fitBins(column, rows);
  const ids = encodeColumn(bins, column, rows);
  const scores = heldOutRates(ids, binCount(bins), y);
  const missing = Uint8Array.from(ids, id => (id === 0 ? 1 : 0));
  const known = rows.filter(row => missing[row] === 0);
  const knownLabels = Uint8Array.from(known, row => y[row]!);
  const positives = knownLabels.reduce((sum, label) => sum + label, 0);
  return {
    name: column.name,
    auc: auc(scores, y),
    aucKnown: auc(
      Float64Array.from(known, row => scores[row]!),
      knownLabels,
    ),
    aucFilled: Math.max(auc(missing, y), 1 - auc(missing, y)),
    filled: known.length / Math.max(1, y.length),
    fewestKnown: Math.min(positives, known.length - positives),
    missing,
  };
}

/** The label's rate in the row's bin among the other folds, pulled towards the overall rate. */
function heldOutRates(ids: Uint16Array, size: number, y: Uint8Array): Float64Array {
  const fold = Uint8Array.from(y, (_, row) => foldOf(0, row, folds));
  const base = y.reduce((sum, label) => sum + label, 0) / Math.max(1, y.length);
  const rates = new Float64Array(y.length);
  for (let k = 0; k < folds; k++) {
    const positives = new Float64Array(size);
    const counts = new Float64Array(size);
    for (let row = 0; row < y.length; row++) {
      if (fold[row] === k) continue;
      positives[ids[row]!] = positives[ids[row]!]! + y[row]!;
      counts[ids[row]!] = counts[ids[row]!]! + 1;
    }
    for (let row = 0; row < y.length; row++) {
      if (fold[row] === k) rates[row] = (positives[ids[row]!]! + 10 * base) / (counts[ids[row]!]! + 10);
    }
  }
  return rates;
}
