import { calibrate } from './calibrate.ts';
import { encodeColumn, levelIndex, numberFrom, levelFrom, numericBin } from './bins.ts';
import type { AdditiveModel, Bins, Cell, Column, Table } from './types.ts';

/** Log-odds of every row before calibration. Columns are found by name; an absent one counts as missing. */
export function predictLogits(model: AdditiveModel, table: Table, rows?: Int32Array): Float64Array {
  const chosen = rows ?? Int32Array.from({ length: table.rows }, (_, row) => row);
  const columns = new Map(table.columns.map(column => [column.name, column]));
  const encoded = model.bins.map(bins => encode(bins, columns.get(bins.name), chosen));
  const logits = new Float64Array(chosen.length).fill(model.intercept);
  for (const { feature, values } of model.curves) {
    const ids = encoded[feature]!;
    for (let i = 0; i < logits.length; i++) logits[i] = logits[i]! + values[ids[i]!]!;
  }
  for (const { features, coarse, width, values } of model.grids) {
    const a = encoded[features[0]]!;
    const b = encoded[features[1]]!;
    const [first, second] = coarse;
    for (let i = 0; i < logits.length; i++)
      logits[i] = logits[i]! + values[first[a[i]!]! * width + second[b[i]!]!]!;
  }
  return logits;
}

/** Calibrated probabilities of some rows (all, unless told), in their order. */
export function predict(model: AdditiveModel, table: Table, rows?: Int32Array): Float64Array {
  return predictLogits(model, table, rows).map(logit => probabilityOf(calibrate(model.calibration, logit)));
}

function encode(bins: Bins, column: Column | undefined, rows: Int32Array): Uint16Array {
  return column === undefined ? new Uint16Array(rows.length) : encodeColumn(bins, column, rows);
}

const indexes = new WeakMap<AdditiveModel, (Map<string, number> | null)[]>();

/** The bins of one record. */
export function encodeRow(model: AdditiveModel, row: Readonly<Record<string, Cell>>): Uint16Array {
  let index = indexes.get(model);
  if (index === undefined) {
    index = model.bins.map(bins => (bins.kind === 'categorical' ? levelIndex(bins.levels) : null));
    indexes.set(model, index);
  }
  return Uint16Array.from(model.bins, (bins, feature) => {
    const cell = Object.hasOwn(row, bins.name) ? row[bins.name] : null;
    if (bins.kind === 'numeric') return numericBin(bins.cuts, numberFrom(cell));
    const level = levelFrom(cell);
    return level === null ? 0 : (index[feature]!.get(level) ?? bins.levels.length + 1);
  });
}

/** Kept off 0 and 1, so that no one ever reads "certain". */
export function probabilityOf(logit: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-6, 1 / (1 + Math.exp(-logit))));
}
