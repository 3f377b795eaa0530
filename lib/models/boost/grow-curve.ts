import type { Bins } from '../types.ts';
import type { Settings } from './settings.ts';
import type { BoostedTerm, CellStats } from './state.ts';

interface Leaf {
  from: number;
  to: number;
  gradient: number;
  hessian: number;
}

interface Cut {
  at: number;
  gain: number;
  left: Leaf;
  right: Leaf;
}

/** How one feature takes a step: leaves over neighbouring bins, or a value for each level. */
export function growCurve(bins: Bins, settings: Settings): BoostedTerm['grow'] {
  return bins.kind === 'numeric'
    ? (stats, step) => growOrdered(stats, step, bins.cuts.length + 2, bins.monotone ?? 0, settings)
    : (stats, step) => growLevels(stats, step, bins.levels.length + 2, settings);
}

/** Each level moves by itself, the less the fewer rows it has. */
function growLevels(stats: CellStats, step: Float64Array, size: number, settings: Settings): number {
  let gain = 0;
  for (let cell = 0; cell < size; cell++) gain += ownLeaf(stats, step, cell, settings);
  return gain;
}

function ownLeaf(stats: CellStats, step: Float64Array, cell: number, settings: Settings): number {
  if (stats.count[cell]! < settings.leafRows) {
    step[cell] = 0;
    return 0;
  }
  const gradient = stats.gradient[cell]!;
  step[cell] = bounded(gradient / (stats.hessian[cell]! + settings.ridge));
  return (gradient * gradient) / (stats.hessian[cell]! + settings.ridge);
}

/** A tree of few leaves, grown best cut first; "missing" (bin 0) is a leaf of its own. */
function growOrdered(
  stats: CellStats,
  step: Float64Array,
  size: number,
  monotone: -1 | 0 | 1,
  settings: Settings,
): number {
  let gain = ownLeaf(stats, step, 0, settings);
  const root: Leaf = { from: 1, to: size, gradient: 0, hessian: 0 };
  for (let cell = 1; cell < size; cell++) {
    root.gradient += stats.gradient[cell]!;
    root.hessian += stats.hessian[cell]!;
  }
  const leaves = [root];
  const cuts = [bestCut(stats, root, monotone, settings)];
  gain += score(root, settings);
  while (leaves.length < settings.leaves) {
    let chosen = -1;
    cuts.forEach((cut, index) => {
      if (cut !== null && (chosen < 0 || cut.gain > cuts[chosen]!.gain)) chosen = index;
    });
    const cut = cuts[chosen];
    if (cut == null) break;
    gain += cut.gain;
    leaves.splice(chosen, 1, cut.left, cut.right);
    cuts.splice(
      chosen,
      1,
      bestCut(stats, cut.left, monotone, settings),
      bestCut(stats, cut.right, monotone, settings),
    );
  }
  let last = -Infinity * monotone;
  for (const leaf of leaves) {
    let value = bounded(leaf.gradient / (leaf.hessian + settings.ridge));
    // A cut inside a leaf can overtake the neighbour; flattening keeps the promise.
    if (monotone !== 0) last = value = monotone === 1 ? Math.max(last, value) : Math.min(last, value);
    step.fill(value, leaf.from, leaf.to);
  }
  return gain;
}

function score(leaf: { gradient: number; hessian: number }, settings: Settings): number {
  return (leaf.gradient * leaf.gradient) / (leaf.hessian + settings.ridge);
}

function bestCut(stats: CellStats, leaf: Leaf, monotone: -1 | 0 | 1, settings: Settings): Cut | null {
  const { ridge, leafRows } = settings;
  const { gradient, hessian, count } = stats;
  let rows = 0;
  for (let cell = leaf.from; cell < leaf.to; cell++) rows += count[cell]!;
  const whole = score(leaf, settings);
  let at = -1;
  let best = 0;
  let bestG = 0;
  let bestH = 0;
  let g = 0;
  let h = 0;
  let c = 0;
  for (let cell = leaf.from; cell < leaf.to - 1; cell++) {
    g += gradient[cell]!;
    h += hessian[cell]!;
    c += count[cell]!;
    if (c < leafRows) continue;
    if (rows - c < leafRows) break;
    const restG = leaf.gradient - g;
    const restH = leaf.hessian - h;
    const gain = (g * g) / (h + ridge) + (restG * restG) / (restH + ridge) - whole;
    if (gain <= best) continue;
    if (monotone !== 0 && monotone * (restG / (restH + ridge) - g / (h + ridge)) < 0) continue;
    best = gain;
    at = cell + 1;
    bestG = g;
    bestH = h;
  }
  if (at < 0) return null;
  return {
    at,
    gain: best,
    left: { from: leaf.from, to: at, gradient: bestG, hessian: bestH },
    right: { from: at, to: leaf.to, gradient: leaf.gradient - bestG, hessian: leaf.hessian - bestH },
  };
}

/** No single step may move a log-odds by more than 4 (before the learning rate). */
function bounded(value: number): number {
  return Math.max(-4, Math.min(4, value));
}
