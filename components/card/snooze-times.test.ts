import { describe, expect, it } from 'vitest';
import { snoozeTimes } from './snooze-times.ts';

const from = (now: string, zone: string) => snoozeTimes(Date.parse(now), zone).map(time => time.until);

describe('snoozeTimes', () => {
  it('is nine in the morning of the viewer, tomorrow and next Monday', () => {
    // A Wednesday in Berlin.
    expect(from('2026-11-25T12:00:00.000Z', 'Europe/Berlin')).toEqual([
      '2026-11-26T08:00:00.000Z',
      '2026-11-30T08:00:00.000Z',
    ]);
  });

  it('starts from the day that the viewer has, not the one in UTC', () => {
    // Still Tuesday evening in Los Angeles.
    expect(from('2026-11-25T03:00:00.000Z', 'America/Los_Angeles')[0]).toBe('2026-11-25T17:00:00.000Z');
  });

  it('keeps two different days on a Sunday, and a week away on a Monday', () => {
    expect(from('2026-11-22T12:00:00.000Z', 'UTC')).toEqual([
      '2026-11-23T09:00:00.000Z',
      '2026-11-30T09:00:00.000Z',
    ]);
    expect(from('2026-11-23T12:00:00.000Z', 'UTC')[1]).toBe('2026-11-30T09:00:00.000Z');
  });

  it('is nine on the other side of a change of the clock too', () => {
    // Berlin leaves summer time in the night to Sunday, 25 October 2026.
    expect(from('2026-10-24T12:00:00.000Z', 'Europe/Berlin')[0]).toBe('2026-10-25T08:00:00.000Z');
  });
});
