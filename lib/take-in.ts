import type { CrmEvent, CrmRecord } from '#lib/core/record.ts';
import { AppError, isRetryable } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { openConnection, setConnectionState, tenantOfAccount } from '#lib/crm/connections.ts';
import { openSession } from '#lib/crm/session.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { askForDecisions, concerned, type Claimed } from './ask-for-decisions.ts';
import { carryOver } from './carry-over.ts';
import type { Flow } from './flow.ts';
import { noteLearnt, refreshFeatures } from './keep-features.ts';
import { keepOutcomes } from './keep-outcomes.ts';
import { lookForNewPipelines, refreshAllDeals, refreshDeals } from './refresh-deals.ts';
import { releaseEvents } from './release-events.ts';
import { stages, type Stages } from './stages.ts';

/** What a webhook's sender is told. */
export interface Taken {
  accepted: number;
  duplicate: number;
  ignored: number;
}

/**
 * A signed delivery of the CRM → events kept, and a job for each record that begins to wait until it is quiet. What
 * this answers for is durable. Throws AppError('unauthenticated') for a wrong, missing or old signature; and
 * where nothing is for an account that is connected; single events of other accounts are counted as ignored.
 */
export async function takeInWebhook(
  flow: Flow,
  request: { method: string; uri: string; body: string; timestamp: string | null; signature: string | null },
  s: Stages = stages,
): Promise<Taken> {
  const now = flow.now();
  const { deliveries, ignored } = s.ingest.parseWebhook(request.body);
  const taken: Taken = { accepted: 0, duplicate: 0, ignored };
  const ours: { tenantId: string; events: CrmEvent[] }[] = [];
  for (const { accountId, events } of deliveries) {
    const tenantId = await flow.db.system('find tenant of a CRM account', tx =>
      tenantOfAccount(tx, 'hubspot', accountId),
    );
    if (tenantId === null) taken.ignored += events.length;
    else ours.push({ tenantId, events });
  }
  // Before anything is taken: a delivery is taken whole or not at all.
  for (const { tenantId } of ours) await checkSignature(flow, tenantId, request, now, s);
  if (ours.length === 0)
    throw new AppError(
      'unauthenticated',
      'Nothing in this webhook is for an account that is connected here.',
    );
  for (const { tenantId, events } of ours.filter(one => one.events.length > 0)) {
    const received = await flow.db.tenant(tenantId, tx => receiveEvents(tx, flow, events, s));
    taken.accepted += received.accepted;
    taken.duplicate += received.duplicate;
  }
  return taken;
}

async function checkSignature(
  flow: Flow,
  tenantId: string,
  request: Parameters<typeof takeInWebhook>[1],
  now: Date,
  s: Stages,
): Promise<void> {
  const { secrets } = await flow.db.tenant(tenantId, tx => openConnection(tx, flow.sealingKey));
  const check = s.ingest.verifyHubSpotSignature({ ...request, secret: secrets.webhookSecret, now });
  if (check !== 'valid')
    throw new AppError('unauthenticated', `The webhook's signature is ${check}: nothing of it was taken.`);
}

/** Keeps events, with a job for each record that begins to wait until it is quiet: the way in of every CRM. */
export async function receiveEvents(tx: TenantTx, flow: Flow, events: readonly CrmEvent[], s: Stages) {
  const received = await s.ingest.receive(tx, events, { now: flow.now(), settleMs: flow.settleMs });
  for (const { subject, dueAt } of received.wake)
    await enqueue(tx, 'settle', subject, { key: subjectKey(subject), startAfter: new Date(dueAt) });
  return received;
}

/**
 * Records that have been quiet long enough are read again; what is new of them goes into the graph and the pipeline,
 * and the people and deals that they concern are decided about, once for all the events.
 */
export async function settle(
  flow: Flow,
  scope: Scope,
  records: readonly Subject[],
  s: Stages = stages,
): Promise<void> {
  const claims = await flow.db.tenant(scope.tenantId, tx => claimAll(tx, records, flow, s));
  if (claims.length === 0) return;
  const subjects = claims.map(claim => claim.record);
  const learntOf: Subject[] = [];
  try {
    await reading(flow, scope, s, async reader => {
      await s.ingest.pull(flow.db, reader, {
        tenantId: scope.tenantId,
        clock: flow.now,
        sealingKey: flow.sealingKey,
        subjects,
        keep: async (tx, fresh) => {
          learntOf.push(...(await keep(tx, fresh, flow, s)));
          await askForDecisions(tx, fresh, claims, flow, s);
          for (const claim of claims) await finish(tx, claim, flow, s);
        },
      });
    });
  } catch (error) {
    // Given back, so that another try finds them due, one by one where they failed together.
    await flow.db.tenant(scope.tenantId, tx => s.ingest.giveBack(tx, subjects, flow.now()));
    throw error;
  }
  await refreshFeatures(flow, scope.tenantId, learntOf, s);
}

