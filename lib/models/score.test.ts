import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blendWithPrior,
  foldOf,
  scoreByRules,
  scoreRow,
  scoreTable,
  shareOfOwnHistory,
  trainLead,
} from './models.ts';
import { sample } from './testing.ts';

const data = sample(700, 11, (a, b, level) => 2 * a + (level > 2 ? b : -b));
const trained = trainLead(data.table, data.y, { seed: 7, folds: 3, bags: 4 });
if (trained.kind !== 'glass-box') throw new Error(trained.reason);
const model = trained;

const cell = fc.oneof(
  fc.constant(null),
  fc.double(),
  fc.string(),
  fc.constantFrom('level 1', 'level 5', 'never seen', '0.3', '__proto__'),
);
const row = fc.dictionary(fc.constantFrom('a', 'b', 'level', 'unknown', '__proto__', 'toString'), cell);

test('the terms add up to the logit and the probability follows, whatever the row', () => {
  fc.assert(
    fc.property(row, fc.option(fc.string(), { nil: undefined }), (cells, heldOutGroup) => {
      const score = scoreRow(model, cells, heldOutGroup === undefined ? {} : { heldOutGroup });
      const { probability, low, high, logit, base, terms, calibration } = score;
      expect(terms.reduce((sum, term) => sum + term.logOdds, base)).toBe(logit);
      expect(probability).toBeCloseTo(
        1 / (1 + Math.exp(-(calibration.offset + calibration.slope * logit))),
        9,
      );
      expect(0 < low && low <= probability && probability <= high && high < 1).toBe(true);
      for (const { features, value } of terms) expect(value).toHaveLength(features.length);
    }),
  );
});

test('one row scores as it does within a table', () => {
  const all = scoreTable(model, data.table);
  for (let i = 0; i < 50; i++) {
    const cells = Object.fromEntries(data.table.columns.map(({ name, values }) => [name, values[i]!]));
    expect(scoreRow(model, cells).probability).toBeCloseTo(all[i]!, 9);
  }
});

test('a row that was learnt from is scored by the fold that did not see it', () => {
  const score = scoreRow(model, { a: 0.5 }, { heldOutGroup: 'contact 9' });
  expect(score.fold).toBe(foldOf(7, 'contact 9', 3));
  expect(score.base).toBe(model.folds[score.fold!]!.intercept);
  expect(scoreRow(model, { a: 0.5 }).fold).toBeNull();
});

test('an absent field, null, NaN and infinity are all missing; an unseen level is like a rare one', () => {
  const missing = scoreRow(model, {}).probability;
  for (const a of [null, Number.NaN, Infinity, -Infinity, 'words'])
    expect(scoreRow(model, { a }).probability).toBe(missing);
  expect(scoreRow(model, { level: 'one' }).probability).toBe(scoreRow(model, { level: 'other' }).probability);
});

describe('blendWithPrior', () => {
  const lively = { asked_for_demo: 1, meeting_ahead: 1, seniority: 'Director' };

  test('without history the rules speak, in the direction of their signs', () => {
    expect(scoreByRules(lively).probability).toBeGreaterThan(scoreByRules({}).probability);
    expect(scoreByRules({ ...lively, declined: 1 }).probability).toBeLessThan(
      scoreByRules(lively).probability,
    );
    expect(scoreByRules(lively)).toMatchObject({ ownHistory: 0, fold: null });
  });

  test('a share of 1 is the model itself, and between lies a straight line in log-odds', () => {
    const cells = { ...lively, a: 0.7, level: 'level 1' };
    const own = scoreRow(model, cells);
    const logitAt = (share: number) => blendWithPrior(cells, own, share).logit;
    expect(blendWithPrior(cells, own, 1).probability).toBeCloseTo(own.probability, 9);
    expect(logitAt(0.5)).toBeCloseTo((logitAt(0) + logitAt(1)) / 2, 9);
  });

  test('its terms add up too', () => {
    fc.assert(
      fc.property(row, fc.double({ min: 0, max: 1, noNaN: true }), (cells, share) => {
        const { base, terms, logit, probability, low, high } = blendWithPrior(
          cells,
          scoreRow(model, cells),
          share,
        );
        expect(terms.reduce((sum, term) => sum + term.logOdds, base)).toBe(logit);
        expect(0 < low && low <= probability && probability <= high && high < 1).toBe(true);
      }),
    );
  });

  test('the share of own history grows without a jump', () => {
    expect(shareOfOwnHistory(0, 0)).toBe(0);
    expect(shareOfOwnHistory(500, 0)).toBe(0);
    let before = 0;
    for (let leads = 10; leads < 5000; leads += 10) {
      const share = shareOfOwnHistory(leads, leads * 0.3);
      expect(share).toBeGreaterThanOrEqual(before);
      expect(share - before).toBeLessThan(0.1);
      before = share;
    }
    expect(before).toBeGreaterThan(0.95);
  });
});
