import type { PgBoss } from 'pg-boss';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask } from '#lib/ask.ts';
import type { Decision, DecisionStatus } from '#lib/core/decision.ts';
import { newestDecision } from '#lib/decisions/read.ts';
import { load, verify } from '#lib/decisions/decisions.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { deliver } from '#lib/platform/testing/demo/deliver.ts';
import { openDemo, scopeOf, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { enqueue } from './define.ts';
import { openQueue } from './queue.ts';
import { openFailures, queueDepths } from './read.ts';
import { startWorker } from './worker.ts';

describe('the worker', () => {
  let demo: Demo;
  let boss: PgBoss;
  beforeAll(async () => {
    demo = await openDemo({ people: 2, stopped: false });
    boss = await openQueue(demo.database);
    await startWorker(boss, demo.flow);
  });
  afterEach(() => demo.network.heal());
  afterAll(async () => {
    await boss.stop({ graceful: false });
    await demo.close();
  });

  const soon = <T>(check: () => Promise<T>): Promise<T> =>
    vi.waitFor(check, { timeout: 30_000, interval: 50 });
  const becomes = (decision: Decision, status: DecisionStatus) =>
    soon(async () => {
      const now = await demo.tenant(tx => load(tx, decision.id));
      expect(now.status).toBe(status);
      return now;
    });
  const failures = () => demo.tenant(tx => openFailures(tx));
  const propose = async () => ask(demo.flow, scopeOf('manager'), await demo.newLead());

  it('takes a change in the CRM to a decision, and an approval into the CRM, without anybody waiting', async () => {
    const lead = await demo.newLead({ says: null });
    await demo.crm.update('contacts', lead.id, { phone: '+46 8 1' });
    await deliver(demo.flow, [{ ref: lead, field: 'phone' }]);
    await soon(async () => expect(await demo.tenant(tx => newestDecision(tx, lead))).not.toBeNull());

    const decision = await propose();
    await answerTo(demo, decision, { kind: 'approve' });
    await becomes(decision, 'applied');
    await soon(async () =>
      expect(await demo.tenant(verify)).toMatchObject({ ok: true, problems: [], unsequenced: 0 }),
    );
  });

  it('tries again what the CRM could not do at the moment', async () => {
    const decision = await propose();
    let broken = 1;
    demo.network.breakWith(({ method, path }) =>
      method === 'POST' && path.endsWith('/tasks') && broken-- > 0 ? { status: 503, body: '' } : null,
    );
    await answerTo(demo, decision, { kind: 'approve' });
    await becomes(decision, 'applied');
    expect(broken).toBeLessThan(1);
    expect((await failures()).filter(failure => failure.what === 'apply')).toEqual([]);
  });

  it('leaves word of what it gave up, where operations see it', async () => {
    await demo.tenant(tx =>
      enqueue(tx, 'decide', {
        kind: 'asked',
        task: 'follow-up',
        subject: { crm: 'hubspot', object: 'contacts', id: '404' },
        events: [],
        at: new Date().toISOString(),
      }),
    );
    await soon(async () =>
      expect(await failures()).toContainEqual(
        expect.objectContaining({ what: 'decide', text: expect.stringContaining('Nothing is known about') }),
      ),
    );
  });

  it('does so too where giving up fails, and works on', async () => {
    await demo.tenant(tx => enqueue(tx, 'apply', { decisionId: 'dec_nobody' }));
    await soon(async () =>
      expect(await failures()).toContainEqual(
        expect.objectContaining({ what: 'apply', text: 'There is no decision dec_nobody.' }),
      ),
    );
  });

  it('is not held up by a job that it cannot read', async () => {
    const decision = await propose();
    await boss.send('apply', { tenantId, input: { nonsense: true } });
    await answerTo(demo, decision, { kind: 'approve' });
    await boss.send('apply', 'not even an object' as never).catch(() => undefined);
    await becomes(decision, 'applied');
    await soon(async () =>
      expect(await failures()).toContainEqual(
        expect.objectContaining({ what: 'apply', text: expect.stringContaining('cannot be read') }),
      ),
    );
  });

  it('parks what the CRM refuses, in its words', async () => {
    const decision = await propose();
    demo.network.breakWith(({ method, path }) =>
      method === 'POST' && path.endsWith('/tasks')
        ? { status: 400, body: '{"category":"VALIDATION_ERROR","message":"No tasks today"}' }
        : null,
    );
    await answerTo(demo, decision, { kind: 'approve' });
    expect((await becomes(decision, 'parked')).statusReason).toContain('HubSpot says: No tasks today');
  });

  it('leaves no job behind that failed without a word', async () => {
    await soon(async () => {
      const depths = await demo.tenant(queueDepths);
      expect(depths.filter(({ active, failed }) => active + failed > 0)).toEqual([]);
    });
  });
});
