import { binCount } from '../bins.ts';
import type { Bins } from '../types.ts';

/** A feature's fine bins on one side of an interaction's grid. Coarse bin 0 is "missing". */
export interface Side {
  size: number;
  /** Whether neighbouring bins are alike (numbers) or not (levels). */
  ordered: boolean;
  coarse: number[];
}

/** Merges fine bins into at most `most`: numbers by equal counts, levels by keeping the frequent ones. */
export function coarsen(bins: Bins, encoded: Uint16Array, most: number): Side {
  const fine = binCount(bins);
  if (bins.kind === 'categorical') {
    const size = Math.min(fine, most);
    return {
      size,
      ordered: false,
      coarse: Array.from({ length: fine }, (_, bin) => Math.min(bin, size - 1)),
    };
  }
  const counts = new Float64Array(fine);
  for (let i = 0; i < encoded.length; i++) counts[encoded[i]!] = counts[encoded[i]!]! + 1;
  const known = encoded.length - counts[0]!;
  const coarse: number[] = [0];
  let group = 1;
  let before = 0;
  for (let bin = 1; bin < fine; bin++) {
    // The group that the middle of this bin's rows falls into.
    const wanted = 1 + Math.floor(((before + counts[bin]! / 2) / Math.max(1, known)) * (most - 1));
    if (bin > 1 && wanted > coarse[bin - 1]! && group < most - 1) group++;
    coarse.push(group);
    before += counts[bin]!;
  }
  return { size: group + 1, ordered: true, coarse };
}

/** The grid cell of each row. */
export function gridCells(first: Side, a: Uint16Array, second: Side, b: Uint16Array): Uint16Array {
  const ids = new Uint16Array(a.length);
  for (let i = 0; i < a.length; i++) ids[i] = first.coarse[a[i]!]! * second.size + second.coarse[b[i]!]!;
  return ids;
}
