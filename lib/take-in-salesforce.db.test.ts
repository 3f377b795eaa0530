import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from './answer.ts';
import { apply } from './apply.ts';
import { connectCrm } from './connect.ts';
import { serviceScope, type Role } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { startTestOrg, type TestOrg } from '#lib/crm/salesforce/testing/test-org.ts';
import { openSalesforceWriter } from '#lib/crm/salesforce/writer.ts';
import { decide } from './decide.ts';
import { syncStates } from '#lib/ingest/read.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { collectJobs } from '#lib/platform/testing/demo/sent-jobs.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import type { Flow } from './flow.ts';
import { settle, takeInAll } from './take-in.ts';
import { takeInChanges, takeInOutbound } from './take-in-salesforce.ts';
import { undo } from './undo.ts';

const tenantId = 'halden';
const key = 'the key in the address';
const service = serviceScope(tenantId);

let org: TestOrg;
let database: Awaited<ReturnType<typeof openTestDb>>;
let flow: Flow;
let jobs: ReturnType<typeof collectJobs>;

beforeAll(async () => {
  [org, database] = await Promise.all([startTestOrg({ seed: true }), openTestDb()]);
  jobs = collectJobs(database.db);
  flow = {
    db: jobs.db,
    now: () => new Date(),
    model: null,
    sealingKey: sealingKeyFrom('5e'.repeat(32)),
    settleMs: 0,
  };
  await connectCrm(flow, {
    tenantId,
    crm: 'salesforce',
    name: 'Sandbox CRM',
    apiUrl: org.url,
    appUrl: org.url,
    kind: 'demo',
    secrets: { accessToken: 'sandbox', webhookSecret: key },
    policySet: loadPolicySet(),
  });
  await takeInAll(flow, service);
}, 120_000);
afterAll(async () => {
  await database.close();
  await org.stop();
});

const tenant = <T>(work: (tx: TenantTx) => Promise<T>): Promise<T> => database.db.tenant(tenantId, work);
const count = async (query: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await tenant(tx => rowsOf(tx.sql, query));
  return Number(row?.['n']);
};
const decideAbout = (about: Subject) =>
  decide(flow, service, {
    kind: 'record-changed',
    task: 'follow-up',
    subject: about,
    events: [],
    at: new Date().toISOString(),
  });
const scopeOf = (role: Role) => ({
  tenantId,
  actor: { id: `test-${role}`, name: `Test ${role}`, role, ownerId: null },
});
const subject = (object: 'leads' | 'deals' | 'contacts', id: string) =>
  ({ crm: 'salesforce', object, id }) as const;

describe('a Salesforce account', () => {
  it('is read whole, and says which of its objects it does not have', async () => {
    const states = await tenant(syncStates);
    expect(states.filter(({ problem }) => problem !== null).map(({ object }) => object)).toEqual([
      'enrolments',
    ]);
    for (const [object, sobject] of [
      ['leads', 'Lead'],
      ['contacts', 'Contact'],
      ['deals', 'Opportunity'],
    ] as const) {
      const known = await count(
        sql`select count(distinct record_id)::int as n from entities where object = ${object}`,
      );
      expect([object, known]).toEqual([object, (await org.query(`SELECT Id FROM ${sobject}`)).length]);
    }
    expect(await count(sql`select count(*)::int as n from deals`)).toBeGreaterThan(0);
    expect(jobs.take('train')).toHaveLength(1);
  });

  it.each([
    ['leads', 'SELECT Id FROM Lead WHERE IsConverted = false LIMIT 12'],
    ['contacts', 'SELECT Id FROM Contact LIMIT 12'],
  ] as const)('has its %s scored and decided about, with evidence from Salesforce', async (object, q) => {
    const decisions = [];
    for (const { Id } of await org.query(q)) decisions.push(await decideAbout(subject(object, String(Id))));
    for (const { lineage } of decisions) {
      expect(lineage.score?.value).toBeGreaterThanOrEqual(0);
      expect(new Set(lineage.facts.map(({ crm }) => crm))).toEqual(new Set(['salesforce']));
    }
    const evidence = decisions.flatMap(({ suggestion }) => suggestion.why.flatMap(claim => claim.evidence));
    expect(evidence.length).toBeGreaterThan(0);
    expect(evidence.every(({ crm }) => crm === 'salesforce')).toBe(true);
  });
});

describe('a suggestion', () => {
  it('that is approved becomes one task in Salesforce, which undo takes back', async () => {
    const proposed = await firstProposal();
    const { id } = await answer(flow, scopeOf('manager'), proposed.id, {
      answer: { kind: 'approve', changesHash: proposed.changesHash ?? '' },
      idempotencyKey: 'answer 1',
    });
    await apply(flow, service, id);
    await apply(flow, service, id);
    const tasks = () =>
      org.query(
        `SELECT Id, WhoId, Description, TaskSubtype FROM Task WHERE Sidecard_Decision_Id__c = '${id}'`,
      );
    expect(await tasks()).toEqual([
      expect.objectContaining({
        WhoId: proposed.subject.id,
        Description: expect.stringContaining(`approved by Test manager · decision ${id}`) as unknown,
      }),
    ]);
    expect((await undo(flow, scopeOf('manager'), id)).status).toBe('undone');
    expect(await tasks()).toEqual([]);
  });

  async function firstProposal() {
    for (const { Id } of await org.query('SELECT Id FROM Contact LIMIT 50')) {
      const decision = await decideAbout(subject('contacts', String(Id)));
      if (decision.suggestion.outcome === 'propose' && decision.changesHash !== null) return decision;
    }
    throw new Error('Nothing was proposed for any of 50 contacts.');
  }
});

