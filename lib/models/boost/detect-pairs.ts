import type { Side } from './coarsen.ts';
import { gridCells } from './coarsen.ts';
import { growGrid } from './grow-grid.ts';
import type { Settings } from './settings.ts';
import type { CellStats, Rows } from './state.ts';

export interface Candidate {
  features: [number, number];
  gain: number;
}

/**
 * Ranks interactions by how much one tree on the grid, grown on the other parts, lowers the loss on each
 * part in turn (FAST's search, but judged on rows that the tree has not seen, so that many cells are no
 * advantage). `logits` must come from models that had not seen the row. Only gains above zero are returned,
 * best first.
 */
export function detectPairs(
  rows: Rows,
  logits: Float64Array,
  features: readonly number[],
  sides: readonly Side[],
  encoded: readonly Uint16Array[],
  settings: Settings,
): Candidate[] {
  const gradient = new Float64Array(rows.n);
  const hessian = new Float64Array(rows.n);
  for (let i = 0; i < rows.n; i++) {
    const p = 1 / (1 + Math.exp(-logits[i]!));
    gradient[i] = rows.y[i]! - p;
    hessian[i] = p * (1 - p);
  }
  const found: Candidate[] = [];
  for (let i = 0; i < features.length; i++) {
    for (let j = i + 1; j < features.length; j++) {
      const a = features[i]!;
      const b = features[j]!;
      const gain = crossFittedGain(
        rows,
        gradient,
        hessian,
        sides[a]!,
        encoded[a]!,
        sides[b]!,
        encoded[b]!,
        settings,
      );
      if (gain > 0) found.push({ features: [a, b], gain });
    }
  }
  return found.sort(
    (one, other) =>
      other.gain - one.gain || one.features[0] - other.features[0] || one.features[1] - other.features[1],
  );
}

function crossFittedGain(
  rows: Rows,
  gradient: Float64Array,
  hessian: Float64Array,
  first: Side,
  a: Uint16Array,
  second: Side,
  b: Uint16Array,
  settings: Settings,
): number {
  const size = first.size * second.size;
  const ids = gridCells(first, a, second, b);
  const empty = (): CellStats => ({
    gradient: new Float64Array(size),
    hessian: new Float64Array(size),
    count: new Float64Array(size),
  });
  const total = empty();
  const parts = Array.from({ length: rows.bags }, (_, part) => {
    const own = empty();
    for (let i = rows.bounds[part]!; i < rows.bounds[part + 1]!; i++) {
      const id = ids[i]!;
      own.gradient[id] = own.gradient[id]! + gradient[i]!;
      own.hessian[id] = own.hessian[id]! + hessian[i]!;
      own.count[id] = own.count[id]! + 1;
    }
    addInto(total, own, 1);
    return own;
  });
  const grow = growGrid(first, second, settings);
  const step = new Float64Array(size);
  let gain = 0;
  for (const part of parts) {
    addInto(total, part, -1);
    grow(total, step);
    addInto(total, part, 1);
    for (let cell = 0; cell < size; cell++) {
      gain += step[cell]! * (2 * part.gradient[cell]! - step[cell]! * part.hessian[cell]!);
    }
  }
  return gain;
}

function addInto(sum: CellStats, part: CellStats, sign: number): void {
  for (let cell = 0; cell < sum.count.length; cell++) {
    sum.gradient[cell] = sum.gradient[cell]! + sign * part.gradient[cell]!;
    sum.hessian[cell] = sum.hessian[cell]! + sign * part.hessian[cell]!;
    sum.count[cell] = sum.count[cell]! + sign * part.count[cell]!;
  }
}
