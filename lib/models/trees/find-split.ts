import type { Bins } from '../types.ts';
import type { Binned, Histogram } from './histogram.ts';
import type { TreeSettings } from './types.ts';

export interface Split {
  feature: number;
  gain: number;
  /** Bins that go left, ascending. */
  left: number[];
}

/** Below this a gain is rounding. */
const leastGain = 1e-9;

/** The sums of one feature's bins, and of them all. */
interface Sums {
  gradient: Float64Array;
  hessian: Float64Array;
  g: number;
  h: number;
}

/**
 * The split of a node that lowers the loss most by its second-order estimate (Chen, Guestrin 2016), or null where none
 * does. Numbers are cut in their order, with "missing" on the better side; levels are put in the order of their gradient
 * ratio first, which makes the best of all their divisions a cut (Fisher 1958).
 */
export function findSplit(
  sums: Histogram,
  binned: Binned,
  bins: readonly Bins[],
  features: readonly number[],
  settings: TreeSettings,
): Split | null {
  let best: Split | null = null;
  for (const feature of features) {
    const of = sumsOf(sums, binned, feature);
    const found =
      bins[feature]!.kind === 'categorical' ? splitLevels(of, settings) : splitNumbers(of, settings);
    if (found !== null && found.gain > (best?.gain ?? leastGain)) best = { feature, ...found };
  }
  return best;
}

function sumsOf(sums: Histogram, { offsets, sizes }: Binned, feature: number): Sums {
  const from = offsets[feature]!;
  const gradient = sums.gradient.subarray(from, from + sizes[feature]!);
  const hessian = sums.hessian.subarray(from, from + sizes[feature]!);
  let g = 0;
  let h = 0;
  for (let bin = 0; bin < gradient.length; bin++) {
    g += gradient[bin]!;
    h += hessian[bin]!;
  }
  return { gradient, hessian, g, h };
}

function splitNumbers(sums: Sums, settings: TreeSettings): Omit<Split, 'feature'> | null {
  const { gradient, hessian } = sums;
  let best = { gain: leastGain, cut: 0, missingLeft: false };
  for (const missingLeft of hessian[0]! > 0 ? [true, false] : [false]) {
    let gl = missingLeft ? gradient[0]! : 0;
    let hl = missingLeft ? hessian[0]! : 0;
    for (let bin = 1; bin < gradient.length - (missingLeft ? 1 : 0); bin++) {
      gl += gradient[bin]!;
      hl += hessian[bin]!;
      const gain = gainOf(gl, hl, sums, settings);
      if (gain > best.gain) best = { gain, cut: bin, missingLeft };
    }
  }
  if (best.cut === 0) return null;
  const numbers = Array.from({ length: best.cut }, (_, i) => i + 1);
  return { gain: best.gain, left: best.missingLeft ? [0, ...numbers] : numbers };
}

function splitLevels(sums: Sums, settings: TreeSettings): Omit<Split, 'feature'> | null {
  const { gradient, hessian } = sums;
  const filled: number[] = [];
  for (let bin = 0; bin < gradient.length; bin++) if (hessian[bin]! > 0) filled.push(bin);
  const ratio = (bin: number) => gradient[bin]! / (hessian[bin]! + settings.levelRidge);
  filled.sort((a, b) => ratio(a) - ratio(b) || a - b);
  let best = { gain: leastGain, length: 0 };
  let gl = 0;
  let hl = 0;
  filled.slice(0, -1).forEach((bin, i) => {
    gl += gradient[bin]!;
    hl += hessian[bin]!;
    const gain = gainOf(gl, hl, sums, settings);
    if (gain > best.gain) best = { gain, length: i + 1 };
  });
  if (best.length === 0) return null;
  return { gain: best.gain, left: filled.slice(0, best.length).sort((a, b) => a - b) };
}

/** How much the loss falls when a left side of these sums is split off; 0 where a side is too thin. */
function gainOf(gl: number, hl: number, { g, h }: Sums, { ridge, leafHessian }: TreeSettings): number {
  const hr = h - hl;
  if (hl < leafHessian || hr < leafHessian) return 0;
  return (gl * gl) / (hl + ridge) + (g - gl) ** 2 / (hr + ridge) - (g * g) / (h + ridge);
}
