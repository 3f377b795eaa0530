import { binCount, encodeColumn, fitBins } from '../bins.ts';
import { fitCalibration } from '../calibrate.ts';
import { dealParts } from '../folds.ts';
import { seededRandom } from '../random.ts';
import { TrainingStopped, type Table, type TrainOptions } from '../types.ts';
import { growTree } from './grow-tree.ts';
import { layOut, type Binned } from './histogram.ts';
import { addTree } from './predict-trees.ts';
import { defaults } from './settings.ts';
import type { Tree, TreeModel, TreeSettings } from './types.ts';

/**
 * Plain gradient-boosted trees with logistic loss (Friedman 2001), on histograms: the challenger of the glass box. Each
 * bag leaves out one part of the rows, stops when the loss on it has stopped falling, and calibrates on it.
 */
export function fitTrees(
  table: Table,
  y: Uint8Array,
  chosen: Int32Array,
  options: Pick<TrainOptions, 'seed' | 'groups' | 'shouldStop'>,
  settings: TreeSettings = defaults,
): TreeModel {
  const labels = Uint8Array.from(chosen, row => y[row]!);
  const keys = options.groups && Array.from(chosen, row => options.groups![row]!);
  const part = dealParts(labels, settings.bags, options.seed, keys ?? null);
  const bins = table.columns.map(column => fitBins(column, chosen));
  const binned = layOut(
    table.columns.map((column, feature) => encodeColumn(bins[feature]!, column, chosen)),
    bins.map(binCount),
  );
  const heldOutLogits = new Float64Array(labels.length);
  const bags = Array.from({ length: settings.bags }, (_, bag) => {
    const places = Int32Array.from(labels, (_, place) => place);
    const heldOut = places.filter(place => part[place] === bag);
    const training = places.filter(place => part[place] !== bag);
    const boosted = boost({ binned, bins, labels, training, heldOut }, options.seed + bag, settings, () =>
      options.shouldStop?.(),
    );
    heldOut.forEach((place, i) => {
      heldOutLogits[place] = boosted.heldOutLogits[i]!;
    });
    return { base: boosted.base, trees: boosted.trees };
  });
  return { kind: 'trees', bins, bags, calibration: fitCalibration(heldOutLogits, labels) };
}

interface BagTask {
  binned: Binned;
  bins: TreeModel['bins'];
  labels: Uint8Array;
  training: Int32Array;
  heldOut: Int32Array;
}

function boost(
  { binned, bins, labels, training, heldOut }: BagTask,
  seed: number,
  settings: TreeSettings,
  shouldStop: () => boolean | undefined,
): { base: number; trees: Tree[]; heldOutLogits: Float64Array } {
  const random = seededRandom(seed);
  const base = logOdds(labels, training);
  const logit = new Float64Array(labels.length).fill(base);
  const g = new Float64Array(labels.length);
  const h = new Float64Array(labels.length);
  const trees: Tree[] = [];
  const heldOutLogits = new Float64Array(heldOut.length).fill(base);
  let best = { trees: 0, loss: meanLoss(labels, heldOut, heldOutLogits), logits: heldOutLogits.slice() };
  while (trees.length < settings.maxTrees && trees.length - best.trees < settings.patience) {
    if (shouldStop()) throw new TrainingStopped('The training was stopped.');
    for (const row of training) {
      const p = 1 / (1 + Math.exp(-logit[row]!));
      g[row] = labels[row]! - p;
      h[row] = p * (1 - p);
    }
    const features = draw(binned.sizes.length, settings.featureShare, random);
    const { tree, leaves } = growTree(binned, bins, features, training, { g, h }, settings);
    for (const { rows, value } of leaves) for (const row of rows) logit[row] = logit[row]! + value;
    trees.push(tree);
    addTree(tree, binned.encoded, heldOut, heldOutLogits);
    const loss = meanLoss(labels, heldOut, heldOutLogits);
    if (loss < best.loss * (1 - 1e-6)) best = { trees: trees.length, loss, logits: heldOutLogits.slice() };
  }
  return { base, trees: trees.slice(0, best.trees), heldOutLogits: best.logits };
}

function logOdds(labels: Uint8Array, rows: Int32Array): number {
  const positive = rows.reduce((sum, row) => sum + labels[row]!, 0);
  return Math.log((positive + 0.5) / (rows.length - positive + 0.5));
}

function meanLoss(labels: Uint8Array, rows: Int32Array, logits: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows.length; i++) {
    const z = labels[rows[i]!] === 1 ? logits[i]! : -logits[i]!;
    sum += z > 0 ? Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)) - z;
  }
  return sum / Math.max(1, rows.length);
}

/** Some of the features, at least one, in their order. */
function draw(count: number, share: number, random: () => number): number[] {
  const wanted = Math.max(1, Math.ceil(share * count));
  return Array.from({ length: count }, (_, feature) => ({ feature, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, wanted)
    .map(({ feature }) => feature)
    .sort((a, b) => a - b);
}
