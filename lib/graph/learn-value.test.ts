import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toInstant } from '#lib/core/time.ts';
import { learnValue, type Entry, type Newest } from './learn-value.ts';

interface Version {
  value: string | null;
  updatedAt: string;
  version: string;
}
const day = (n: number) => toInstant(Date.UTC(2026, 0, 1 + n));
const createdAt = day(0);

/** Learns versions in the order given, a day apart, as a projection does. */
function learnAll(versions: readonly Version[]): Entry[] {
  const timeline: Entry[] = [];
  let newest: Newest | null = null;
  for (const [i, { value, updatedAt, version }] of versions.entries()) {
    const reading = { value, moments: [], version, createdAt, updatedAt, learntAt: day(1000 + i) };
    const old = newest !== null && updatedAt < newest.updatedAt;
    learnValue(timeline, reading, old ? newest : null, newest === null);
    if (!old) newest = { value, updatedAt, version };
  }
  return timeline;
}
const told = (timeline: readonly Entry[]) => timeline.map(({ value, validAt }) => [value, validAt]);
const at = (timeline: readonly Entry[], time: string) =>
  timeline.findLast(entry => entry.validAt <= time)?.value ?? null;

const versions = fc
  .array(fc.constantFrom('a', 'b', null), { minLength: 1, maxLength: 6 })
  .map(values => values.map((value, i) => ({ value, updatedAt: day(i + 1), version: `v${i}` })));

describe('learnValue', () => {
  it('in order: a first value is taken back to the creation, a change begins with its version', () => {
    fc.assert(
      fc.property(versions, all => {
        const timeline = learnAll(all);
        for (const [i, { value, updatedAt }] of all.entries()) {
          expect(at(timeline, updatedAt)).toBe(value);
          const earlier = i === 0 ? createdAt : all[i - 1]?.updatedAt;
          if (i > 0) expect(at(timeline, day(i + 0.5))).toBe(at(timeline, earlier ?? ''));
        }
        const changes = all.filter(({ value }, i) => value !== (all[i - 1]?.value ?? null));
        expect(timeline).toHaveLength(changes.length);
      }),
    );
  });

  it('in any order: the last entry is the newest version, and nothing is said of times before a value was seen', () => {
    const shuffled = versions.chain(all => fc.shuffledSubarray(all, { minLength: all.length }));
    fc.assert(
      fc.property(shuffled, all => {
        const timeline = learnAll(all);
        const newest = all.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1)).at(-1);
        expect(timeline.at(-1)?.value ?? null).toBe(newest?.value);
        expect(told(timeline)).toEqual(
          told(timeline).toSorted((a, b) => (String(a[1]) < String(b[1]) ? -1 : 1)),
        );
        const before = structuredClone(timeline);
        for (const one of all.filter(version => version !== newest).slice(0, 1)) {
          const reading = { ...one, moments: [], createdAt, learntAt: day(2000) };
          expect(newest && learnValue(timeline, reading, newest, false)).toEqual(
            at(before, one.updatedAt) === one.value ? [] : expect.anything(),
          );
        }
      }),
    );
  });

  it('in reverse: the same timeline as in order, when every version changes the value', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), count => {
        const all = Array.from({ length: count }, (_, i) => ({
          value: `value ${i}`,
          updatedAt: day(i + 1),
          version: `v${i}`,
        }));
        expect(told(learnAll(all.toReversed()))).toEqual(told(learnAll(all)));
      }),
    );
  });

  it('takes the times of the CRM’s own history, and says nothing twice', () => {
    const timeline: Entry[] = [];
    const moments = [
      { value: 'b', at: day(3) },
      { value: 'a', at: day(1) },
    ];
    const reading = { value: 'b', moments, version: 'v', createdAt, updatedAt: day(9), learntAt: day(10) };
    expect(told(learnValue(timeline, reading, null, true))).toEqual([
      ['a', day(1)],
      ['b', day(3)],
    ]);
    expect(learnValue(timeline, { ...reading, version: 'w', learntAt: day(11) }, null, false)).toEqual([]);
    const changed = { ...reading, value: 'c', version: 'x', updatedAt: day(12), learntAt: day(13) };
    expect(told(learnValue(timeline, changed, null, false))).toEqual([['c', day(12)]]);
  });

  it('keeps two values of one moment apart', () => {
    const timeline: Entry[] = [];
    const reading = { moments: [], createdAt, updatedAt: day(1), learntAt: day(2) };
    learnValue(timeline, { ...reading, value: 'a', version: 'v' }, null, false);
    learnValue(timeline, { ...reading, value: 'b', version: 'w' }, null, false);
    expect(told(timeline)).toEqual([
      ['a', day(1)],
      ['b', toInstant(Date.parse(day(1)) + 1)],
    ]);
  });
});
