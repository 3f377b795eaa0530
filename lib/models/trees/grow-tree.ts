import type { Bins } from '../types.ts';
import { emptyHistogram, fillHistogram, subtract, type Binned, type Histogram } from './histogram.ts';
import { findSplit } from './find-split.ts';
import type { Tree, TreeSettings } from './types.ts';

export interface Grown {
  tree: Tree;
  /** The rows of each leaf and its value: what boosting adds to them. */
  leaves: { rows: Int32Array; value: number }[];
}

/** Grows one tree on some rows, level by level to the depth of the settings. `g` is y - p, `h` is p(1 - p), by row. */
export function growTree(
  binned: Binned,
  bins: readonly Bins[],
  features: readonly number[],
  rows: Int32Array,
  { g, h }: { g: Float64Array; h: Float64Array },
  settings: TreeSettings,
): Grown {
  const tree: Tree = [];
  const leaves: Grown['leaves'] = [];
  const sumsOf = (of: Int32Array): Histogram => {
    const sums = emptyHistogram(binned);
    fillHistogram(sums, binned, features, of, g, h);
    return sums;
  };
  const leaf = (of: Int32Array): number => {
    let gradient = 0;
    let hessian = 0;
    for (let i = 0; i < of.length; i++) {
      gradient += g[of[i]!]!;
      hessian += h[of[i]!]!;
    }
    const value = (settings.learningRate * gradient) / (hessian + settings.ridge);
    leaves.push({ rows: of, value });
    return tree.push({ value }) - 1;
  };
  const grow = (of: Int32Array, sums: Histogram, depth: number): number => {
    const split = findSplit(sums, binned, bins, features, settings);
    if (split === null) return leaf(of);
    const node = { feature: split.feature, left: split.left, next: [0, 0] as [number, number] };
    const place = tree.push(node) - 1;
    const [left, right] = divide(of, binned, split);
    if (depth + 1 === settings.depth) {
      node.next = [leaf(left), leaf(right)];
      return place;
    }
    const smaller = sumsOf(left.length < right.length ? left : right);
    const larger = subtract(sums, smaller);
    const [ofLeft, ofRight] = left.length < right.length ? [smaller, larger] : [larger, smaller];
    node.next = [grow(left, ofLeft, depth + 1), grow(right, ofRight, depth + 1)];
    return place;
  };
  grow(rows, sumsOf(rows), 0);
  return { tree, leaves };
}

function divide(
  rows: Int32Array,
  { encoded, sizes }: Binned,
  { feature, left }: { feature: number; left: readonly number[] },
): [Int32Array, Int32Array] {
  const goesLeft = new Uint8Array(sizes[feature]!);
  for (const bin of left) goesLeft[bin] = 1;
  const ids = encoded[feature]!;
  const right = new Int32Array(rows.length);
  const leftRows = new Int32Array(rows.length);
  let l = 0;
  let r = 0;
  for (const row of rows) {
    if (goesLeft[ids[row]!] === 1) leftRows[l++] = row;
    else right[r++] = row;
  }
  return [leftRows.subarray(0, l), right.subarray(0, r)];
}
