/** What one field of one record holds; null is missing. */
export type Cell = number | string | null;

/**
 * One input of the scorer, for all rows. In a numeric column NaN (and either infinity) is missing; in a
 * categorical one null is. `monotone` promises that the score never falls (1) or never rises (-1) as the
 * value grows; it holds for numeric columns only.
 */
export interface NumericColumn {
  name: string;
  kind: 'numeric';
  monotone?: 1 | -1;
  values: Float64Array;
}
export interface CategoricalColumn {
  name: string;
  kind: 'categorical';
  values: (string | null)[];
}
export type Column = NumericColumn | CategoricalColumn;

export interface Table {
  rows: number;
  columns: Column[];
}

export interface TrainOptions {
  seed: number;
  /** One key a row; rows with the same key stay on the same side of every split. */
  groups?: readonly string[];
  /** Parts of the cross-validation (5). */
  folds?: number;
  /** Outer bags, each of which leaves out one part of the rows (8). */
  bags?: number;
  /** The most interactions that may be learnt (40); 0 gives a purely additive model. */
  pairs?: number;
  onProgress?(done: number, of: number, phase: string): void;
  /** Asked between steps; training then ends by throwing `TrainingStopped`. */
  shouldStop?(): boolean;
}

/** How raw values become small whole numbers. Bin 0 is always "missing". */
export type Bins =
  | { kind: 'numeric'; name: string; monotone?: 1 | -1; cuts: number[] }
  /** Level i is bin i + 1; the last bin holds rare levels and those never seen. */
  | { kind: 'categorical'; name: string; levels: string[] };

/** A function of one feature: `values[bin]` is its share of the log-odds. */
export interface Curve {
  feature: number;
  values: number[];
  /** Standard error of each value (delete-a-group jackknife over the bags). */
  errors: number[];
}

/** A function of two features on a coarse grid: `values[coarseA[binA] * width + coarseB[binB]]`. */
export interface Grid {
  features: [number, number];
  coarse: [number[], number[]];
  width: number;
  values: number[];
  errors: number[];
}

/** logit → calibrated logit: `offset + slope × logit`, slope > 0, so the ranking never changes. */
export interface Calibration {
  offset: number;
  slope: number;
}

/** A sum that a person can read: intercept + curves + grids = logit, then the calibration. */
export interface AdditiveModel {
  bins: Bins[];
  intercept: number;
  curves: Curve[];
  grids: Grid[];
  calibration: Calibration;
  /** Scales the root of the summed squared term errors to the error of the whole logit. */
  errorScale: number;
  interceptError: number;
}

export interface Metrics {
  n: number;
  positives: number;
  auc: number;
  logLoss: number;
  brier: number;
  ece: number;
}

export interface Importance {
  features: string[];
  /** Mean absolute share of the log-odds over the training rows. */
  meanAbsLogOdds: number;
}

/** The artifact: plain JSON. */
export interface LeadModel {
  kind: 'glass-box';
  format: 1;
  seed: number;
  foldCount: number;
  rows: number;
  positives: number;
  baseRate: number;
  /** Of predictions by models that had not seen the row. */
  metrics: Metrics;
  /** Of gradient-boosted trees, which nobody can read, on the same folds: what the glass box costs. Absent in old artifacts. */
  challenger?: Metrics;
  importance: Importance[];
  model: AdditiveModel;
  /** `folds[k]` was trained without the rows of fold k. */
  folds: AdditiveModel[];
}

/** A value, not an error: there is not enough to learn from, so the prior has to speak alone. */
export interface TooLittleData {
  kind: 'too-little-data';
  rows: number;
  positives: number;
  reason: string;
}

export interface Term {
  features: string[];
  value: Cell[];
  logOdds: number;
}

export interface RowScore {
  probability: number;
  /** 80 % interval of the probability, from how much the bags disagree. */
  low: number;
  high: number;
  /** Before calibration: base + the sum of the terms. */
  logit: number;
  base: number;
  /** Largest share first; terms of no effect on this row are left out. */
  terms: Term[];
  calibration: Calibration;
  /** Which fold's model spoke, null for the model of all rows. */
  fold: number | null;
}

/** Thrown when `shouldStop` said so. */
export class TrainingStopped extends Error {
  override name = 'TrainingStopped';
}
