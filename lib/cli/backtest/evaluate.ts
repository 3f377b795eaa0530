import { auc, brier, ece, logLoss } from '#lib/models/metrics.ts';
import { fitTrees, predict, predictTrees, trainOn, type Table } from '#lib/models/models.ts';
import { trainOnly } from './split-rows.ts';

export interface FoldResult {
  fold: number;
  n: number;
  auc: number | null;
  logLoss: number;
  trainSeconds: number;
}

export interface Evaluation {
  /** NaN for rows that only trained. */
  probabilities: Float64Array;
  folds: FoldResult[];
  summary: {
    auc: number;
    logLoss: number;
    brier: number;
    ece: number;
    /** Sum over the folds. */
    trainSeconds: number;
    microsPerRow: number;
  };
  /** Gradient-boosted trees on the same folds: what a model that nobody can read would do. */
  challenger: Evaluation['summary'];
}

/** A way of learning: what it learns from some rows, and what that says of rows. */
interface Learner<M> {
  train(rows: Int32Array): M;
  predict(model: M, rows?: Int32Array): Float64Array;
}

/** Trains once a fold on all other rows and predicts the fold, by both learners. `clock` gives milliseconds. */
export function evaluate(
  table: Table,
  y: Uint8Array,
  fold: Uint8Array,
  seed: number,
  say: (text: string) => void,
  clock: () => number,
): Evaluation {
  const task = { y, fold, clock };
  const { probabilities, folds, summary } = crossValidate(
    task,
    {
      train: rows => trainOn(table, y, rows, { seed }),
      predict: (model, rows) => predict(model, table, rows),
    },
    say,
  );
  const challenger = crossValidate(
    task,
    {
      train: rows => fitTrees(table, y, rows, { seed }),
      predict: (model, rows) => predictTrees(model, table, rows),
    },
    text => say(`trees, ${text}`),
  );
  return { probabilities, folds, summary, challenger: challenger.summary };
}

function crossValidate<M>(
  { y, fold, clock }: { y: Uint8Array; fold: Uint8Array; clock: () => number },
  learner: Learner<M>,
  say: (text: string) => void,
): Omit<Evaluation, 'challenger'> {
  const probabilities = new Float64Array(y.length).fill(Number.NaN);
  const rows = Int32Array.from(y, (_, row) => row);
  const folds: FoldResult[] = [];
  let scoring = 0;
  const tested = [...new Set(fold)].filter(value => value !== trainOnly).sort((a, b) => a - b);
  for (const k of tested) {
    const heldOut = rows.filter(row => fold[row] === k);
    const started = clock();
    const model = learner.train(rows.filter(row => fold[row] !== k));
    const trained = clock();
    const predicted = learner.predict(model, heldOut);
    // Timed apart, over the whole table: the held-out rows alone can be too few for the clock.
    const before = clock();
    learner.predict(model);
    scoring += clock() - before;
    heldOut.forEach((row, i) => {
      probabilities[row] = predicted[i]!;
    });
    const labels = Uint8Array.from(heldOut, row => y[row]!);
    const oneLabel = labels.every(label => label === labels[0]);
    const result: FoldResult = {
      fold: k,
      n: heldOut.length,
      auc: oneLabel ? null : auc(predicted, labels),
      logLoss: logLoss(predicted, labels),
      trainSeconds: (trained - started) / 1000,
    };
    folds.push(result);
    say(
      `fold ${k + 1} of ${tested.length}: AUC ${result.auc?.toFixed(4) ?? 'none (one outcome only)'}, log loss ${result.logLoss.toFixed(4)}, ${result.trainSeconds.toFixed(1)} s`,
    );
  }
  return {
    probabilities,
    folds,
    summary: summarise(probabilities, y, folds, scoring / (tested.length * y.length)),
  };
}

function summarise(
  probabilities: Float64Array,
  y: Uint8Array,
  folds: FoldResult[],
  msPerRow: number,
): Evaluation['summary'] {
  const scored = Int32Array.from(y, (_, row) => row).filter(row => !Number.isNaN(probabilities[row]!));
  const p = Float64Array.from(scored, row => probabilities[row]!);
  const labels = Uint8Array.from(scored, row => y[row]!);
  const aucs = folds.flatMap(({ auc }) => (auc === null ? [] : [auc]));
  return {
    auc: aucs.length === 0 ? 0.5 : aucs.reduce((sum, value) => sum + value, 0) / aucs.length,
    logLoss: logLoss(p, labels),
    brier: brier(p, labels),
    ece: ece(p, labels),
    trainSeconds: folds.reduce((sum, fold) => sum + fold.trainSeconds, 0),
    microsPerRow: 1000 * msPerRow,
  };
}
