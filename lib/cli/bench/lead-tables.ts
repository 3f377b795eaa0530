import { existsSync } from 'node:fs';
import { createRandom, sigmoid } from '#lib/crm/sandbox/demo/random.ts';
import type { Column, Table } from '#lib/models/models.ts';
import { buildTable } from '../backtest/build-table.ts';
import { readCsv } from '../backtest/read-csv.ts';

export interface Leads {
  table: Table;
  y: Uint8Array;
}

/** Leads drawn by chance: numbers, some of them bent, categories, gaps, one interaction, and noise. */
export function generatedLeads(rows: number): Leads {
  const random = createRandom(7);
  const numbers = Array.from({ length: 12 }, () => Float64Array.from({ length: rows }, random.normal));
  const levels = Array.from({ length: 6 }, () =>
    Array.from({ length: rows }, () => `level ${random.int(1, 8)}`),
  );
  const y = Uint8Array.from({ length: rows }, (_, i) => {
    const [a, b, c, d] = numbers.map(values => values[i]!) as [number, number, number, number];
    const level = Number(levels[0]?.[i]?.at(-1));
    return random.chance(sigmoid(a - Math.abs(b) + (c > 0 ? d : 0) + (level - 4) / 4)) ? 1 : 0;
  });
  for (const values of numbers) for (let i = 0; i < rows; i++) if (random.chance(0.1)) values[i] = Number.NaN;
  const columns: Column[] = [
    ...numbers.map((values, i): Column => ({ name: `number ${i}`, kind: 'numeric', values })),
    ...levels.map((values, i): Column => ({ name: `category ${i}`, kind: 'categorical', values })),
  ];
  return { table: { rows, columns }, y };
}

const file = '../shared/data/x_education_leads/Leads.csv';
/** Written after the outcome, or names of the row. */
const excluded =
  'Tags,Lead Quality,Lead Profile,Last Notable Activity,Prospect ID,Lead Number,Asymmetrique Activity Index,' +
  'Asymmetrique Profile Index,Asymmetrique Activity Score,Asymmetrique Profile Score';

/** Real leads of an online course seller; null where the file is not at hand. */
export async function realLeads(): Promise<Leads | null> {
  if (!existsSync(file)) return null;
  const options = {
    target: 'Converted',
    positive: '1',
    drop: excluded.split(','),
    missing: ['Select'],
    order: null,
  };
  return buildTable(await readCsv(file, ','), options);
}
