import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetWindowMs, fullestWeekAround } from './budget.ts';

const days = fc.integer({ min: -21, max: 21 }).map(day => (day * budgetWindowMs) / 7);

describe('the fullest week around a touch', () => {
  it('never lets more than the limit into any seven days, in whatever order touches are asked for', () => {
    fc.assert(
      fc.property(fc.array(days, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), (asked, limit) => {
        const granted: number[] = [];
        for (const at of asked) if (fullestWeekAround(at, granted) < limit) granted.push(at);
        for (const start of granted) {
          const held = granted.filter(time => time >= start && time < start + budgetWindowMs);
          expect(held.length).toBeLessThanOrEqual(limit);
        }
      }),
    );
  });

  it('refuses only what would break the limit', () => {
    fc.assert(
      fc.property(fc.array(days, { maxLength: 20 }), days, (taken, at) => {
        const all = [...taken, at];
        const withIt = all
          .filter(start => start <= at && at < start + budgetWindowMs)
          .map(start => all.filter(time => time >= start && time < start + budgetWindowMs).length);
        expect(fullestWeekAround(at, taken) + 1).toBe(Math.max(...withIt));
      }),
    );
  });
});
