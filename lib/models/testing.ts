/** Made-up tables for the tests of this folder. */
import { seededRandom } from './random.ts';
import type { Column, Table } from './types.ts';

export interface Sample {
  table: Table;
  y: Uint8Array;
}

/** Draws rows and flips a coin for each with the log-odds that it is given. */
export function sample(
  rows: number,
  seed: number,
  logitOf: (a: number, b: number, level: number) => number,
): Sample {
  const random = seededRandom(seed);
  const a = new Float64Array(rows);
  const b = new Float64Array(rows);
  const level: (string | null)[] = [];
  const y = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    a[i] = 2 * random() - 1;
    b[i] = 2 * random() - 1;
    const drawn = Math.floor(random() * 6);
    level.push(`level ${drawn}`);
    y[i] = random() < 1 / (1 + Math.exp(-logitOf(a[i]!, b[i]!, drawn))) ? 1 : 0;
    if (random() < 0.1) a[i] = Number.NaN;
    if (random() < 0.1) level[i] = null;
  }
  const columns: Column[] = [
    { name: 'a', kind: 'numeric', values: a },
    { name: 'b', kind: 'numeric', values: b },
    { name: 'level', kind: 'categorical', values: level },
  ];
  return { table: { rows, columns }, y };
}
