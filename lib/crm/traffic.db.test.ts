import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Db } from '#lib/platform/db.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { openTraffic } from './traffic.ts';
import { trafficViewOf } from './traffic-view.ts';

const window = (remaining: number, max = 190) => ({
  'X-HubSpot-RateLimit-Max': String(max),
  'X-HubSpot-RateLimit-Remaining': String(remaining),
  'X-HubSpot-RateLimit-Interval-Milliseconds': '10000',
});
const answer = (status: number | null, headers: Record<string, string> = {}) => ({
  status,
  headers: new Headers(headers),
});

describe('requests to one account', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let tenantId = '';
  let now = 0;
  const clock = () => new Date(now);
  let tenants = 0;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    tenantId = `tenant-${(tenants += 1)}`;
    now = Date.parse('2026-11-20T10:00:00.000Z');
  });
  const gate = (kind: 'demo' | 'connected' = 'connected', db: Db = test.db) =>
    openTraffic(db, tenantId, { crm: 'hubspot', kind, by: 'token' }, clock);
  const view = () => test.db.tenant(tenantId, tx => trafficViewOf(tx, clock()));
  it('share one bucket in all processes, and people have the last of it', async () => {
    const [a, b] = [gate(), gate()];
    const taken: string[] = [];
    const take = async (
      traffic: ReturnType<typeof gate>,
      urgency: 'interactive' | 'background',
      name: string,
    ) => {
      await traffic.pass(urgency);
      taken.push(name);
    };
    for (let i = 0; i < 3; i += 1) await take(a, 'background', 'a');
    for (let i = 0; i < 3; i += 1) await take(b, 'background', 'b');
    await take(a, 'interactive', 'person');
    await take(b, 'interactive', 'person');
    expect(taken).toHaveLength(8);
    await a.heard(answer(429, { 'Retry-After': '3600' }));
    await expect(a.pass('interactive')).rejects.toMatchObject({ code: 'limited' });
    // What the other process has in hand ends by itself.
    now += 300;
    await expect(b.pass('interactive')).rejects.toMatchObject({
      code: 'limited',
      details: { retryAfterMs: 3_599_700 },
    });
  });

  it('are as free as the CRM says, and cost no query where it says nothing', async () => {
    const queries = vi.spyOn(test.db, 'tenant');
    const traffic = gate('demo');
    for (let i = 0; i < 50; i += 1) {
      await traffic.pass('background');
      await traffic.heard(answer(200));
    }
    expect(queries).toHaveBeenCalledTimes(1);
    await traffic.heard(answer(200, window(189)));
    await traffic.heard(answer(200, window(150)));
    expect(queries).toHaveBeenCalledTimes(2);
    queries.mockRestore();
    await traffic.heard(answer(200, window(0)));
    expect((await view()).limitedUntil).toBe(new Date(now + 1000).toISOString());
  });

  it('stop for all when the CRM is down, and go on when one probe succeeds', async () => {
    const [a, b] = [gate('demo'), gate('demo')];
    for (let i = 0; i < 8; i += 1) {
      await a.pass('background');
      await a.heard(answer(i % 2 ? 502 : null));
    }
    const refused = {
      code: 'unavailable',
      message: expect.stringContaining('leaves it alone until 10:00:02 UTC'),
    };
    await expect(a.pass('interactive')).rejects.toMatchObject(refused);
    await expect(b.pass('interactive')).rejects.toMatchObject({ details: { retryAfterMs: 2000 } });
    expect((await view()).pausedUntil).toBe('2026-11-20T10:00:02.000Z');
    now += 2000;
    const after = await Promise.allSettled([
      a.pass('background'),
      a.pass('background'),
      b.pass('background'),
    ]);
    expect(after.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await a.heard(answer(200));
    await a.pass('background');
    now += 6000;
    await b.pass('background');
    expect((await view()).pausedUntil).toBeNull();
  });

  it('keep the day’s count where the health page reads it, and leave the last of it to people', async () => {
    const traffic = gate();
    const day = (left: number) => ({
      'X-HubSpot-RateLimit-Daily': '1000',
      'X-HubSpot-RateLimit-Daily-Remaining': String(left),
    });
    await traffic.heard(answer(200, day(250)));
    expect((await view()).day).toEqual({ used: 750, limit: 1000, level: 'warning' });
    await traffic.heard(answer(200, day(40)));
    await expect(traffic.pass('background')).rejects.toMatchObject({ code: 'limited' });
    await traffic.pass('interactive');
    await traffic.heard(answer(200, day(0)));
    expect((await view()).day?.level).toBe('alert');
    now += 16 * 60_000;
    await traffic.pass('background');
  });

  it('of searches have a limit of their own', async () => {
    const traffic = gate();
    await traffic.heard({ ...answer(429, { 'Retry-After': '100' }), kind: 'search' });
    await expect(traffic.pass('background', 'search')).rejects.toMatchObject({ code: 'limited' });
    await traffic.pass('background');
  });

  it('to Salesforce are at most twenty at once, over all processes', async () => {
    const salesforce = () =>
      openTraffic(test.db, tenantId, { crm: 'salesforce', kind: 'connected', by: 'oauth' }, clock);
    const [a, b] = [salesforce(), salesforce()];
    await a.pass('interactive');
    await b.pass('interactive');
    let sent = 2;
    const rest = Array.from({ length: 12 }, () => b.pass('interactive').then(() => (sent += 1)));
    await vi.waitFor(() => expect(sent).toBe(11));
    for (let i = 0; i < 3; i += 1) await b.heard(answer(200));
    await Promise.all(rest);
    expect(sent).toBe(14);
  });
});
