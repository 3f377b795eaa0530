/** Made-up tables for the tests of this folder. */
import type { FeatureRow } from '#lib/core/score.ts';
import type { TrainingTask } from './lead-model.ts';
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

export const trainedAt = '2026-03-01T00:00:00.000Z';

/** Features as the flow hands them over; what is not given is missing. */
export function rowWith(values: Record<string, number | string | null>): FeatureRow {
  const features = Object.entries(values).map(([name, value]) => [
    name,
    { name, value, text: `${name} is ${value}`, evidence: [] },
  ]);
  return {
    schema: '1',
    asOf: '2026-02-01T00:00:00.000Z',
    features: Object.fromEntries(features) as FeatureRow['features'],
  };
}

/** Leads at one or two landmarks each: replies help, silence hurts, noise does nothing. */
export function taskOf(leads: number): TrainingTask {
  const random = seededRandom(leads);
  const rows = Array.from({ length: leads }, (_, i) => {
    const [replies, silence, noise] = [2 * random() - 1, Math.floor(random() * 300), random()];
    const won = random() < 1 / (1 + Math.exp(-(3 * replies - silence / 100)));
    const source = ['DIRECT', 'REFERRAL', 'EVENT'][i % 3] ?? null;
    const key = `hubspot:contacts:${i}`;
    const row = rowWith({ replies, silence, noise, source });
    return i % 2 === 0
      ? [{ key, row, won }]
      : [
          { key, row, won },
          { key, row, won },
        ];
  });
  return {
    rows: rows.flat(),
    features: [
      { name: 'replies', kind: 'numeric' },
      { name: 'silence', kind: 'numeric' },
      { name: 'noise', kind: 'numeric' },
      { name: 'source', kind: 'categorical' },
    ],
    seed: 7,
  };
}
