import { connectCrm } from '#lib/connect.ts';
import type { Decision } from '#lib/core/decision.ts';
import type { Actor, Role, Scope } from '#lib/core/scope.ts';
import { serviceScope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { startSandbox } from '#lib/crm/sandbox/sandbox.ts';
import { crmCalls } from '#lib/crm/testing/test-crm.ts';
import { decide } from '#lib/decide.ts';
import type { Flow } from '#lib/flow.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { takeInAll } from '#lib/take-in.ts';
import { openTestDb } from '../test-db.ts';
import { runningClock, stopClock } from './clock.ts';
import { startFaultyCrm } from './faulty-crm.ts';
import { newLead, type NewLead } from './new-lead.ts';
import { collectJobs } from './sent-jobs.ts';
import { smallSeed } from './small-seed.ts';

export const tenantId = 'demo';
export const webhookSecret = 'a secret for webhooks';

/** People of the sandbox CRM that tests act as. */
export const owner = '70015';
export const otherRep = '70016';

export const scopeOf = (role: Role, ownerId: string | null = null): Scope => ({
  tenantId,
  actor: { id: `test-${role}-${ownerId ?? 'x'}`, name: `Test ${role}`, role, ownerId } satisfies Actor,
});

/**
 * The product in one process as the demo runs it: a database, a sandbox CRM over HTTP with a few people in it, connected
 * and read once, a clock that stands still unless told otherwise, and jobs that wait for the test. Close it in `afterAll`.
 */
export async function openDemo({ people = 6, readIt = true, stopped = true } = {}) {
  const clock: ReturnType<typeof stopClock> = stopped ? stopClock() : runningClock();
  const test = await openTestDb();
  const sandbox = await startSandbox({
    port: 0,
    file: ':memory:',
    seedIfEmpty: () => smallSeed(clock.now(), people),
  });
  const network = await startFaultyCrm(sandbox.url);
  const jobs = collectJobs(test.db);
  const flow: Flow = {
    db: jobs.db,
    now: clock.now,
    model: null,
    sealingKey: sealingKeyFrom('5e'.repeat(32)),
    settleMs: 0,
  };
  const service = serviceScope(tenantId);
  await connectCrm(flow, {
    tenantId,
    crm: 'hubspot',
    name: 'Sandbox CRM',
    apiUrl: network.url,
    appUrl: sandbox.url,
    kind: 'demo',
    secrets: { accessToken: 'sandbox', webhookSecret },
    policySet: loadPolicySet(),
  });
  if (readIt) await takeInAll(flow, service);
  const crm = crmCalls(sandbox.url);
  return {
    flow,
    clock,
    jobs,
    network,
    crm,
    /** Where the CRM answers without the faulty network before it. */
    crmUrl: sandbox.url,
    service,
    database: test,
    /** One transaction of the tenant. */
    tenant: <T>(work: (tx: TenantTx) => Promise<T>): Promise<T> => test.db.tenant(tenantId, work),
    /** A person who has just written in, known to the product. Their job to decide waits. */
    newLead: async (lead: NewLead = {}): Promise<Subject> => {
      const subject = await newLead({ flow, crm, clock }, lead);
      jobs.take('settle');
      return subject;
    },
    /** A new decision about somebody, as if their record had just changed. */
    decide: (subject: Subject): Promise<Decision> => {
      clock.tick(1000);
      return decide(flow, service, {
        kind: 'record-changed',
        task: 'follow-up',
        subject,
        events: [],
        at: clock.now().toISOString(),
      });
    },
    close: async () => {
      await network.stop();
      await sandbox.stop();
      await test.close();
      clock.restore();
    },
  };
}

export type Demo = Awaited<ReturnType<typeof openDemo>>;
