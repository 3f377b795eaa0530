import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addEventsKey, dropEventsKey, listEventsKeys } from '#lib/events-keys.ts';
import type { Subject } from '#lib/core/subject.ts';
import { parkedEvents } from '#lib/ingest/read.ts';
import { setRunning, type Running } from '#lib/platform/running.ts';
import { openDemo, scopeOf, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { acceptEventsKey, acceptLaunchKey, makeLaunchKey } from '#lib/sign-in/sign-in.ts';
import { takeBudget } from '#lib/ingest/ingest.ts';
import { takeEvents } from './take-events.ts';

/** What Next knows of the request that is being handled. */
const asked = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ host: '127.0.0.1:3000', ...asked.headers })),
  cookies: () => Promise.resolve({ get: () => undefined }),
}));

let demo: Demo;
let lead: Subject;
let key: string;
beforeAll(async () => {
  demo = await openDemo({ people: 1 });
  setRunning({ flow: demo.flow } as unknown as Running);
  lead = await demo.newLead();
  demo.jobs.take('decide');
  ({ key } = await demo.tenant(tx => addEventsKey(tx, admin, 'Website', demo.clock.now())));
});
afterAll(async () => {
  setRunning(undefined as unknown as Running);
  await demo.close();
});

const admin = scopeOf('admin');
let n = 0;
const event = (more: object = {}) => ({
  id: `e${(n += 1)}`,
  type: 'report_exported',
  occurredAt: '2026-05-03T10:00:00Z',
  subject: lead,
  properties: { pages: 3 },
  ...more,
});
const post = (body: unknown, authorization: string | null = `Bearer ${key}`) => {
  asked.headers = authorization === null ? {} : { authorization };
  return takeEvents(
    new Request('http://127.0.0.1:3000/api/v1/events', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: asked.headers,
    }),
  );
};

describe('POST /api/v1/events', () => {
  it('answers what became of each event, and asks for a decision', async () => {
    const again = event();
    expect((await post([again])).status).toBe(200);
    const response = await post([again, event(), event({ subject: { ...lead, id: '0' } }), { id: 'x' }]);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      accepted: 2,
      duplicate: 1,
      parked: 1,
      rejected: [{ index: 3, reason: expect.stringMatching(/^type: /) }],
    });
    expect(demo.jobs.take('decide')).toMatchObject([{ subject: lead, events: [`event:${again.id}`] }]);
  });

  it('names events among what a decision was made of, and shows those that wait to operations', async () => {
    const sent = event({ properties: { note: 'my password is hunter2!' } });
    await post([sent]);
    const decision = await demo.decide(lead);
    expect(decision.lineage.facts).toContainEqual({
      ...lead,
      field: 'event:report_exported',
      version: sent.id,
      at: '2026-05-03T10:00:00.000Z',
    });
    expect(decision.lineage.shield).toContainEqual(
      expect.objectContaining({ guardrail: 'masking', outcome: 'repaired' }),
    );
    expect(await demo.tenant(tx => parkedEvents(tx, 5))).toMatchObject({
      events: 1,
      groups: [{ waitsFor: 'hubspot:contacts:0', events: 1 }],
    });
  });

  it.each([
    ['no JSON', '[{', 400],
    ['no array', {}, 400],
    ['too many events', Array.from({ length: 1001 }, () => ({})), 400],
    ['too much', `[${'1'.repeat(16_000_001)}]`, 400],
    ['nothing', [], 200],
    ['one that is far too deep', `[${'['.repeat(50_000)}${']'.repeat(50_000)}]`, 200],
    [
      'properties that are far too deep',
      () =>
        `[{"id":"deep","type":"x","occurredAt":"2026-05-03T10:00:00Z","subject":{"email":"a@b.example"},"properties":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}]`,
      200,
    ],
  ])('answers %s with a sentence, never with a crash', async (_, body, status) => {
    const response = await post(typeof body === 'function' ? body() : body);
    expect(response.status).toBe(status);
    if (status === 400) expect(await response.json()).toMatchObject({ detail: expect.stringMatching(/\.$/) });
    else expect(await response.json()).toMatchObject({ accepted: 0, parked: 0 });
  });

  it.each([
    [null, 401],
    ['Bearer nonsense', 401],
    ['Bearer demo-admin', 200],
    ['Bearer demo-ops', 200],
    ['Bearer demo-manager', 403],
    ['Bearer demo-auditor', 403],
  ])('is open to keys, admins and operations: %s is answered %i', async (authorization, status) => {
    expect((await post([event()], authorization)).status).toBe(status);
  });

  it('is closed to a key that was ended, and to one for another purpose', async () => {
    const other = await demo.tenant(tx => addEventsKey(tx, admin, 'Product', demo.clock.now()));
    expect((await post([event()], `Bearer ${other.key}`)).status).toBe(200);
    expect(await demo.tenant(tx => listEventsKeys(tx, admin))).toMatchObject([
      { name: 'Product', lastUsedAt: demo.clock.now().toISOString() },
      { name: 'Website' },
    ]);
    await demo.tenant(tx => dropEventsKey(tx, admin, other.id, demo.clock.now()));
    expect((await post([event()], `Bearer ${other.key}`)).status).toBe(401);
    const launch = await demo.tenant(tx => makeLaunchKey(tx, 'test', demo.clock.now()));
    expect((await post([event()], `Bearer ${launch}`)).status).toBe(401);
    await demo.tenant(async tx => {
      expect(await acceptLaunchKey(tx, key, demo.clock.now())).toBe(false);
      expect(await acceptEventsKey(tx, launch, demo.clock.now())).toBe(false);
    });
    const elsewhere = key.replace(
      Buffer.from(tenantId).toString('base64url'),
      Buffer.from('other').toString('base64url'),
    );
    expect((await post([event()], `Bearer ${elsewhere}`)).status).toBe(401);
    await expect(
      demo.tenant(tx => addEventsKey(tx, scopeOf('operations'), 'x', demo.clock.now())),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('says when to come again, where more is sent than a minute allows', async () => {
    const now = demo.clock.now().toISOString();
    await demo.tenant(tx => takeBudget(tx, 59_500, { perMinute: 60_000, now }));
    const response = await post(Array.from({ length: 1000 }, () => ({})));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
