import type { Context, MiddlewareHandler } from 'hono';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { renderRefusal } from '#lib/crm/sandbox/wire/render-refusal.ts';
import { meterOf, meterRequest, TEN_SECONDS, type Limits, type Policy, type Reading } from './limits.ts';

const SEARCH = /^\/crm\/.*\/search\/?$/;
const WORDS: Record<Policy, string> = {
  TEN_SECONDLY_ROLLING: 'ten_secondly_rolling',
  SECONDLY: 'secondly',
  DAILY: 'daily',
};

function refuse(c: Context, { retryAfter }: Limits, { policy, waitMs }: NonNullable<Reading['refused']>) {
  const message = `You have reached your ${WORDS[policy]} limit.`;
  if (retryAfter) c.header('Retry-After', String(Math.max(1, Math.ceil(waitMs / 1_000))));
  return c.json(
    {
      ...renderRefusal(new Refusal(429, 'RATE_LIMITS', message)),
      errorType: 'RATE_LIMIT',
      policyName: policy,
    },
    429,
  );
}

/**
 * Refuses with 429 what goes beyond the limits, while an admin has them on. Answers say what is left, except
 * those of searches; an app's answers speak of the ten seconds alone, since the day is not counted for apps.
 */
export function limitRequests(store: Store): MiddlewareHandler {
  return async (c, next) => {
    const meter = meterOf(store);
    if (!meter) return next();
    const search = SEARCH.test(c.req.path);
    const caller = (c.get('caller') as string | undefined) ?? 'account';
    const reading = meterRequest(meter, caller, search, store.now());
    const answer = reading.refused ? refuse(c, meter.limits, reading.refused) : await next();
    if (search) return answer;
    const headers = answer instanceof Response ? answer.headers : c.res.headers;
    headers.set('X-HubSpot-RateLimit-Max', String(meter.limits.perTenSeconds));
    headers.set('X-HubSpot-RateLimit-Remaining', String(reading.remaining));
    headers.set('X-HubSpot-RateLimit-Interval-Milliseconds', String(TEN_SECONDS));
    if (caller === 'account') {
      headers.set('X-HubSpot-RateLimit-Daily', String(meter.limits.daily));
      headers.set('X-HubSpot-RateLimit-Daily-Remaining', String(reading.dailyRemaining));
    }
    return answer;
  };
}
