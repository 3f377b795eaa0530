import type { Side } from './coarsen.ts';
import type { Settings } from './settings.ts';
import type { BoostedTerm, CellStats } from './state.ts';

/** Sums along one side of the grid, interleaved: gradient, hessian, rows. */
type Line = Float64Array;

interface Split {
  /** Sum of the leaves' scores. */
  score: number;
  /** In `order`, the bins before `at` are one leaf and the others another; at 0 there is one leaf. */
  at: number;
}

/**
 * How an interaction takes a step: the best tree that cuts one side once and then, in each half, the other
 * side once (the four quadrants of FAST: Lou, Caruana, Gehrke, Hooker 2013). Levels have no order: the
 * first cut sets one of them apart, the second sorts them by their mean gradient (Fisher 1958).
 */
export function growGrid(first: Side, second: Side, settings: Settings): BoostedTerm['grow'] {
  const sides = [first, second] as const;
  const most = Math.max(first.size, second.size);
  const left: Line = new Float64Array(3 * most);
  const right: Line = new Float64Array(3 * most);
  const total: Line = new Float64Array(3 * most);
  const order = new Uint8Array(most);
  const ratio = new Float64Array(most);

  function at(stats: CellStats, axis: 0 | 1, one: number, other: number): number {
    return axis === 0 ? one * second.size + other : other * second.size + one;
  }

  function addRow(stats: CellStats, axis: 0 | 1, bin: number, into: Line): void {
    const size = sides[1 - axis]!.size;
    for (let other = 0; other < size; other++) {
      const cell = at(stats, axis, bin, other);
      into[3 * other] = into[3 * other]! + stats.gradient[cell]!;
      into[3 * other + 1] = into[3 * other + 1]! + stats.hessian[cell]!;
      into[3 * other + 2] = into[3 * other + 2]! + stats.count[cell]!;
    }
  }

  /** Leaves `order` filled for the caller that wants to write the leaves. */
  function split(line: Line, side: Side): Split {
    let g = 0;
    let h = 0;
    let c = 0;
    for (let bin = 0; bin < side.size; bin++) {
      g += line[3 * bin]!;
      h += line[3 * bin + 1]!;
      c += line[3 * bin + 2]!;
      order[bin] = bin;
    }
    if (!side.ordered) {
      for (let bin = 0; bin < side.size; bin++) {
        const value = line[3 * bin]! / (line[3 * bin + 1]! + settings.ridge);
        let slot = bin;
        while (slot > 0 && ratio[slot - 1]! > value) {
          ratio[slot] = ratio[slot - 1]!;
          order[slot] = order[slot - 1]!;
          slot--;
        }
        ratio[slot] = value;
        order[slot] = bin;
      }
    }
    let best: Split = { score: (g * g) / (h + settings.ridge), at: 0 };
    let lg = 0;
    let lh = 0;
    let lc = 0;
    for (let slot = 0; slot < side.size - 1; slot++) {
      const bin = order[slot]!;
      lg += line[3 * bin]!;
      lh += line[3 * bin + 1]!;
      lc += line[3 * bin + 2]!;
      if (lc < settings.leafRows || c - lc < settings.leafRows) continue;
      const score = (lg * lg) / (lh + settings.ridge) + (g - lg) ** 2 / (h - lh + settings.ridge);
      if (score > best.score) best = { score, at: slot + 1 };
    }
    return best;
  }

  /** Fills `left` and `right` for one first cut. */
  function halve(stats: CellStats, axis: 0 | 1, bin: number): void {
    const width = 3 * sides[1 - axis]!.size;
    if (!sides[axis].ordered || bin === 0) left.fill(0, 0, width);
    addRow(stats, axis, bin, left);
    for (let i = 0; i < width; i++) right[i] = total[i]! - left[i]!;
  }

  function write(
    stats: CellStats,
    axis: 0 | 1,
    line: Line,
    inHalf: (bin: number) => boolean,
    step: Float64Array,
  ): void {
    const side = sides[1 - axis]!;
    const { at: cut } = split(line, side);
    for (const [from, to] of [
      [0, cut],
      [cut, side.size],
    ] as const) {
      let g = 0;
      let h = 0;
      for (let slot = from; slot < to; slot++) {
        g += line[3 * order[slot]!]!;
        h += line[3 * order[slot]! + 1]!;
      }
      const value = Math.max(-4, Math.min(4, g / (h + settings.ridge)));
      for (let slot = from; slot < to; slot++)
        for (let bin = 0; bin < sides[axis].size; bin++)
          if (inHalf(bin)) step[at(stats, axis, bin, order[slot]!)] = value;
    }
  }

  return (stats, step) => {
    let best = { score: 0, axis: 0 as 0 | 1, bin: -1 };
    for (const axis of [0, 1] as const) {
      const own = sides[axis];
      const across = sides[1 - axis]!;
      total.fill(0, 0, 3 * across.size);
      for (let bin = 0; bin < own.size; bin++) addRow(stats, axis, bin, total);
      const last = own.ordered ? own.size - 1 : own.size;
      for (let bin = 0; bin < last; bin++) {
        halve(stats, axis, bin);
        const score = split(left, across).score + split(right, across).score;
        if (score > best.score) best = { score, axis, bin };
      }
    }
    step.fill(0, 0, first.size * second.size);
    if (best.bin < 0) return 0;
    const { axis } = best;
    const own = sides[axis];
    total.fill(0, 0, 3 * sides[1 - axis]!.size);
    for (let bin = 0; bin < own.size; bin++) addRow(stats, axis, bin, total);
    for (let bin = own.ordered ? 0 : best.bin; bin <= best.bin; bin++) halve(stats, axis, bin);
    const isLeft = (bin: number): boolean => (own.ordered ? bin <= best.bin : bin === best.bin);
    write(stats, axis, left, isLeft, step);
    write(stats, axis, right, bin => !isLeft(bin), step);
    return best.score;
  };
}