describe('an outbound message', () => {
  const message = (notification: string, id: string, organization = org.session.accountId) =>
    `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${organization}</OrganizationId><Notification><Id>${notification}</Id><sObject xsi:type="sf:Lead"><sf:Id>${id}</sf:Id></sObject></Notification></notifications></soapenv:Body></soapenv:Envelope>`;

  it('is kept once, and its record is read again when it is quiet', async () => {
    const id = await org.create('Lead', { LastName: 'Heard', Company: 'Acme' });
    const body = message('04l000000000001AAA', id);
    expect(await takeInOutbound(flow, { body, key })).toEqual({ accepted: 1, duplicate: 0, ignored: 0 });
    expect(await takeInOutbound(flow, { body, key })).toEqual({ accepted: 0, duplicate: 1, ignored: 0 });
    const waiting = jobs.take('settle');
    expect(waiting).toEqual([subject('leads', id)]);
    await settle(flow, service, waiting);
    expect(await count(sql`select count(*)::int as n from entities where record_id = ${id}`)).toBe(1);
  });

  it.each([
    ['without the key', null, undefined],
    ['with another key', 'guessed', undefined],
    ['for another organisation', key, '00Dxx0000000009AAA'],
  ])('%s is refused, and nothing of it is kept', async (_, given, organization) => {
    const events = () => count(sql`select count(*)::int as n from inbound_events`);
    const before = await events();
    const body = message('04l000000000002AAA', '00Qxx0000000001AAA', organization ?? org.session.accountId);
    await expect(takeInOutbound(flow, { body, key: given })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(await events()).toBe(before);
  });
});

describe('change events', () => {
  /** Follows changes while the work is done, until what is looked for has come. */
  async function following(work: () => Promise<void>, until: () => Promise<boolean>) {
    const stop = new AbortController();
    const followed = takeInChanges(flow, service, { signal: stop.signal, endpoint: org.pubSub });
    try {
      await Promise.race([
        followed,
        work().then(() => expect.poll(until, { timeout: 20_000, interval: 50 }).toBe(true)),
      ]);
    } finally {
      stop.abort();
    }
    return followed;
  }
  const eventsOf = (id: string) =>
    tenant(tx => rowsOf(tx.sql, sql`select event from inbound_events where record_id = ${id}`));
  const place = () =>
    tenant(tx => rowsOf(tx.sql, sql`select cursor from sync_states where object = 'change-feed'`));

  it('are taken in as they happen, our own known as such, and followed from where they stopped', async () => {
    await org.admin('POST', 'gap', { object: 'Lead', changeType: 'GAP_UPDATE', ids: [] });
    let id = '';
    // A first place to go on from: without one, following begins with what comes next.
    const begin = async () => {
      for (let tries = 0; tries < 100 && (await place()).length === 0; tries += 1) {
        id = await org.create('Lead', { LastName: 'Born', Company: 'Acme' });
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    };
    expect(await following(begin, async () => (await eventsOf(id)).length > 0)).toBe('stopped');
    expect((await place())[0]?.['cursor']).toMatch(/^\d+$/);

    const later = await org.create('Lead', { LastName: 'Missed', Company: 'Acme' });
    const writer = openSalesforceWriter(org.session);
    const stamp = {
      decisionId: 'dec_1',
      agent: 'follow-up',
      approvedBy: null,
      at: new Date().toISOString(),
      undo: false,
    };
    await writer.updateFields(subject('leads', later), { city: 'Graz' }, stamp);
    await org.admin('POST', 'gap', { object: 'Opportunity', changeType: 'GAP_OVERFLOW', ids: [] });
    jobs.take('reconcile');
    await following(
      () => Promise.resolve(),
      async () =>
        (await eventsOf(later)).length === 2 && jobs.waiting.some(({ name }) => name === 'reconcile'),
    );
    const events = (await eventsOf(later)).map(row => row['event'] as { kind: string; own: boolean });
    expect(new Set(events.map(({ kind, own }) => `${kind}, ${own ? 'by us' : 'by others'}`))).toEqual(
      new Set(['created, by others', 'changed, by us']),
    );
  });

  it('after a place that Salesforce does not know make everything be looked for again', async () => {
    await tenant(tx =>
      rowsOf(tx.sql, sql`update sync_states set cursor = '99999999999' where object = 'change-feed'`),
    );
    jobs.take('reconcile');
    const never = new AbortController().signal;
    await expect(takeInChanges(flow, service, { signal: never, endpoint: org.pubSub })).rejects.toMatchObject(
      { code: 'conflict' },
    );
    expect(jobs.take('reconcile')).toHaveLength(1);
    expect((await place())[0]?.['cursor']).toBeNull();
  });
});
