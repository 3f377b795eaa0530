import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAppointment,
  formatDay,
  formatMoment,
  formatRelative,
  fromWallClock,
  isZone,
  toWallClock,
} from './time-format.ts';

const at = '2026-11-22T18:25:00.000Z';

describe('times in words', () => {
  it('are of the zone that is asked for', () => {
    expect(formatMoment(at, 'UTC')).toBe('22 Nov 2026, 18:25');
    expect(formatMoment(at, 'Asia/Kolkata')).toBe('22 Nov 2026, 23:55');
    expect(formatAppointment(at, 'Asia/Tokyo')).toBe('Mon 23 Nov, 03:25');
    expect(formatDay(at, 'UTC')).toBe('22 Nov 2026');
  });

  it('leave what is no time as it was written', () => {
    expect(formatMoment('soon', 'UTC')).toBe('soon');
    expect(formatDay('', 'UTC')).toBe('');
    expect(formatRelative('soon', 0)).toBe('soon');
  });

  it('count from now in the largest unit that fits', () => {
    const now = Date.parse(at);
    const after = (ms: number) => formatRelative(new Date(now + ms).toISOString(), now);
    expect(after(-30_000)).toBe('just now');
    expect(after(-3 * 3_600_000)).toBe('3 hours ago');
    expect(after(2 * 86_400_000)).toBe('in 2 days');
    expect(after(-59.6 * 60_000)).toBe('1 hour ago');
    expect(after(-400 * 86_400_000)).toBe('1 year ago');
  });
});

describe('wall clocks', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/Chicago', 'Asia/Kolkata', 'Australia/Lord_Howe'];

  it('lead back to the minute they came from, except in the hour that comes twice', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }),
        fc.constantFrom(...zones),
        (time, zone) => {
          const minute = new Date(time - (time % 60_000)).toISOString();
          const wall = toWallClock(minute, zone);
          const back = fromWallClock(wall, zone) ?? '';
          expect(toWallClock(back, zone)).toBe(wall);
          expect(Math.abs(Date.parse(back) - Date.parse(minute))).toBeLessThanOrEqual(3_600_000);
        },
      ),
    );
  });

  it('take the first of an hour that comes twice and move on from one that is skipped', () => {
    expect(fromWallClock('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(fromWallClock('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('are null when they cannot be read', () => {
    expect(fromWallClock('', 'UTC')).toBeNull();
    expect(fromWallClock('2026-11', 'UTC')).toBeNull();
  });

  it('know zones from what are none', () => {
    expect(isZone('Europe/Berlin')).toBe(true);
    expect(isZone('Mars/Phobos')).toBe(false);
  });
});
