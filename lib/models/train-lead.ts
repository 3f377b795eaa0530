import type { FitHooks } from './boost/fit.ts';
import { fitAdditive } from './boost/fit.ts';
import type { Settings } from './boost/settings.ts';
import { defaults } from './boost/settings.ts';
import { foldOf } from './folds.ts';
import { measure } from './metrics.ts';
import { predict } from './predict.ts';
import { rankTerms } from './rank-terms.ts';
import { lacksData } from './sufficiency.ts';
import { fitTrees } from './trees/fit-trees.ts';
import { predictTrees } from './trees/predict-trees.ts';
import type { AdditiveModel, LeadModel, Table, TooLittleData, TrainOptions } from './types.ts';

/**
 * Trains the glass-box scorer: one model a fold, for honest metrics and for the rows themselves, and one of
 * all rows. The same table, labels and options give the same artifact. Throws `TrainingStopped` when told to
 * stop; too little data is a value.
 */
export function trainLead(table: Table, y: Uint8Array, options: TrainOptions): LeadModel | TooLittleData {
  const lack = lacksData(table, y);
  if (lack !== null) return lack;
  const { seed, folds: foldCount = 5 } = options;
  const settings = settingsFrom(options);
  const steps = foldCount + 1;
  const fold = foldsOf(y.length, options);
  const probabilities = new Float64Array(y.length);
  const challenged = new Float64Array(y.length);

  const folds: AdditiveModel[] = [];
  for (let k = 0; k < foldCount; k++) {
    const name = `fold ${k + 1} of ${foldCount}`;
    const training = rowsWhere(fold, value => value !== k);
    const model = fitAdditive(table, y, training, seed, settings, hooksFor(options, k, steps, name));
    folds.push(model);
    const heldOut = rowsWhere(fold, value => value === k);
    const predicted = predict(model, table, heldOut);
    const byTrees = predictTrees(fitTrees(table, y, training, options), table, heldOut);
    heldOut.forEach((row, i) => {
      probabilities[row] = predicted[i]!;
      challenged[row] = byTrees[i]!;
    });
  }
  const everyRow = Int32Array.from(y, (_, row) => row);
  const hooks = hooksFor(options, foldCount, steps, 'all rows');
  const model = fitAdditive(table, y, everyRow, seed, settings, hooks);
  options.onProgress?.(steps, steps, 'done');
  const positives = y.reduce((sum, label) => sum + label, 0);
  return {
    kind: 'glass-box',
    format: 1,
    seed,
    foldCount,
    rows: y.length,
    positives,
    baseRate: positives / y.length,
    metrics: measure(probabilities, y),
    challenger: measure(challenged, y),
    importance: rankTerms(model, table),
    model,
    folds,
  };
}

/**
 * Trains one model on some rows and no other: what cross-validation by one's own folds is made of. With too few rows,
 * or one label only, it learns little more than the rate.
 */
export function trainOn(
  table: Table,
  y: Uint8Array,
  training: Int32Array,
  options: TrainOptions,
): AdditiveModel {
  return fitAdditive(
    table,
    y,
    training,
    options.seed,
    settingsFrom(options),
    hooksFor(options, 0, 1, 'training'),
  );
}

/** The fold of each row: by its group, else by its index. */
export function foldsOf(rows: number, { seed, groups, folds = 5 }: TrainOptions): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, row) => foldOf(seed, groups?.[row] ?? row, folds));
}

/** The learner's settings with what the caller asked for. */
function settingsFrom(options: TrainOptions): Settings {
  return {
    ...defaults,
    bags: Math.max(2, options.bags ?? defaults.bags),
    pairs: options.pairs ?? defaults.pairs,
  };
}

function rowsWhere(fold: Uint8Array, wanted: (fold: number) => boolean): Int32Array {
  const rows: number[] = [];
  fold.forEach((value, row) => {
    if (wanted(value)) rows.push(row);
  });
  return Int32Array.from(rows);
}

function hooksFor(options: TrainOptions, done: number, of: number, name: string): FitHooks {
  return {
    groups: options.groups ?? null,
    progress: (phase, rounds) => {
      if (rounds % 10 === 1) options.onProgress?.(done, of, `${name}: ${phase}, round ${rounds}`);
    },
    shouldStop: () => options.shouldStop?.() ?? false,
  };
}
