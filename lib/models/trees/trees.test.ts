import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc } from '../metrics.ts';
import { sample } from '../testing.ts';
import type { Column } from '../types.ts';
import { fitTrees } from './fit-trees.ts';
import { predictTrees } from './predict-trees.ts';
import { defaults } from './settings.ts';

const all = (rows: number) => Int32Array.from({ length: rows }, (_, row) => row);

describe('gradient-boosted trees', () => {
  it('find a bent curve, a level and an interaction, and are calibrated', () => {
    const signal = (a: number, b: number, level: number) => (a * b > 0 ? 1.5 : -1.5) + (level === 2 ? 2 : 0);
    const [training, truth] = [sample(3000, 1, signal), sample(3000, 2, signal)];
    const model = fitTrees(training.table, training.y, all(3000), { seed: 7 });
    const p = predictTrees(model, truth.table);
    const best = auc(
      Float64Array.from(truth.y, (_, row) => knownLogit(truth, row)),
      truth.y,
    );
    expect(best - auc(p, truth.y)).toBeLessThan(0.03);
    const mean = p.reduce((sum, one) => sum + one, 0) / p.length;
    const rate = truth.y.reduce((sum, one) => sum + one, 0) / p.length;
    expect(Math.abs(mean - rate)).toBeLessThan(0.04);

    function knownLogit({ table }: typeof truth, row: number): number {
      const of = (name: string) => table.columns.find(column => column.name === name)?.values[row];
      return signal(Number(of('a')), Number(of('b')), Number(String(of('level')).replaceAll(/\D/g, '')));
    }
  });

  it('are the same for the same seed, and JSON keeps what they say', () => {
    const { table, y } = sample(400, 3, a => 2 * a);
    const fit = () => fitTrees(table, y, all(400), { seed: 7 });
    const model = fit();
    expect(JSON.stringify(fit())).toBe(JSON.stringify(model));
    const restored = JSON.parse(JSON.stringify(model)) as typeof model;
    expect(predictTrees(restored, table)).toEqual(predictTrees(model, table));
  });

  it('take any table: gaps, constants, unseen levels, one label', () => {
    const cell = fc.oneof(fc.double({ noNaN: false }), fc.constant(Number.NaN), fc.constant(3));
    const level = fc.oneof(fc.constantFrom('x', 'y', null), fc.string());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, level, fc.integer({ min: 0, max: 1 })), { minLength: 1, maxLength: 60 }),
        rows => {
          const columns: Column[] = [
            { name: 'n', kind: 'numeric', values: Float64Array.from(rows, ([n]) => n) },
            { name: 'c', kind: 'categorical', values: rows.map(([, c]) => c) },
          ];
          const table = { rows: rows.length, columns };
          const y = Uint8Array.from(rows, ([, , label]) => label);
          const model = fitTrees(table, y, all(rows.length), { seed: 1 }, { ...defaults, maxTrees: 10 });
          const unseen = {
            rows: 1,
            columns: [{ name: 'c', kind: 'categorical' as const, values: ['never'] }],
          };
          for (const p of [...predictTrees(model, table), ...predictTrees(model, unseen)])
            expect(p > 0 && p < 1).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});