/** Ends the wait of a record that cannot be taken in; the next event, or the poll, begins another. */
export const giveUpSettling = (
  flow: Flow,
  scope: Scope,
  record: Subject,
  s: Stages = stages,
): Promise<void> => flow.db.tenant(scope.tenantId, tx => s.ingest.endWait(tx, record));

const comeAgain = (tx: TenantTx, record: Subject, at: string): Promise<void> =>
  enqueue(tx, 'settle', record, { key: subjectKey(record), startAfter: new Date(at) });

/** Those that are due and nobody else has; for those that are not due yet, a job at their time. */
async function claimAll(
  tx: TenantTx,
  records: readonly Subject[],
  flow: Flow,
  s: Stages,
): Promise<Claimed[]> {
  const claims: Claimed[] = [];
  // In the order in which `receive` locks them too: two batches must not wait for each other.
  const inOrder = [...records].sort((a, b) => (subjectKey(a) < subjectKey(b) ? -1 : 1));
  for (const record of inOrder) {
    const claimed = await s.ingest.claimSettled(tx, record, flow.now());
    if (claimed.due) claims.push({ record, events: claimed.events });
    else if (claimed.dueAt !== null) await comeAgain(tx, record, claimed.dueAt);
  }
  return claims;
}

async function finish(tx: TenantTx, { record, events }: Claimed, flow: Flow, s: Stages): Promise<void> {
  const done = await s.ingest.finishSettled(tx, record, { events, now: flow.now(), settleMs: flow.settleMs });
  if (done.again !== null) await comeAgain(tx, record, done.again);
}

/** Reads the whole CRM once, goes on where it stopped, then trains on what it found. */
export async function takeInAll(flow: Flow, scope: Scope, s: Stages = stages): Promise<void> {
  const { tenantId } = scope;
  await reading(flow, scope, s, reader =>
    s.ingest.backfill(flow.db, reader, {
      tenantId,
      clock: flow.now,
      sealingKey: flow.sealingKey,
      objects: reader.objects,
      keep: async (tx, records) => {
        await s.graph.project(tx, records, toInstant(flow.now()));
        await releaseEvents(tx, records, flow, s, { ask: false });
        await s.features.noteManyChanges(tx);
      },
    }),
  );
  await refreshAllDeals(flow, tenantId, s);
  await flow.db.tenant(tenantId, tx => enqueue(tx, 'train', {}, { key: tenantId }));
}

/** Finds what lost webhooks left out, and acts on it as if they had come. */
export async function takeInMissed(flow: Flow, scope: Scope, s: Stages = stages): Promise<void> {
  let stagesMoved = false;
  await reading(flow, scope, s, async reader => {
    await s.ingest.reconcile(flow.db, reader, {
      tenantId: scope.tenantId,
      clock: flow.now,
      sealingKey: flow.sealingKey,
      objects: reader.objects,
      keep: async (tx, records) => {
        stagesMoved ||= records.some(record => record.ref.object === 'pipelines');
        await keep(tx, records, flow, s);
        await askForDecisions(tx, records, null, flow, s);
      },
    });
  });
  if (stagesMoved) await refreshAllDeals(flow, scope.tenantId, s);
  await flow.db.tenant(scope.tenantId, async tx => {
    for (const record of await s.ingest.overdue(tx, flow.now()))
      await comeAgain(tx, record, toInstant(flow.now()));
  });
}

/** Opens the CRM for reading, and notes on the connection whether it answers. */
async function reading(
  flow: Flow,
  scope: Scope,
  s: Stages,
  work: (reader: ReturnType<Stages['ingest']['openReader']>) => Promise<unknown>,
): Promise<void> {
  const { tenantId } = scope;
  const session = await openSession(flow.db, tenantId, {
    key: flow.sealingKey,
    clock: flow.now,
    urgency: 'background',
  });
  const note = (status: 'ok' | 'failing', text: string) =>
    flow.db.tenant(tenantId, tx => setConnectionState(tx, { status, text, now: flow.now() }));
  try {
    await work(s.ingest.openReader(session));
    await note('ok', 'Connected.');
  } catch (error) {
    if (isRetryable(error) || (error instanceof AppError && error.code === 'unauthenticated'))
      await note('failing', (error as AppError).message);
    throw error;
  }
}

/**
 * What was read, into the graph and the pipeline, and what it means for suggestions that were made before. Returns of whom
 * something was learnt.
 */
async function keep(tx: TenantTx, records: CrmRecord[], flow: Flow, s: Stages): Promise<Subject[]> {
  const now = flow.now();
  await s.graph.project(tx, records, toInstant(now));
  await releaseEvents(tx, records, flow, s, { ask: true });
  const learntOf = await noteLearnt(tx, records, toInstant(now), s);
  await lookForNewPipelines(tx, records, s);
  const deals = concerned(records, ({ object }) => object === 'deals');
  if (deals.length > 0) await refreshDeals(tx, deals, now, s);
  await carryOver(tx, records, flow, s);
  await keepOutcomes(tx, records, now, s);
  return learntOf;
}
