import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { openStore } from '#lib/crm/sandbox/store/open-store.ts';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import { meterOf, meterRequest, setLimits } from './limits.ts';

test('no ten seconds, wherever they begin, hold more than the limit, and none is refused below it', () => {
  assert(
    property(array(integer({ min: 0, max: 900 }), { maxLength: 300 }), gaps => {
      const store = openStore(':memory:', () => 0);
      const perTenSeconds = 7;
      setLimits(store, { perTenSeconds, searchPerSecond: 5, daily: 1_000_000, retryAfter: false });
      const meter = meterOf(store)!;
      const passed: number[] = [];
      let now = 1_000_000;
      for (const gap of gaps) {
        now += gap;
        const recent = passed.filter(at => at > now - 10_000).length;
        const { refused } = meterRequest(meter, 'app', false, now);
        expect(refused === undefined).toBe(recent < perTenSeconds);
        if (!refused) passed.push(now);
      }
      store.close();
    }),
  );
});

test('beyond the limit comes 429 with its policy, and answers say what is left', async () => {
  await using open = await openSandbox();
  const at = '/crm/objects/2026-09/contacts';
  const ask = (path = at, init: RequestInit = {}) =>
    fetch(open.sandbox.url + path, { ...init, headers: { Authorization: 'Bearer sandbox' } });
  expect((await ask()).headers.has('x-hubspot-ratelimit-max')).toBe(false);
  await open.call('PUT', '/sandbox/rate-limits', { perTenSeconds: 3, retryAfter: true });
  const first = await ask();
  expect(Object.fromEntries(first.headers)).toMatchObject({
    'x-hubspot-ratelimit-max': '3',
    'x-hubspot-ratelimit-remaining': '2',
    'x-hubspot-ratelimit-interval-milliseconds': '10000',
    'x-hubspot-ratelimit-daily': '650000',
    'x-hubspot-ratelimit-daily-remaining': '649999',
  });
  await ask();
  await ask();
  const refused = await ask();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-hubspot-ratelimit-remaining')).toBe('0');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused.json()).toMatchObject({
    status: 'error',
    category: 'RATE_LIMITS',
    policyName: 'TEN_SECONDLY_ROLLING',
    correlationId: expect.any(String),
  });
  open.sandbox.store.skewClock(10_000);
  expect((await ask()).status).toBe(200);
  expect((await open.call('DELETE', '/sandbox/rate-limits')).status).toBe(204);
  expect((await ask()).headers.has('x-hubspot-ratelimit-max')).toBe(false);
});

test('searches have a limit of their own and carry no headers; the day has one too', async () => {
  await using open = await openSandbox();
  open.sandbox.store.skewClock(0);
  const search = () =>
    fetch(`${open.sandbox.url}/crm/objects/2026-09/contacts/search`, {
      method: 'POST',
      body: '{}',
      headers: { Authorization: 'Bearer sandbox' },
    });
  await open.call('PUT', '/sandbox/rate-limits', { searchPerSecond: 1, daily: 3 });
  const [first, second] = [await search(), await search()];
  expect(first.status).toBe(200);
  expect(first.headers.has('x-hubspot-ratelimit-remaining')).toBe(false);
  expect(await second.json()).toMatchObject({ policyName: 'SECONDLY' });
  open.sandbox.store.skewClock(2_000);
  expect((await search()).status).toBe(200);
  expect((await open.call('GET', '/crm/owners/2026-09')).status).toBe(200);
  const { status, body } = await open.call('GET', '/crm/owners/2026-09');
  expect([status, body['policyName']]).toEqual([429, 'DAILY']);
});
