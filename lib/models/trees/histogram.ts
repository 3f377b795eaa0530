/** Sums of gradient, hessian and rows in every bin of every feature, over the rows of one node. */
export interface Histogram {
  gradient: Float64Array;
  hessian: Float64Array;
}

/** The features of all rows as bins, and where each feature's bins begin in a histogram. */
export interface Binned {
  encoded: readonly Uint16Array[];
  sizes: readonly number[];
  offsets: readonly number[];
  total: number;
}

export function layOut(encoded: readonly Uint16Array[], sizes: readonly number[]): Binned {
  const offsets: number[] = [];
  let total = 0;
  for (const size of sizes) {
    offsets.push(total);
    total += size;
  }
  return { encoded, sizes, offsets, total };
}

export const emptyHistogram = ({ total }: Binned): Histogram => ({
  gradient: new Float64Array(total),
  hessian: new Float64Array(total),
});

export function fillHistogram(
  { gradient, hessian }: Histogram,
  { encoded, offsets }: Binned,
  features: readonly number[],
  rows: Int32Array,
  g: Float64Array,
  h: Float64Array,
): void {
  for (const feature of features) {
    const ids = encoded[feature]!;
    const offset = offsets[feature]!;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const cell = offset + ids[row]!;
      gradient[cell] = gradient[cell]! + g[row]!;
      hessian[cell] = hessian[cell]! + h[row]!;
    }
  }
}

/** What the smaller child does not hold, the larger does: sums of the parent less those of one child. */
export function subtract(parent: Histogram, child: Histogram): Histogram {
  return {
    gradient: parent.gradient.map((sum, cell) => sum - child.gradient[cell]!),
    hessian: parent.hessian.map((sum, cell) => sum - child.hessian[cell]!),
  };
}
