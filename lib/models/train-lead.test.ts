import { describe, expect, test } from 'vitest';
import { auc, logLoss } from './metrics.ts';
import {
  foldOf,
  predict,
  scoreTable,
  trainLead,
  trainOn,
  TrainingStopped,
  type LeadModel,
} from './models.ts';
import { sample, type Sample } from './testing.ts';

const signal = (a: number, b: number, level: number): number => 3 * a - b + (level === 2 ? 1.5 : -0.5);
const options = { seed: 7, folds: 3, bags: 4 };

function learn({ table, y }: Sample, more: Partial<typeof options> & { pairs?: number } = {}): LeadModel {
  const model = trainLead(table, y, { ...options, ...more });
  if (model.kind !== 'glass-box') throw new Error(model.reason);
  return model;
}

test('finds what there is to find, and says how well', () => {
  const data = sample(1500, 1, signal);
  const model = learn(data);
  const truth = sample(4000, 2, signal);
  expect(auc(scoreTable(model, truth.table), truth.y)).toBeGreaterThan(0.8);
  expect(model.metrics.auc).toBeGreaterThan(0.8);
  expect(model.metrics).toMatchObject({ n: 1500, positives: model.positives });
  expect(model.importance[0]!.features).toEqual(['a']);
  expect(model.folds).toHaveLength(3);
});

test('the same seed gives the same artifact, bit for bit, and JSON keeps its scores', () => {
  const data = sample(400, 3, signal);
  const model = learn(data);
  expect(JSON.stringify(learn(data))).toBe(JSON.stringify(model));
  const restored = JSON.parse(JSON.stringify(model)) as LeadModel;
  expect(scoreTable(restored, data.table)).toEqual(scoreTable(model, data.table));
});

test('rows of a group are judged by a model that saw none of them', () => {
  const data = sample(400, 4, signal);
  const groups = Array.from(data.y, (_, row) => `lead ${row >> 2}`);
  const folds = 3;
  const model = trainLead(data.table, data.y, { ...options, folds, groups });
  if (model.kind !== 'glass-box') throw new Error(model.reason);
  for (let k = 0; k < folds; k++) {
    const unseen = Int32Array.from(data.y, (_, row) => row).filter(
      row => foldOf(7, groups[row]!, folds) !== k,
    );
    expect(model.folds[k]).toEqual(trainOn(data.table, data.y, unseen, { ...options, groups }));
  }
});

test('an interaction is learnt with pairs and cannot be without', () => {
  const data = sample(2000, 5, (a, b) => (a * b > 0 ? 2 : -2));
  expect(learn(data).metrics.auc).toBeGreaterThan(0.75);
  expect(learn(data, { pairs: 0 }).metrics.auc).toBeLessThan(0.6);
});

test('on noise a small model says about the base rate', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const data = sample(200, 100 + seed, () => -0.8);
    const { metrics, baseRate } = learn(data, { folds: 5, bags: 8 });
    const ignorant = logLoss(new Float64Array(200).fill(baseRate), data.y);
    expect(metrics.logLoss).toBeLessThan(ignorant + 0.04);
  }
});

test('a promise of direction holds where the data say otherwise', () => {
  const data = sample(1000, 6, a => 3 * Math.sin(4 * a));
  const [first, ...others] = data.table.columns;
  if (first?.kind !== 'numeric') throw new Error('the first column is numeric');
  for (const monotone of [1, -1] as const) {
    const table = { rows: 1000, columns: [{ ...first, monotone }, ...others] };
    const model = learn({ table, y: data.y });
    const grid = Float64Array.from({ length: 200 }, (_, i) => i / 100 - 1);
    const along = { rows: 200, columns: [{ name: 'a', kind: 'numeric' as const, values: grid }] };
    for (const one of [model.model, ...model.folds]) {
      const p = predict(one, along);
      for (let i = 1; i < 200; i++) expect(monotone * (p[i]! - p[i - 1]!)).toBeGreaterThanOrEqual(0);
    }
  }
});

describe('awkward tables', () => {
  const { table, y } = sample(120, 8, signal);
  const finite = (model: LeadModel) => {
    for (const p of scoreTable(model, { ...table, rows: 120 })) expect(p > 0 && p < 1).toBe(true);
    expect(JSON.stringify(model)).not.toContain('null');
  };

  test.each([
    ['all missing', { name: 'x', kind: 'numeric', values: new Float64Array(120).fill(Number.NaN) }],
    ['constant', { name: 'x', kind: 'numeric', values: new Float64Array(120).fill(3) }],
    [
      'infinite',
      { name: 'x', kind: 'numeric', values: Float64Array.from(y, (_, i) => (i % 2 ? Infinity : -Infinity)) },
    ],
    ['huge', { name: 'x', kind: 'numeric', values: Float64Array.from(y, (_, i) => (i - 60) * 1e307) }],
    ['a level a row', { name: 'x', kind: 'categorical', values: Array.from(y, (_, i) => `id ${i}`) }],
    ['the label itself', { name: 'x', kind: 'categorical', values: Array.from(y, label => String(label)) }],
  ] as const)('%s', (_, column) => {
    finite(
      learn({
        table: { rows: 120, columns: [...table.columns, { ...column, values: column.values as never }] },
        y,
      }),
    );
    finite(learn({ table: { rows: 120, columns: [{ ...column, values: column.values as never }] }, y }));
  });

  test('no columns at all give the base rate', () => {
    const model = learn({ table: { rows: 120, columns: [] }, y });
    expect(scoreTable(model, table)[0]).toBeCloseTo(model.baseRate, 1);
  });

  test('labels of another length are a bug of the caller', () => {
    expect(() => trainLead(table, y.slice(1), options)).toThrow(RangeError);
  });

  test.each([
    ['no rows', 0, () => 0, /no closed leads/],
    ['none won', 50, () => 0, /None of the 50/],
    ['all won', 50, () => 1, /All of the 50/],
    ['ten rows', 10, (i: number) => i % 2, /at least 40/],
    ['too few won', 100, (i: number) => (i < 5 ? 1 : 0), /at least 8 of each/],
  ])('too little data is said, not modelled: %s', (_, rows, label, reason) => {
    const labels = Uint8Array.from({ length: rows }, (_, i) => label(i));
    const outcome = trainLead({ rows, columns: [] }, labels, options);
    expect(outcome.kind).toBe('too-little-data');
    expect(outcome.kind === 'too-little-data' && outcome.reason).toMatch(reason);
  });
});

test('training reports where it is and stops when told to', () => {
  const { table, y } = sample(200, 9, signal);
  const phases: string[] = [];
  trainLead(table, y, { ...options, onProgress: (done, of, phase) => phases.push(`${done}/${of} ${phase}`) });
  expect(phases[0]).toBe('0/4 fold 1 of 3: curves, round 1');
  expect(phases.at(-1)).toBe('4/4 done');
  expect(() => trainLead(table, y, { ...options, shouldStop: () => true })).toThrow(TrainingStopped);
});
