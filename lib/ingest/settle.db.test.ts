import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmEvent } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { unsettled } from './read.ts';
import { claimSettled, finishSettled, receive } from './settle.ts';

const settleMs = 3000;
const start = Date.parse('2026-11-20T10:00:00.000Z');
const at = (ms: number) => new Date(start + ms);
const iso = (ms: number) => at(ms).toISOString();

const subject = (id: string): Subject => ({ crm: 'hubspot', object: 'contacts', id });
const event = (id: string, n: number): CrmEvent => ({
  key: `k-${id}-${n}`,
  ref: subject(id),
  kind: 'changed',
  field: 'firstname',
  occurredAt: iso(n),
  own: false,
});

describe('webhook events', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  const take = (events: CrmEvent[], ms: number) =>
    test.db.tenant('a', tx => receive(tx, events, { now: at(ms), settleMs }));
  const claim = (id: string, ms: number) => test.db.tenant('a', tx => claimSettled(tx, subject(id), at(ms)));
  const finish = (id: string, events: CrmEvent[], ms: number) =>
    test.db.tenant('a', tx => finishSettled(tx, subject(id), { events, now: at(ms), settleMs }));

  it('ten edits are one wake-up and one claim, when the record has been quiet', async () => {
    const first = await take([event('1', 0), event('1', 1), event('2', 0)], 0);
    expect(first).toMatchObject({ accepted: 3, duplicate: 0 });
    expect(first.wake).toEqual([
      { subject: subject('1'), dueAt: iso(3000) },
      { subject: subject('2'), dueAt: iso(3000) },
    ]);
    for (let i = 2; i < 10; i++) expect((await take([event('1', i)], i * 100)).wake).toEqual([]);
    expect(await claim('1', 3000)).toEqual({ due: false, dueAt: iso(3900) });
    const claimed = await claim('1', 3900);
    expect(claimed.due && claimed.events.map(({ key }) => key)).toEqual(
      Array.from({ length: 10 }, (_, i) => event('1', i).key),
    );
    expect(await finish('1', claimed.due ? claimed.events : [], 4000)).toEqual({ again: null });
    expect(await claim('1', 9000)).toEqual({ due: false, dueAt: null });
    expect((await claim('2', 3000)).due).toBe(true);
  });

  it('a repeated delivery changes nothing, within one request or later', async () => {
    expect(await take([event('3', 0), event('3', 0)], 0)).toMatchObject({ accepted: 1, duplicate: 1 });
    expect(await take([event('3', 0)], 2000)).toEqual({ accepted: 0, duplicate: 1, wake: [] });
    expect((await claim('3', 3000)).due).toBe(true);
  });

  it('a record that never falls quiet is acted upon after ten times the wait', async () => {
    for (let i = 0; i <= 29; i++) await take([event('4', i)], i * 1000);
    expect(await claim('4', 29_000)).toEqual({ due: false, dueAt: iso(30_000) });
    expect((await claim('4', 30_000)).due).toBe(true);
  });

  it('what arrives while somebody works is not lost', async () => {
    await take([event('5', 0)], 0);
    const claimed = await claim('5', 3000);
    expect(await claim('5', 3500)).toEqual({ due: false, dueAt: iso(63_000) });
    expect((await take([event('5', 1)], 4000)).wake).toEqual([]);
    expect(await finish('5', claimed.due ? claimed.events : [], 5000)).toEqual({ again: iso(8000) });
    const second = await claim('5', 8000);
    expect(second.due && second.events.map(({ key }) => key)).toEqual(['k-5-1']);
  });

  it('a claim whose owner died comes back with its events', async () => {
    await take([event('6', 0)], 0);
    expect((await claim('6', 3000)).due).toBe(true);
    expect((await claim('6', 62_999)).due).toBe(false);
    expect(await claim('6', 63_000)).toMatchObject({ due: true, events: [{ key: 'k-6-0' }] });
  });

  it('only one of many claims wins, and deliveries at once lose nothing', async () => {
    const deliveries = Array.from({ length: 8 }, (_, i) =>
      take(
        [event('7', i), event('8', i), event('9', i)].sort(() => (i % 2 ? 1 : -1)),
        0,
      ),
    );
    const woken = (await Promise.all(deliveries)).flatMap(({ wake }) => wake.map(w => w.subject.id));
    expect(woken.sort()).toEqual(['7', '8', '9']);
    const claims = await Promise.all(Array.from({ length: 6 }, () => claim('7', 3000)));
    expect(claims.filter(({ due }) => due)).toHaveLength(1);
    expect(claims.find(({ due }) => due)).toMatchObject({ events: { length: 8 } });
  });

  it('wait in sight, per tenant', async () => {
    expect((await test.db.tenant('b', unsettled)).records).toBe(0);
    const waiting = await test.db.tenant('a', unsettled);
    expect(waiting).toEqual({ records: expect.any(Number), since: iso(0) });
    expect(waiting.records).toBeGreaterThan(0);
  });
});
