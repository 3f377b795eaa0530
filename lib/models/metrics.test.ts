import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auc, brier, ece, liftByDecile, logLoss, reliability } from './metrics.ts';

describe('auc', () => {
  test('counts pairs in the right order', () => {
    expect(auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
    expect(auc([1, 2, 3], [0, 0, 1])).toBe(1);
    expect(auc([3, 2, 1], [0, 0, 1])).toBe(0);
  });

  test('a tie counts half', () => {
    expect(auc([1, 1], [0, 1])).toBe(0.5);
    expect(auc([1, 1, 2], [0, 1, 1])).toBe(0.75);
  });

  test('with one class there is nothing to rank', () => {
    expect(auc([0.2, 0.3], [1, 1])).toBe(0.5);
    expect(auc([], [])).toBe(0.5);
  });

  test('equals the share of pairs, whatever the scores', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), rows => {
        let pairs = 0;
        let won = 0;
        for (const [high, positive] of rows)
          for (const [low, other] of rows)
            if (positive === 1 && other === 0) {
              pairs++;
              won += high > low ? 1 : high === low ? 0.5 : 0;
            }
        const scores = rows.map(([score]) => score);
        const labels = rows.map(([, label]) => label);
        expect(auc(scores, labels)).toBeCloseTo(pairs === 0 ? 0.5 : won / pairs, 12);
      }),
    );
  });
});

test('log loss and Brier by hand', () => {
  expect(logLoss([0.5, 0.25], [1, 0])).toBeCloseTo((Math.log(2) + Math.log(4 / 3)) / 2, 12);
  expect(brier([0.5, 0.25], [1, 0])).toBeCloseTo((0.25 + 0.0625) / 2, 12);
  expect(logLoss([0, 1], [1, 0])).toBeCloseTo(-Math.log(1e-15), 1);
});

test('calibration error weighs bins by their rows', () => {
  // Three rows near 0.1 of which one is positive, one row at 0.9 that is positive.
  const p = [0.1, 0.1, 0.1, 0.9];
  const y = [0, 0, 1, 1];
  expect(ece(p, y)).toBeCloseTo((3 * (1 / 3 - 0.1) + 0.1) / 4, 12);
  expect(reliability(p, y).map(bin => bin.n)).toEqual([3, 1]);
  expect(ece([0, 1], [0, 1])).toBe(0);
});

describe('liftByDecile', () => {
  test('puts the highest scores into the first tenth', () => {
    const scores = Array.from({ length: 20 }, (_, i) => i);
    const labels = scores.map(score => (score >= 18 ? 1 : 0));
    const deciles = liftByDecile(scores, labels);
    expect(deciles).toHaveLength(10);
    expect(deciles[0]).toEqual({ decile: 1, n: 2, positives: 2, rate: 1, lift: 10 });
    expect(deciles[1]!.lift).toBe(0);
  });

  test('equal scores give no lift, whatever the order of the rows', () => {
    const scores = Array.from({ length: 30 }, () => 0.3);
    const labels = scores.map((_, i) => (i < 10 ? 1 : 0));
    for (const { lift } of liftByDecile(scores, labels)) expect(lift).toBeCloseTo(1, 12);
  });
});
