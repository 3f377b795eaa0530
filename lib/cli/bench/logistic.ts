import type { Table } from '#lib/models/models.ts';

export interface Logistic {
  encode: (table: Table) => Float32Array[];
  weights: Float64Array;
}

/**
 * The plainest model there is, as a yardstick: logistic regression on standardised numbers and the 30 commonest levels
 * of categories, by gradient descent with Nesterov's momentum.
 */
export function trainLogistic(table: Table, y: Uint8Array, rows: Int32Array, steps = 150): Logistic {
  const encode = encoderOf(table, rows);
  const all = encode(table);
  const x = Array.from(rows, row => all[row]!);
  const width = x[0]?.length ?? 0;
  let [weights, before] = [new Float64Array(width), new Float64Array(width)];
  for (let step = 0; step < steps; step++) {
    const ahead = weights.map((w, j) => w + 0.9 * (w - before[j]!));
    const gradient = new Float64Array(width);
    x.forEach((row, i) => {
      const error = probability(ahead, row) - y[rows[i]!]!;
      for (let j = 0; j < width; j++) gradient[j]! += error * row[j]!;
    });
    before = weights;
    weights = ahead.map((w, j) => w - (0.5 / x.length) * gradient[j]! - 1e-5 * w);
  }
  return { encode, weights };
}

export const predictLogistic = ({ encode, weights }: Logistic, table: Table): Float64Array =>
  Float64Array.from(encode(table), row => probability(weights, row));

function probability(weights: Float64Array, row: Float32Array): number {
  let logit = 0;
  for (let j = 0; j < row.length; j++) logit += weights[j]! * row[j]!;
  return 1 / (1 + Math.exp(-logit));
}

/** Learns means and levels from some rows of a table; encodes any table with the same columns. */
function encoderOf(table: Table, rows: Int32Array): Logistic['encode'] {
  const parts = table.columns.map(column => {
    if (column.kind === 'numeric') {
      const known = Array.from(rows, row => column.values[row]!).filter(value => Number.isFinite(value));
      const mean = known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
      const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length);
      return { mean, deviation: Math.sqrt(variance) || 1, levels: [] };
    }
    const counts = Map.groupBy(rows, row => column.values[row]!);
    const byCount = [...counts].sort(([, a], [, b]) => b.length - a.length);
    return { mean: 0, deviation: 1, levels: byCount.slice(0, 30).map(([level]) => level) };
  });
  const width = 1 + parts.reduce((sum, { levels }) => sum + Math.max(1, levels.length), 0);
  return ({ rows: count, columns }) => {
    const x = Array.from({ length: count }, () => new Float32Array(width));
    for (const row of x) row[0] = 1;
    let at = 1;
    columns.forEach((column, c) => {
      const { mean, deviation, levels } = parts[c]!;
      const place = new Map(levels.map((level, i) => [level, at + i]));
      for (let i = 0; i < count; i++) {
        if (column.kind === 'categorical') {
          const j = place.get(column.values[i]!);
          if (j !== undefined) x[i]![j] = 1;
        } else if (Number.isFinite(column.values[i])) x[i]![at] = (column.values[i]! - mean) / deviation;
      }
      at += Math.max(1, levels.length);
    });
    return x;
  };
}
