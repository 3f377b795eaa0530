import type { AdditiveModel, Bins, Calibration, Curve, Grid } from '../types.ts';
import type { Side } from './coarsen.ts';
import type { BoostedTerm, Rows } from './state.ts';

interface TrainedCurve {
  feature: number;
  term: BoostedTerm;
}
interface TrainedGrid {
  features: [number, number];
  sides: [Side, Side];
  term: BoostedTerm;
}

/**
 * Averages the bags and centres every term over the training rows, so that "no effect" is zero and the
 * intercept is the average lead. Errors are delete-a-group jackknife errors (Kott 2001): the bags share
 * most of their rows, hence the factor bags - 1 on their spread.
 */
export function condense(
  rows: Rows,
  base: Float64Array,
  bins: Bins[],
  curves: readonly TrainedCurve[],
  grids: readonly TrainedGrid[],
  calibration: Calibration,
): AdditiveModel {
  const offsets = base.slice();
  const all = [...curves, ...grids].map(({ term }) => {
    centre(rows, term, offsets);
    return term;
  });
  const intercept = round(mean(offsets));
  const summaries = all.map(term => summarise(term));
  const matters = ({ values }: { values: number[] }) => values.some(value => value !== 0);
  return {
    bins,
    intercept,
    curves: curves.map(({ feature }, index): Curve => ({ feature, ...summaries[index]! })).filter(matters),
    grids: grids
      .map(({ features, sides }, index): Grid => ({
        features,
        coarse: [sides[0].coarse, sides[1].coarse],
        width: sides[1].size,
        ...summaries[curves.length + index]!,
      }))
      .filter(matters),
    calibration: { offset: round(calibration.offset), slope: round(calibration.slope) },
    interceptError: round(jackknife(offsets)),
    errorScale: errorScale(rows, offsets, all, summaries),
  };
}

/** Moves each bag's mean over all rows from the table into the bag's offset. */
function centre(rows: Rows, term: BoostedTerm, offsets: Float64Array): void {
  const weight = new Float64Array(term.size);
  for (let i = 0; i < rows.n; i++) weight[term.ids[i]!] = weight[term.ids[i]!]! + 1 / rows.n;
  term.tables.forEach((table, bag) => {
    let average = 0;
    for (let cell = 0; cell < term.size; cell++) average += weight[cell]! * table[cell]!;
    offsets[bag] = offsets[bag]! + average;
    for (let cell = 0; cell < term.size; cell++) table[cell] = table[cell]! - average;
  });
}

function summarise(term: BoostedTerm): { values: number[]; errors: number[] } {
  const column = new Float64Array(term.tables.length);
  const values: number[] = [];
  const errors: number[] = [];
  for (let cell = 0; cell < term.size; cell++) {
    for (let bag = 0; bag < column.length; bag++) column[bag] = term.tables[bag]![cell]!;
    values.push(round(mean(column)));
    errors.push(Math.round(jackknife(column) * 1e3) / 1e3);
  }
  return { values, errors };
}

/** Term errors are not independent: compares their root sum of squares with the error of the whole logit. */
function errorScale(
  rows: Rows,
  offsets: Float64Array,
  terms: readonly BoostedTerm[],
  summaries: readonly { errors: number[] }[],
): number {
  const stride = Math.max(1, Math.floor(rows.n / 2000));
  const logits = new Float64Array(offsets.length);
  let whole = 0;
  let summed = 0;
  for (let i = 0; i < rows.n; i += stride) {
    logits.set(offsets);
    let squares = jackknife(offsets) ** 2;
    terms.forEach((term, index) => {
      const cell = term.ids[i]!;
      for (let bag = 0; bag < logits.length; bag++) logits[bag] = logits[bag]! + term.tables[bag]![cell]!;
      squares += summaries[index]!.errors[cell]! ** 2;
    });
    whole += jackknife(logits);
    summed += Math.sqrt(squares);
  }
  return summed > 0 ? round(whole / summed) : 1;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function jackknife(values: Float64Array): number {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(((values.length - 1) / values.length) * squares);
}

/** Five decimals of a log-odds are more than anyone can tell apart, and keep the artifact small. */
function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
