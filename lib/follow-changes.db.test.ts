import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serviceScope } from '#lib/core/scope.ts';
import { connectionOf } from '#lib/crm/connections.ts';
import { startTestOrg, type TestOrg } from '#lib/crm/salesforce/testing/test-org.ts';
import { connectCrm } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { startFollowing, type Pace } from './follow-changes.ts';
import type { Flow } from './flow.ts';
import { outboundAddress } from './outbound-address.ts';
import { feedState } from '#lib/ingest/read.ts';
import { feedParts } from '#lib/monitor/crm-parts.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { collectJobs } from '#lib/platform/testing/demo/sent-jobs.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { loadPolicySet } from '#lib/policy/load.ts';

const tenantId = 'halden';
const admin = {
  tenantId,
  actor: { id: 'test-admin', name: 'Test admin', role: 'admin', ownerId: null },
} as const;
const pace: Pace = { look: 20, lease: 10_000, poll: 20, firstRetry: 10, longestRetry: 50 };

let org: TestOrg;
let database: Awaited<ReturnType<typeof openTestDb>>;
let flow: Flow;
let jobs: ReturnType<typeof collectJobs>;
let following: { stop: () => Promise<void> }[] = [];

const connect = () =>
  connectCrm(flow, {
    tenantId,
    crm: 'salesforce',
    name: 'Sandbox CRM',
    apiUrl: org.url,
    appUrl: org.url,
    kind: 'demo',
    secrets: { accessToken: 'sandbox', webhookSecret: '' },
    policySet: loadPolicySet(),
  });

beforeAll(async () => {
  [org, database] = await Promise.all([startTestOrg(), openTestDb()]);
  jobs = collectJobs(database.db);
  flow = {
    db: jobs.db,
    now: () => new Date(),
    model: null,
    sealingKey: sealingKeyFrom('5e'.repeat(32)),
    settleMs: 0,
  };
  await connect();
}, 120_000);
afterEach(async () => {
  await Promise.all(following.map(one => one.stop()));
  following = [];
});
afterAll(async () => {
  await database.close();
  await org.stop();
});

const follow = (endpoint: () => string = () => org.pubSub) => {
  const one = startFollowing(flow, tenantId, { endpoint: () => Promise.resolve(endpoint()), pace });
  following.push(one);
  return one;
};
const part = () =>
  database.db.tenant(tenantId, async tx => feedParts(await connectionOf(tx), await feedState(tx))[0]);
const heard = async (id: string): Promise<number> => {
  const rows = await database.db.tenant(tenantId, tx =>
    rowsOf(tx.sql, sql`select 1 from inbound_events where record_id = ${id}`),
  );
  return rows.length;
};
const until = { timeout: 20_000, interval: 25 };
/** A change that is made while it is being followed is heard of; what was made before the first time need not be. */
async function isHeard(): Promise<void> {
  const made: string[] = [];
  const anyHeard = async () => {
    made.push(await org.create('Lead', { LastName: 'Heard', Company: 'Acme' }));
    return (await Promise.all(made.map(heard))).includes(1);
  };
  await expect.poll(anyHeard, until).toBe(true);
}

describe('following changes', () => {
  it('hears of them as they happen, also after the stream broke, and says so to operations', async () => {
    follow();
    await isHeard();
    await expect
      .poll(part, until)
      .toMatchObject({ status: 'ok', text: expect.stringContaining('as they happen') });
    await org.admin('POST', 'pubsub/disconnect');
    await isHeard();
  });

  it('is done by one process at a time, and by the next when that one stops', async () => {
    const first = follow();
    await isHeard();
    let asked = 0;
    follow(() => {
      asked += 1;
      return org.pubSub;
    });
    await isHeard();
    expect(asked).toBe(0);
    await first.stop();
    await expect.poll(() => asked, until).toBe(1);
    await isHeard();
  });

  it('shows what is wrong, and goes on when that is over', async () => {
    let endpoint = 'localhost:1';
    follow(() => endpoint);
    await expect.poll(part, until).toMatchObject({ status: 'degraded' });
    endpoint = org.pubSub;
    await isHeard();
    await expect.poll(part, until).toMatchObject({ status: 'ok' });
  });

  it('ends when the account is disconnected, and goes on when it is connected again', async () => {
    follow();
    await isHeard();
    await disconnect(flow, admin);
    await expect.poll(part, until).toBeUndefined();
    const unheard = await org.create('Lead', { LastName: 'Unheard', Company: 'Acme' });
    await connect();
    await isHeard();
    // What came meanwhile is still in Salesforce's keeping, and our place is too.
    await expect.poll(() => heard(unheard), until).toBe(1);
  });
});

describe('the address for outbound messages', () => {
  it('has a key of its own that stays when the account is connected anew', async () => {
    const address = () => outboundAddress(flow, admin, 'https://sidecard.example.com');
    const before = await address();
    expect(before).toMatch(/^https:\/\/sidecard\.example\.com\/api\/webhooks\/salesforce\?key=[\w-]{32}$/);
    await connect();
    expect(await address()).toBe(before);
  });

  it('is for admins', async () => {
    const rep = { ...admin, actor: { ...admin.actor, role: 'rep' } } as const;
    await expect(outboundAddress(flow, rep, 'https://sidecard.example.com')).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(outboundAddress(flow, serviceScope('nobody'), 'https://x.example')).rejects.toThrow();
  });
});
