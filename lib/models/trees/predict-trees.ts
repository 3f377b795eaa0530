import { encodeColumn } from '../bins.ts';
import { calibrate } from '../calibrate.ts';
import { probabilityOf } from '../predict.ts';
import type { Table } from '../types.ts';
import type { Tree, TreeModel } from './types.ts';

/** Adds a tree's leaves to the logits of some rows; `logits[i]` is that of `rows[i]`. */
export function addTree(
  tree: Tree,
  encoded: readonly Uint16Array[],
  rows: Int32Array,
  logits: Float64Array,
): void {
  const left = tree.map(node => ('left' in node ? maskOf(node.left) : null));
  for (let i = 0; i < rows.length; i++) {
    let place = 0;
    let node = tree[0]!;
    while ('next' in node) {
      place = node.next[left[place]![encoded[node.feature]![rows[i]!]!] === 1 ? 0 : 1];
      node = tree[place]!;
    }
    logits[i] = logits[i]! + node.value;
  }
}

/** 1 at each of these bins; what lies beyond its end is not among them. */
function maskOf(bins: readonly number[]): Uint8Array {
  const mask = new Uint8Array((bins.at(-1) ?? -1) + 1);
  for (const bin of bins) mask[bin] = 1;
  return mask;
}

/** Calibrated probabilities of some rows (all, unless told), in their order. Absent columns count as missing. */
export function predictTrees(model: TreeModel, table: Table, rows?: Int32Array): Float64Array {
  const chosen = rows ?? Int32Array.from({ length: table.rows }, (_, row) => row);
  const columns = new Map(table.columns.map(column => [column.name, column]));
  const encoded = model.bins.map(bins => {
    const column = columns.get(bins.name);
    return column === undefined ? new Uint16Array(chosen.length) : encodeColumn(bins, column, chosen);
  });
  const places = Int32Array.from(chosen, (_, place) => place);
  const sum = new Float64Array(chosen.length);
  for (const { base, trees } of model.bags) {
    const logits = new Float64Array(chosen.length).fill(base);
    for (const tree of trees) addTree(tree, encoded, places, logits);
    logits.forEach((logit, i) => {
      sum[i] = sum[i]! + logit / model.bags.length;
    });
  }
  return sum.map(logit => probabilityOf(calibrate(model.calibration, logit)));
}
