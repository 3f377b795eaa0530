import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rotateKey } from '#lib/cli/rotate-key.ts';
import { connectionOf, openConnection } from '#lib/crm/connections.ts';
import { openSession } from '#lib/crm/session.ts';
import { backfillJob } from '#lib/jobs/backfill.ts';
import { settleJob } from '#lib/jobs/settle.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { keyRing, sealingKeyFrom } from '#lib/platform/secrets.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import {
  openDemo,
  scopeOf,
  tenantId,
  webhookSecret,
  type Demo,
} from '#lib/platform/testing/demo/open-demo.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { acceptLaunchKey, makeLaunchKey, signIn, whoHolds } from '#lib/sign-in/sign-in.ts';
import { apply } from './apply.ts';
import { connectCrm, type NewCrm } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { takeInWebhook } from './take-in.ts';

describe('a CRM account', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo({ people: 1, readIt: false });
  });
  afterAll(() => demo.close());

  const stateOf = async () => (await demo.tenant(connectionOf))?.state;
  const account = (more: Partial<NewCrm> = {}): NewCrm => ({
    tenantId,
    crm: 'hubspot',
    name: 'Sandbox CRM',
    apiUrl: demo.network.url,
    appUrl: demo.network.url,
    kind: 'connected',
    secrets: { accessToken: 'sandbox', webhookSecret },
    policySet: loadPolicySet(),
    ...more,
  });

  it('has its secrets sealed anew with the newest key, once', async () => {
    const out: string[] = [];
    const flow = { ...demo.flow, sealingKey: keyRing(sealingKeyFrom('77'.repeat(32)), ['5e'.repeat(32)]) };
    const rotate = (with_: typeof flow) =>
      rotateKey(['--json'], {
        io: { out: text => void out.push(text), err: () => undefined },
        open: () => Promise.resolve(with_),
      });
    await rotate(flow);
    await rotate(flow);
    const [first, second] = out.map(line => JSON.parse(line) as unknown);
    expect(first).toMatchObject({ stored: 1, resealed: 1, unreadable: 0 });
    expect(second).toMatchObject({ stored: 1, resealed: 0, unreadable: 0 });
    await expect(rotate({ ...flow, sealingKey: sealingKeyFrom('01'.repeat(32)) })).rejects.toMatchObject({
      message: expect.stringContaining('SIDECARD_OLD_KEYS'),
    });
    const open = await demo.tenant(tx => openConnection(tx, sealingKeyFrom('77'.repeat(32))));
    expect(open.secrets.accessToken).toBe('sandbox');
    await rotate({ ...flow, sealingKey: keyRing(sealingKeyFrom('5e'.repeat(32)), ['77'.repeat(32)]) });
  });

  it('is connected alone: another one is refused before anything is made in it', async () => {
    await connectCrm(demo.flow, account());
    await demo.database.db.owner.execute(sql`update crm_connections set account_id = '1'`);
    await expect(connectCrm(demo.flow, account())).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(/is connected to the HubSpot account 1, .* was not connected/),
    });
    await demo.database.db.owner.execute(sql`update crm_connections set account_id = '48213907'`);
  });

  it('is disconnected by an admin alone', async () => {
    await expect(disconnect(demo.flow, scopeOf('manager'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stateOf()).toMatchObject({ status: 'ok' });
    const now = demo.clock.now();
    const begin = (userId: string) =>
      demo.tenant(tx => signIn(tx, { userId, ownerId: null, name: 'X', email: null }, 'oauth', now));
    const [own, other] = [await begin('test-admin-x'), await begin('test-rep-x')];
    const holder = (token: string) => demo.tenant(tx => whoHolds(tx, token, now));
    const launchKey = await demo.tenant(tx => makeLaunchKey(tx, 'test-admin-x', now));
    const { revoked } = await disconnect(demo.flow, scopeOf('admin'));
    // Nobody is vouched for any more; the admin sees what came of it.
    expect(await holder(own.token)).toMatchObject({ id: 'test-admin-x' });
    expect(await holder(other.token)).toBeNull();
    expect(await demo.tenant(tx => acceptLaunchKey(tx, launchKey, now))).toBe(false);
    expect(revoked).toContain('private app');
    expect(await stateOf()).toMatchObject({ status: 'disconnected', text: 'Disconnected by Test admin.' });
    const rows = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select sealed_secrets from crm_connections where tenant_id = ${tenantId}`),
    );
    expect(rows[0]?.['sealed_secrets']).toBeNull();
    const entries = await demo.tenant(tx =>
      rowsOf(tx.sql, sql`select entry from audit_log where kind = 'crm-disconnected'`),
    );
    expect(entries).toEqual([{ entry: expect.objectContaining({ crm: 'hubspot', actor: 'test-admin-x' }) }]);
    await expect(disconnect(demo.flow, scopeOf('admin'))).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is left alone after that: sessions and webhooks are refused, jobs leave out what nobody waits for', async () => {
    const { flow } = demo;
    const session = openSession(flow.db, tenantId, {
      key: flow.sealingKey,
      clock: flow.now,
      urgency: 'background',
    });
    await expect(session).rejects.toMatchObject({ code: 'refused' });
    const body = JSON.stringify([]);
    await expect(
      takeInWebhook(flow, { method: 'POST', uri: 'x', body, timestamp: null, signature: null }),
    ).rejects.toMatchObject({ code: 'unauthenticated' });
    const before = demo.network.asked.length;
    await backfillJob.run(flow, demo.service, {});
    await settleJob.runMany?.(flow, demo.service, [{ crm: 'hubspot', object: 'contacts', id: '1' }]);
    expect(demo.network.asked.length).toBe(before);
  });

  it('keeps what was approved meanwhile, parked with the reason', async () => {
    await connectCrm(demo.flow, account({ kind: 'demo' }));
    const decision = await answerTo(demo, await demo.decide(await demo.newLead()), { kind: 'approve' });
    expect(decision.status).toBe('approved');
    await disconnect(demo.flow, scopeOf('admin'));
    const after = await apply(demo.flow, demo.service, decision.id);
    expect(after).toMatchObject({
      status: 'parked',
      statusReason: expect.stringContaining('is disconnected'),
    });
  });

  it('goes on when the same account is connected again', async () => {
    await demo.database.db.owner.execute(sql`update crm_connections set account_id = '1'`);
    await expect(connectCrm(demo.flow, account())).rejects.toMatchObject({
      message: expect.stringContaining('Connect that account again'),
    });
    await demo.database.db.owner.execute(sql`update crm_connections set account_id = '48213907'`);
    await connectCrm(demo.flow, account());
    expect(await stateOf()).toMatchObject({ status: 'ok' });
    expect(demo.jobs.take('backfill').length).toBeGreaterThan(0);
  });

  it('is disconnected too when the key that sealed its secrets is lost', async () => {
    const lost = { ...demo.flow, sealingKey: sealingKeyFrom('01'.repeat(32)) };
    const { revoked } = await disconnect(lost, scopeOf('admin'));
    expect(revoked).toContain('key');
    expect(await stateOf()).toMatchObject({ status: 'disconnected' });
  });
});
