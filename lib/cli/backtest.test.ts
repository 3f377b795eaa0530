import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { foldOf } from '#lib/models/models.ts';
import { backtest } from './backtest.ts';
import { UsageError } from './io.ts';

let folder: string;
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'backtest-'));
  printed = [];
  vi.spyOn(process.stdout, 'write').mockImplementation(text => {
    printed.push(String(text));
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const write = async (lines: string[]): Promise<string> => {
  const file = path.join(folder, 'leads.csv');
  await writeFile(file, lines.join('\n'));
  return file;
};
const summary = () => JSON.parse(printed.join('')) as Record<string, unknown>;

/** Won when the number is high or the source is a referral, with every tenth row the other way round. */
const rows = Array.from({ length: 200 }, (_, i) => {
  const visits = (i * 37) % 100;
  const source = ['web', 'referral', 'Select'][i % 3]!;
  const won = (visits > 60 || source === 'referral') !== (i % 10 === 0);
  return {
    visits,
    source,
    won,
    line: `${i},${visits},${source},2026-01-${String((i % 28) + 1).padStart(2, '0')},${won ? 'yes' : 'no'}`,
  };
});
const lines = ['id,visits,source,created,won', ...rows.map(row => row.line)];

test('predicts every row once, in the promised fold', async () => {
  const file = await write(lines);
  const out = path.join(folder, 'out.csv');
  await backtest([...args(file), '--drop', 'id', '--missing', 'Select', '--predictions', out, '--json']);
  expect(summary()).toMatchObject({ rows: 200, model: 'glass-box', suspectedLeaks: [], rejected: 0 });
  expect(summary()['auc']).toBeGreaterThan(0.75);
  const [header, ...predictions] = (await readFile(out, 'utf8')).trim().split('\n');
  expect(header).toBe('row,fold,p,y');
  expect(predictions).toHaveLength(200);
  predictions.forEach((line, i) => {
    const [row, fold, p, y] = line.split(',').map(Number);
    expect([row, fold, y]).toEqual([i, foldOf(7, i, 5), rows[i]!.won ? 1 : 0]);
    expect(p! > 0 && p! < 1).toBe(true);
  });
});

test('by order, only the newest fifth is tested', async () => {
  const file = await write(lines);
  const out = path.join(folder, 'out.csv');
  await backtest([...args(file), '--order', 'id', '--predictions', out, '--json']);
  const tested = (await readFile(out, 'utf8')).trim().split('\n').slice(1);
  expect(tested.map(line => Number(line.split(',')[0]))).toEqual(
    Array.from({ length: 40 }, (_, i) => 160 + i),
  );
});

test('a broken line is left out and the other rows keep their numbers', async () => {
  const file = await write([...lines.slice(0, 5), 'broken,line', ...lines.slice(5)]);
  const out = path.join(folder, 'out.csv');
  await backtest([...args(file), '--predictions', out, '--json']);
  expect(summary()).toMatchObject({ rows: 200, rejected: 1 });
  const numbers = (await readFile(out, 'utf8'))
    .trim()
    .split('\n')
    .slice(1)
    .map(line => Number(line.split(',')[0]));
  expect(numbers.slice(3, 6)).toEqual([3, 5, 6]);
});

describe('what cannot be used is said', () => {
  test.each([
    ['a missing file', ['--csv', '/nowhere.csv'], /Cannot read \/nowhere\.csv/],
    ['an unknown target', ['--target', 'lost'], /no column "lost".*id, visits/],
    ['an unknown column to drop', ['--drop', 'nope'], /no column "nope"/],
    ['an unknown order', ['--order', 'nope'], /no column "nope"/],
    ['a value that never occurs', ['--positive', '1'], /No row has "1" in "won". Found there: (no|yes)/],
    ['another separator', ['--sep', ';'], /right separator/],
    ['nothing left', ['--drop', 'id,visits,source,created'], /No column is left/],
  ])('%s', async (_, more, message) => {
    const file = await write(lines);
    const failed = backtest([...args(file), ...more]);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toBeInstanceOf(AppError);
  });

  test('one outcome only, and too few rows', async () => {
    const all = await write(lines.map(line => line.replace(/,no$/, ',yes')));
    await expect(backtest(args(all))).rejects.toThrow(/Every row/);
    const few = await write(lines.slice(0, 11));
    await expect(backtest(args(few))).rejects.toThrow(/too few/);
  });

  test('wrong usage', async () => {
    await expect(backtest([])).rejects.toThrow(UsageError);
    await expect(backtest(['--wat'])).rejects.toThrow(UsageError);
    await expect(backtest([...args('x'), '--folds', 'many'])).rejects.toThrow(/whole number/);
  });
});

const leads = '../shared/data/x_education_leads/Leads.csv';
const late = ['Tags', 'Lead Quality', 'Lead Profile', 'Last Notable Activity'];
const scored = ['Activity Index', 'Profile Index', 'Activity Score', 'Profile Score'].map(
  name => `Asymmetrique ${name}`,
);

describe.skipIf(!existsSync(leads))('real leads (skipped where the data folder is missing)', () => {
  const real = ['--csv', leads, '--target', 'Converted', '--positive', '1', '--missing', 'Select', '--json'];

  test(
    'as accurate as boosted trees, calibrated, with what was written afterwards left out',
    { timeout: 120_000 },
    async () => {
      await backtest([...real, '--drop', ['Prospect ID', 'Lead Number', ...late, ...scored].join(',')]);
      const { auc, logLoss, ece, rows } = summary() as Record<string, number>;
      expect(rows).toBe(9240);
      expect(auc).toBeGreaterThan(0.9025);
      expect(auc).toBeLessThan(0.95);
      expect(logLoss).toBeLessThan(0.383);
      expect(ece).toBeLessThan(0.015);
    },
  );

  test('finds the columns that were written afterwards, and few others', { timeout: 120_000 }, async () => {
    await backtest([...real, '--order', 'Lead Number']);
    const found = (summary()['suspectedLeaks'] as { column: string }[]).map(leak => leak.column);
    expect(found).toEqual(expect.arrayContaining([...late, ...scored]));
    expect(found.length).toBeLessThanOrEqual(11);
  });
});

function args(file: string): string[] {
  return ['--csv', file, '--target', 'won', '--positive', 'yes'];
}
