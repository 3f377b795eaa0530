import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectCrm } from './connect.ts';
import { run } from './run.ts';
import { takeInAll, takeInMissed } from './take-in.ts';
import { takeInChanges } from './take-in-salesforce.ts';
import { writeScores } from './write-scores.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { startTestOrg, type TestOrg } from '#lib/crm/salesforce/testing/test-org.ts';
import type { Flow } from '#lib/flow.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { collectJobs } from '#lib/platform/testing/demo/sent-jobs.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { loadPolicySet } from '#lib/policy/load.ts';

const tenantId = 'halden';
const service = serviceScope(tenantId);
const names = ['Ada', 'Bo', 'Cy'];

let org: TestOrg;
let database: Awaited<ReturnType<typeof openTestDb>>;
let jobs: ReturnType<typeof collectJobs>;
let flow: Flow;
let later = 0;

beforeAll(async () => {
  [org, database] = await Promise.all([startTestOrg(), openTestDb()]);
  jobs = collectJobs(database.db);
  flow = {
    db: jobs.db,
    now: () => new Date(Date.now() + later),
    model: null,
    sealingKey: sealingKeyFrom('5e'.repeat(32)),
    settleMs: 0,
  };
  for (const LastName of names) {
    await org.create('Lead', { LastName, Company: 'Acme' });
    await org.create('Contact', { LastName });
  }
  await connectCrm(flow, {
    tenantId,
    crm: 'salesforce',
    name: 'Sandbox CRM',
    apiUrl: org.url,
    appUrl: org.url,
    kind: 'demo',
    secrets: { accessToken: 'sandbox', webhookSecret: 'key' },
    policySet: loadPolicySet(),
  });
  await takeInAll(flow, service);
}, 120_000);
afterAll(async () => {
  await database.close();
  await org.stop();
});

const query = (of: ReturnType<typeof sql>) => database.db.tenant(tenantId, tx => rowsOf(tx.sql, of));
const place = () => query(sql`select cursor from sync_states where object = 'change-feed'`);

/** Follows the change feed until something has come. */
async function follow(until: () => Promise<boolean>): Promise<void> {
  const stop = new AbortController();
  const followed = takeInChanges(flow, service, { signal: stop.signal, endpoint: org.pubSub });
  try {
    await Promise.race([followed, expect.poll(until, { timeout: 20_000, interval: 50 }).toBe(true)]);
  } finally {
    stop.abort();
  }
  await followed;
}

it('writes scores of leads and contacts into Salesforce, whose change events say that it was us', async () => {
  // A first place to follow from.
  await follow(async () => {
    if ((await place()).length === 0) await org.create('Account', { Name: 'Acme' });
    return (await place()).length > 0;
  });
  const { rows } = await run(flow, service);
  expect(rows).toBe(2 * names.length);
  expect(jobs.take('write-scores')).toHaveLength(1);
  expect(await writeScores(flow, service)).toEqual({ written: rows, refused: 0 });
  const kept = await query(sql`select object, record_id, value, band, scored_at from latest_scores`);
  for (const object of ['Lead', 'Contact']) {
    const shown = await org.query(
      `SELECT Id, Sidecard_Score__c, Sidecard_Band__c, Sidecard_Scored_At__c FROM ${object}`,
    );
    expect(shown).toHaveLength(names.length);
    for (const record of shown) {
      const score = kept.find(row => row['record_id'] === record['Id']);
      expect(record).toMatchObject({
        Sidecard_Score__c: score?.['value'],
        Sidecard_Band__c: score?.['band'],
      });
      // Salesforce keeps whole seconds.
      const seconds = (at: unknown) => Math.floor(Date.parse(String(at)) / 1000);
      expect(seconds(record['Sidecard_Scored_At__c'])).toBe(seconds(score?.['scored_at']));
    }
  }
  const told = () => query(sql`select event from inbound_events where object in ('leads', 'contacts')`);
  await follow(async () => (await told()).length >= rows);
  for (const { event } of await told()) expect(event).toMatchObject({ own: true });
});

it('finds nothing to decide about in what it wrote, where nobody told of it', async () => {
  jobs.take('decide');
  later = 3_600_000;
  await takeInMissed(flow, service);
  expect(await query(sql`select 1 from fact_sets where values::text like '%"sidecard_score"%'`)).toHaveLength(
    2 * names.length,
  );
  expect(jobs.take('decide')).toEqual([]);
  expect(await writeScores(flow, service)).toEqual({ written: 0, refused: 0 });
});
