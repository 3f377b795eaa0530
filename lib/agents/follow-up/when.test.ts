import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '#lib/core/fact.ts';
import { localTime } from '#lib/core/local-time.ts';
import { isOpen, narrow, nextWeekdays, sendTime, zoneOf } from './when.ts';

const fields = (values: Record<string, string>) => ({
  fields: Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { name, value } as unknown as Fact]),
  ),
});

const zones = Intl.supportedValuesOf('timeZone');

describe('sendTime', () => {
  test('is never outside the window, on a weekend or in the past, in any zone through all changes of 2026 and 2027', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 22 }),
        fc.integer({ min: 1, max: 8 }),
        (zone, earliest, from, length) => {
          const hours = { from, to: Math.min(24, from + length) };
          const at = sendTime(earliest, zone, hours);
          expect(at.getTime()).toBeGreaterThanOrEqual(earliest.getTime());
          const { weekday, hour } = localTime(at, zone);
          expect(['Sat', 'Sun']).not.toContain(weekday);
          expect(hour).toBeGreaterThanOrEqual(hours.from);
          expect(hour).toBeLessThan(hours.to);
        },
      ),
      { numRuns: 400 },
    );
  });

  test.each([
    ['summer time begins', 'Europe/Berlin', '2027-03-26T20:00:00.000Z', '2027-03-29T06:00:00.000Z'],
    ['summer time ends', 'Europe/Berlin', '2026-10-23T20:00:00.000Z', '2026-10-26T07:00:00.000Z'],
    ['New York, same night', 'America/New_York', '2027-03-12T23:30:00.000Z', '2027-03-15T12:00:00.000Z'],
    ['a zone of quarter hours', 'Asia/Kathmandu', '2027-03-10T20:00:00.000Z', '2027-03-11T02:15:00.000Z'],
  ])('opens at eight sharp: %s', (_name, zone, earliest, expected) => {
    expect(sendTime(new Date(earliest), zone, { from: 8, to: 18 }).toISOString()).toBe(expected);
  });

  test('a moment that is open already is kept to the second', () => {
    const now = new Date('2027-03-10T10:07:09.000Z');
    expect(sendTime(now, 'UTC', { from: 8, to: 18 })).toEqual(now);
  });

  test('hours that never open are said, not searched for ever', () => {
    expect(() => sendTime(new Date('2027-03-10T10:00:00.000Z'), 'UTC', { from: 18, to: 8 })).toThrow(
      /sending hours/,
    );
  });
});

test('a window narrows the hours only where they meet', () => {
  expect(narrow({ from: 8, to: 18 }, { from: 9, to: 12 })).toEqual({ from: 9, to: 12 });
  expect(narrow({ from: 14, to: 18 }, { from: 9, to: 12 })).toEqual({ from: 14, to: 18 });
  expect(narrow({ from: 8, to: 18 }, null)).toEqual({ from: 8, to: 18 });
});

describe('zoneOf', () => {
  test.each([
    [{ hs_timezone: 'america_slash_new_york' }, null, 'America/New_York', 'time zone'],
    [{ country: 'Germany' }, null, 'Europe/Berlin', 'country'],
    [{ country: 'United States', city: 'Chicago' }, null, 'America/Chicago', 'city'],
    [{ country: 'United States' }, { city: 'Denver' }, 'America/Denver', "company's city"],
    [{ hs_timezone: 'nonsense', country: 'IN' }, null, 'Asia/Kolkata', 'country'],
  ])('%j, company %j', (person, account, name, from) => {
    expect(zoneOf(fields(person), account && fields(account))).toEqual({ name, from });
  });

  test('a country with several zones is not guessed', () => {
    expect(zoneOf(fields({ country: 'United States' }), fields({ country: 'Brazil' }))).toBeNull();
  });
});

test('offers fall on weekdays', () => {
  expect(nextWeekdays(new Date('2027-03-11T10:00:00.000Z'), 'UTC')).toEqual(['Friday', 'Monday']);
  expect(isOpen(new Date('2027-03-13T10:00:00.000Z'), 'UTC', { from: 0, to: 24 })).toBe(false);
});
