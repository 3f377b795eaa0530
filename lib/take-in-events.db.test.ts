import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { becameKind, erasedField, type CrmRecord } from '#lib/core/record.ts';
import { serviceScope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { parkedEvents } from '#lib/ingest/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { collectJobs } from '#lib/platform/testing/demo/sent-jobs.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import type { Flow } from './flow.ts';
import { releaseEvents } from './release-events.ts';
import { stages } from './stages.ts';
import { tidy } from './answer.ts';
import { takeInEvents } from './take-in-events.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
let jobs: ReturnType<typeof collectJobs>;
let flow: Flow;
let clock = Date.parse('2026-05-04T09:00:00.000Z');
let tenants = 0;

beforeAll(async () => {
  test = await openTestDb();
  jobs = collectJobs(test.db);
  flow = {
    db: jobs.db,
    now: () => new Date(clock),
    model: null,
    sealingKey: sealingKeyFrom('5e'.repeat(32)),
    settleMs: 2000,
  };
});
afterAll(() => test.close());

const contact = (id: string): Subject => ({ crm: 'hubspot', object: 'contacts', id });
const now = (): string => new Date(clock).toISOString();
const later = (ms = 60_000): string => {
  clock += ms;
  return now();
};

/** A tenant of its own. */
function place() {
  const tenantId = `events-${(tenants += 1)}`;
  const scope = serviceScope(tenantId);
  return {
    tenantId,
    send: (batch: unknown, ask = true) => takeInEvents(flow, scope, batch, { ask, perMinute: null }),
    learn: (ref: Subject, more: Partial<CrmRecord> = {}, ask = true) =>
      flow.db.tenant(tenantId, async tx => {
        const at = later();
        const record: CrmRecord = {
          ref,
          version: at,
          createdAt: at,
          updatedAt: at,
          archived: false,
          fields: {},
          history: [],
          links: [],
          ...more,
        };
        await stages.graph.project(tx, [record], at);
        await releaseEvents(tx, [record], flow, stages, { ask });
      }),
    facts: (subject: Subject, asOf = now(), view: 'as-learnt' | 'as-recorded' = 'as-learnt') =>
      flow.db.tenant(tenantId, tx => stages.graph.factsAbout(tx, subject, asOf, view)),
    parked: () => flow.db.tenant(tenantId, tx => parkedEvents(tx, 10)),
    stored: () =>
      flow.db.tenant(tenantId, tx =>
        rowsOf(tx.sql, sql`select id, record_id, type, properties::text from interactions order by id`),
      ),
  };
}

const event = (id: string, subject: object = contact('1'), more: object = {}) => ({
  id,
  type: 'report_exported',
  occurredAt: '2026-05-03T10:00:00Z',
  subject,
  properties: { pages: 3 },
  ...more,
});

describe('events that are sent', () => {
  it('are kept with their subject, and stand in its facts', async () => {
    const { send, learn, facts } = place();
    await learn(contact('1'));
    jobs.take('decide');
    const taken = await send([
      event('a'),
      event('b', contact('1'), {
        type: 'page_viewed',
        occurredAt: '2026-05-03T12:00:00+02:00',
        properties: { utm: { source: 'mail' }, tags: ['x', 'y'] },
      }),
    ]);
    expect(taken).toEqual({ accepted: 2, duplicate: 0, parked: 0, rejected: [] });
    expect((await facts(contact('1'))).interactions).toEqual([
      {
        id: 'a',
        subject: contact('1'),
        source: 'product',
        type: 'report_exported',
        at: '2026-05-03T10:00:00.000Z',
        learntAt: now(),
        properties: { pages: 3 },
      },
      expect.objectContaining({
        id: 'b',
        source: 'marketing',
        at: '2026-05-03T10:00:00.000Z',
        properties: { 'utm.source': 'mail', tags: '["x","y"]' },
      }),
    ]);
    expect(jobs.take('decide')).toEqual([
      {
        kind: 'record-changed',
        task: 'follow-up',
        subject: contact('1'),
        events: ['event:a', 'event:b'],
        at: now(),
      },
    ]);
  });

  it('ask at once for what was done on purpose, and later for mere looks', async () => {
    const { send, learn } = place();
    await learn(contact('1'));
    await send([event('look', contact('1'), { type: 'page_viewed' })]);
    await send([event('deed')]);
    const waits = jobs.waiting.map(({ options }) => [
      options.key,
      (options.startAfter?.getTime() ?? 0) - clock,
    ]);
    expect(waits).toEqual([
      ['hubspot:contacts:1 looks', 600_000],
      ['hubspot:contacts:1', 1000],
    ]);
    jobs.take('decide');
    await send([event('history')], false);
    await send([event('of a company', { crm: 'hubspot', object: 'companies', id: '9' })]);
    expect(jobs.take('decide')).toEqual([]);
  });

  it('count once, and one that comes again with other content is refused with the reason', async () => {
    const { send, learn, stored } = place();
    await learn(contact('1'));
    expect(await send([event('a'), event('a')])).toMatchObject({ accepted: 1, duplicate: 1, rejected: [] });
    // The same moment and the same names in another order are the same content.
    const again = { ...event('a'), occurredAt: '2026-05-03T13:00:00+03:00' };
    expect(await send([again])).toMatchObject({ accepted: 0, duplicate: 1, rejected: [] });
    const changed = await send([event('a', contact('1'), { properties: { pages: 4 } }), event('b')]);
    expect(changed).toMatchObject({
      accepted: 1,
      rejected: [{ index: 0, reason: expect.stringContaining('other content') }],
    });
    expect((await stored()).map(row => [row['id'], row['properties']])).toEqual([
      ['a', '{"pages":3}'],
      ['b', '{"pages":3}'],
    ]);
  });

  it('count once also when they come many times at once', async () => {
    const { send, learn, stored } = place();
    await learn(contact('1'));
    const batch = Array.from({ length: 40 }, (_, i) =>
      event(`e${i}`, contact(i % 2 === 0 ? '1' : 'unknown')),
    );
    const all = await Promise.all(
      Array.from({ length: 8 }, (_, i) => send(i % 2 === 0 ? batch : batch.toReversed())),
    );
    const sum = (of: 'accepted' | 'duplicate' | 'parked') => all.reduce((n, taken) => n + taken[of], 0);
    expect([sum('accepted'), sum('duplicate'), sum('parked')]).toEqual([40, 280, 20]);
    expect(await stored()).toHaveLength(20);
  });

  it('give the same stored set in whatever batches, order and number they come', async () => {
    const ids = ['1', '2', 'unknown'];
    const batch = Array.from({ length: 12 }, (_, i) => event(`e${i}`, contact(ids[i % 3] ?? '1')));
    const order = fc.array(fc.nat({ max: 11 }), { minLength: 0, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 7 }), fc.boolean(), async (drawn, size, first) => {
        const { send, learn, stored, parked } = place();
        const known = () => Promise.all([learn(contact('1')), learn(contact('2'))]);
        if (first) await known();
        const sent = [...drawn, ...batch.keys()].map(i => batch[i]);
        for (let from = 0; from < sent.length; from += size) await send(sent.slice(from, from + size));
        if (!first) await known();
        expect((await stored()).map(row => row['id'])).toEqual(
          batch
            .filter(({ subject }) => 'id' in subject && subject.id !== 'unknown')
            .map(({ id }) => id)
            .sort(),
        );
        expect(await parked()).toMatchObject({
          events: 4,
          groups: [{ waitsFor: 'hubspot:contacts:unknown' }],
        });
      }),
      { numRuns: 15 },
    );
  });

  it('cannot be told apart from what a reader of the past would see: nothing learnt later appears', async () => {
    const moves = fc.array(
      fc.record({
        wait: fc.integer({ min: 1, max: 5 }),
        age: fc.integer({ min: -3, max: 3 }),
        known: fc.boolean(),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(moves, async all => {
        const { send, learn, facts } = place();
        await learn(contact('1'));
        const learnt: { id: string; learntAt: string; at: string }[] = [];
        let waiting: { id: string; at: string }[] = [];
        let email = 0;
        for (const [i, { wait, age, known }] of all.entries()) {
          later(wait * 1000);
          const at = new Date(clock + age * 1000).toISOString();
          const id = `e${i}`;
          await send([
            event(id, known ? contact('1') : { email: `p${email}@x.example` }, { occurredAt: at }),
          ]);
          if (known) learnt.push({ id, at, learntAt: now() });
          else {
            waiting.push({ id, at });
            if (i % 2 === 0) continue;
            await learn(contact('1'), { fields: { email: `p${email}@x.example` } });
            learnt.push(...waiting.map(one => ({ ...one, learntAt: now() })));
            waiting = [];
            // From here on another address is waited for.
            email += 1;
          }
        }
        for (const asOf of [...learnt.map(one => one.learntAt), now()]) {
          const byLearning = (await facts(contact('1'), asOf)).interactions.map(one => one.id);
          expect(new Set(byLearning)).toEqual(
            new Set(learnt.filter(one => one.learntAt <= asOf).map(one => one.id)),
          );
          const byTime = (await facts(contact('1'), asOf, 'as-recorded')).interactions;
          expect(new Set(byTime.map(one => one.id))).toEqual(
            new Set(learnt.filter(one => one.at <= asOf).map(one => one.id)),
          );
          expect(byTime.map(one => one.at)).toEqual(
            byTime
              .map(one => one.at)
              .toSorted()
              .toReversed(),
          );
        }
      }),
      { numRuns: 15 },
    );
  });

  it('keep what can be kept and refuse the rest by itself', async () => {
    const { send, learn, facts } = place();
    await learn(contact('1'));
    const taken = await send([
      event('future', contact('1'), { occurredAt: '2999-01-01T00:00:00Z' }),
      event('1970', contact('1'), { occurredAt: '1970-01-01T00:00:00Z' }),
      event('old', contact('1'), { occurredAt: '0001-01-01T00:00:00Z' }),
      event('zone', contact('1'), { occurredAt: '2026-05-03T10:00:00+99:00' }),
      event('null bytes \u{1F600}', contact('1'), {
        properties: { '\0': 'a\0b', half: '\ud800', '': '\u{1F600}' },
      }),
      event('bell \u0007'),
      event('long', contact('1'), { properties: { note: 'x'.repeat(10_000_000) } }),
      'no event',
      event(
        '\u{1F600}',
        { email: 'Nobody@X.example ' },
        { properties: JSON.parse('{"__proto__":{"a":1},"a":1,"a":2}') },
      ),
    ]);
    expect(taken).toMatchObject({ accepted: 5, parked: 1 });
    expect(taken.rejected.map(({ index }) => index)).toEqual([3, 5, 6, 7]);
    const { interactions } = await facts(contact('1'));
    expect(interactions.map(({ at }) => at.slice(0, 4))).toEqual(['2999', '2026', '1970', '0001']);
    expect(interactions[1]?.properties).toEqual({ '\uFFFD': 'a\uFFFDb', half: '\uFFFD', '': '\u{1F600}' });
  });
});

describe('events about somebody who is not known', () => {
  it('wait, and are kept by the transaction that brings the record', async () => {
    const { send, learn, facts, parked } = place();
    expect(await send([event('a', contact('7')), event('b', contact('7'))])).toMatchObject({
      accepted: 2,
      parked: 2,
    });
    expect(await parked()).toEqual({
      events: 2,
      since: now(),
      groups: [{ waitsFor: 'hubspot:contacts:7', events: 2, since: now() }],
    });
    expect(await send([event('a', contact('7'))])).toMatchObject({ duplicate: 1, parked: 0 });
    jobs.take('decide');
    await learn(contact('7'));
    expect((await facts(contact('7'))).interactions.map(({ id, learntAt }) => [id, learntAt])).toEqual([
      ['a', now()],
      ['b', now()],
    ]);
    expect(await parked()).toMatchObject({ events: 0, groups: [] });
    expect(jobs.take('decide')).toMatchObject([{ subject: contact('7') }]);
    expect(await send([event('b', contact('7'))])).toMatchObject({ duplicate: 1, accepted: 0 });
  });

  it('see the record, or are seen by it, when both come at once', async () => {
    const { send, learn, stored, parked } = place();
    const ids = Array.from({ length: 12 }, (_, i) => `${i}`);
    await Promise.all(ids.flatMap(id => [send([event(id, contact(id))]), learn(contact(id))]));
    expect(await stored()).toHaveLength(ids.length);
    expect(await parked()).toMatchObject({ events: 0 });
  });

  it('may be named by e-mail address, which one person must have', async () => {
    const { send, learn, stored, parked } = place();
    await learn(contact('1'), { fields: { email: 'Ada@Fleet.example' } });
    expect(await send([event('a', { email: ' ada@fleet.EXAMPLE' })])).toMatchObject({
      accepted: 1,
      parked: 0,
    });
    expect(await send([event('b', { email: 'bo@fleet.example' })])).toMatchObject({ accepted: 1, parked: 1 });
    await learn(
      { crm: 'salesforce', object: 'leads', id: '00Q1' },
      { fields: { email: 'bo@fleet.example' } },
    );
    expect((await stored()).map(row => [row['id'], row['record_id']])).toEqual([
      ['a', '1'],
      ['b', '00Q1'],
    ]);
    await learn(contact('2'), { fields: { email: 'ada@fleet.example' } });
    expect(await send([event('c', { email: 'ada@fleet.example' })])).toMatchObject({
      accepted: 0,
      rejected: [{ index: 0, reason: expect.stringContaining('2 records') }],
    });
    expect(await parked()).toMatchObject({ events: 0 });
  });

  it('are their heir’s where the record became another, and nothing is kept of who was erased', async () => {
    const { send, learn, facts } = place();
    await learn(contact('1'));
    await learn(contact('2'));
    await learn(contact('1'), { archived: true, links: [{ to: contact('2'), kind: becameKind }] });
    jobs.take('decide');
    await send([event('a')]);
    expect(jobs.take('decide')).toMatchObject([{ subject: contact('2') }]);
    expect((await facts(contact('2'))).interactions).toMatchObject([{ id: 'a', subject: contact('1') }]);

    expect(await send([event('gone', contact('3'))])).toMatchObject({ parked: 1 });
    await learn(contact('3'), { archived: true, fields: { [erasedField]: 'true' } });
    expect((await facts(contact('3'))).interactions).toEqual([]);
    expect(await send([event('more', contact('3'))])).toMatchObject({
      accepted: 0,
      rejected: [{ index: 0, reason: expect.stringContaining('erased') }],
    });
  });

  it('are forgotten where nobody became known for 90 days, and still not taken twice', async () => {
    const { tenantId, send, learn, stored, parked } = place();
    await send([event('a', contact('9'))]);
    const scope = serviceScope(tenantId);
    const [start, day] = [flow.now().getTime(), 86_400_000];
    await tidy({ ...flow, now: () => new Date(start + 89 * day) }, scope);
    expect(await parked()).toMatchObject({ events: 1 });
    await tidy({ ...flow, now: () => new Date(start + 91 * day) }, scope);
    expect(await parked()).toMatchObject({ events: 0 });
    expect(await send([event('a', contact('9'))])).toMatchObject({ duplicate: 1, accepted: 0 });
    await learn(contact('9'));
    expect(await stored()).toEqual([]);
  });

  it('count for a company with those of its people', async () => {
    const { send, learn, facts } = place();
    const company: Subject = { crm: 'hubspot', object: 'companies', id: '50' };
    await learn(company);
    await learn(contact('1'), { links: [{ to: company, kind: 'contact_to_company' }] });
    await send([
      event('a', company, { occurredAt: '2026-05-01T00:00:00Z' }),
      event('b', contact('1'), { occurredAt: '2026-05-02T00:00:00Z' }),
    ]);
    expect((await facts(company)).interactions.map(({ id }) => id)).toEqual(['b', 'a']);
    expect((await facts(contact('1'))).interactions.map(({ id }) => id)).toEqual(['b']);
  });
});

describe('a batch', () => {
  it('is refused where it is none, or too large', async () => {
    const { send } = place();
    await expect(send({ id: 'a' })).rejects.toMatchObject({ code: 'bad_input' });
    await expect(send(Array.from({ length: 1001 }, (_, i) => event(`${i}`)))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('1000'),
    });
  });

  it('counts against what the tenant may send in a minute', async () => {
    const { tenantId, stored } = place();
    const send = (from: number, count: number) =>
      takeInEvents(
        flow,
        serviceScope(tenantId),
        Array.from({ length: count }, (_, i) => event(`${from + i}`)),
        { ask: false, perMinute: 1000 },
      );
    await send(0, 900);
    await expect(send(900, 200)).rejects.toMatchObject({ code: 'limited', details: { retryAfterMs: 6000 } });
    later(6000);
    expect(await send(900, 200)).toMatchObject({ accepted: 200 });
    expect(await stored()).toEqual([]);
  });
});
