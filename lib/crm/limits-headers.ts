import type { Day } from './limits-day.ts';
import type { Heard } from './limits-bucket.ts';

type Headers = Pick<globalThis.Headers, 'get'>;

const numberIn = (headers: Headers, name: string): number | null => {
  const text = headers.get(name);
  const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
};

/** HubSpot's count of the short window: X-HubSpot-RateLimit-Max, -Remaining, -Interval-Milliseconds. */
export function windowIn(headers: Headers): Heard | null {
  const max = numberIn(headers, 'x-hubspot-ratelimit-max');
  const intervalMs = numberIn(headers, 'x-hubspot-ratelimit-interval-milliseconds');
  if (!max || !intervalMs) return null;
  return { max, intervalMs, remaining: numberIn(headers, 'x-hubspot-ratelimit-remaining') };
}

/** The day's count: X-HubSpot-RateLimit-Daily and -Daily-Remaining, or Salesforce's "api-usage=18/5000". */
export function dayIn(headers: Headers, now: number): Day | null {
  const usage = /api-usage=(\d+)\/(\d+)/.exec(headers.get('sforce-limit-info') ?? '');
  if (usage) return { used: Number(usage[1]), limit: Number(usage[2]), at: now };
  const limit = numberIn(headers, 'x-hubspot-ratelimit-daily');
  const remaining = numberIn(headers, 'x-hubspot-ratelimit-daily-remaining');
  return limit === null || limit === 0 || remaining === null
    ? null
    : { used: Math.max(0, limit - remaining), limit, at: now };
}

/** Milliseconds from a Retry-After, in seconds or as a date; null where there is none. */
export function retryAfterIn(headers: Headers, now: number): number | null {
  const seconds = numberIn(headers, 'retry-after');
  if (seconds !== null) return seconds * 1000;
  const date = Date.parse(headers.get('retry-after') ?? '');
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
