import { describe, expect, it } from 'vitest';
import { isWorthKeeping, levelOf, waitOfDay } from './limits-day.ts';
import { dayIn, retryAfterIn, windowIn } from './limits-headers.ts';

const headers = (entries: Record<string, string>) => new Headers(entries);

describe('limits in the headers of an answer', () => {
  it('are HubSpot’s of the window', () => {
    const all = {
      'X-HubSpot-RateLimit-Max': '190',
      'X-HubSpot-RateLimit-Remaining': '0',
      'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
    };
    expect(windowIn(headers(all))).toEqual({ max: 190, intervalMs: 10_000, remaining: 0 });
    expect(windowIn(headers({ ...all, 'X-HubSpot-RateLimit-Remaining': '' }))?.remaining).toBeNull();
    for (const broken of ['', '0', '-1', 'many'])
      expect(windowIn(headers({ ...all, 'X-HubSpot-RateLimit-Max': broken }))).toBeNull();
    expect(windowIn(headers({}))).toBeNull();
  });

  it('are both vendors’ of the day', () => {
    const daily = { 'X-HubSpot-RateLimit-Daily': '650000', 'X-HubSpot-RateLimit-Daily-Remaining': '649990' };
    expect(dayIn(headers(daily), 5)).toEqual({ used: 10, limit: 650_000, at: 5 });
    expect(
      dayIn(headers({ 'Sforce-Limit-Info': 'api-usage=18/5000, per-app-api-usage=17/250(appName=x)' }), 5),
    ).toEqual({
      used: 18,
      limit: 5000,
      at: 5,
    });
    expect(dayIn(headers({ 'Sforce-Limit-Info': 'none' }), 5)).toBeNull();
  });

  it('are a wait in seconds or until a date', () => {
    expect(retryAfterIn(headers({ 'Retry-After': '7' }), 0)).toBe(7000);
    expect(
      retryAfterIn(
        headers({ 'Retry-After': 'Sun, 22 Nov 2026 10:00:05 GMT' }),
        Date.parse('2026-11-22T10:00:00Z'),
      ),
    ).toBe(5000);
    expect(retryAfterIn(headers({ 'Retry-After': 'soon' }), 0)).toBeNull();
    expect(retryAfterIn(headers({}), 0)).toBeNull();
  });
});

describe('the day’s requests', () => {
  const day = (used: number, at = 0) => ({ used, limit: 1000, at });
  it('warn at 75 %, alarm when they are used up', () => {
    expect([749, 750, 999, 1000, 1001].map(used => levelOf(day(used)))).toEqual([
      'ok',
      'warning',
      'warning',
      'alert',
      'alert',
    ]);
  });
  it('leave the last of them to people, and are asked for again after a while', () => {
    expect(waitOfDay(day(949), 0)).toBe(0);
    expect(waitOfDay(day(950), 60_000)).toBe(14 * 60_000);
    expect(waitOfDay(day(1000), 15 * 60_000)).toBe(0);
    expect(waitOfDay(null, 0)).toBe(0);
  });
  it('are written down when they moved by a hundredth', () => {
    expect(isWorthKeeping(null, day(0))).toBe(true);
    expect(isWorthKeeping(day(100), day(109))).toBe(false);
    expect(isWorthKeeping(day(100), day(110))).toBe(true);
    expect(isWorthKeeping(day(749), day(750))).toBe(true);
    expect(isWorthKeeping(day(900), day(3))).toBe(true);
    expect(isWorthKeeping(day(100), day(100, 600_000))).toBe(true);
  });
});
