import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#lib/core/errors.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { connectionOf } from '#lib/crm/connections.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { log } from '#lib/platform/log.ts';
import type { Flow } from './flow.ts';
import { stages, type Stages } from './stages.ts';
import { takeInChanges } from './take-in-salesforce.ts';

/** In milliseconds. */
const usual = {
  /** How often it is looked whether there is something to follow, and whether it is still ours. */
  look: 5000,
  /** After so long without a look, another process takes over. */
  lease: 30_000,
  /** How often changes are looked for where the account tells of none. */
  poll: 60_000,
  firstRetry: 1000,
  longestRetry: 60_000,
};
export type Pace = typeof usual;

interface Job {
  flow: Flow;
  tenantId: string;
  holder: string;
  signal: AbortSignal;
  endpoint: () => Promise<string | undefined>;
  pace: Pace;
  s: Stages;
}

/**
 * Follows what a tenant's CRM tells of its changes for as long as the process runs and a Salesforce account is connected,
 * whenever that is. Of several processes one follows at a time. What goes wrong is tried again, each time after a longer
 * wait, and shown to operations; where the account tells of no changes, they are looked for often instead.
 * `endpoint`: host and port of the event bus; Salesforce's own without it.
 */
export function startFollowing(
  flow: Flow,
  tenantId: string,
  {
    endpoint = () => Promise.resolve(undefined),
    pace = {},
  }: { endpoint?: Job['endpoint']; pace?: Partial<Pace> } = {},
  s: Stages = stages,
): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const job = { flow, tenantId, holder: randomUUID(), endpoint, pace: { ...usual, ...pace }, s };
  const over = keepFollowing({ ...job, signal: stopping.signal });
  return {
    stop: () => {
      stopping.abort();
      return over;
    },
  };
}

async function keepFollowing(job: Job): Promise<void> {
  const { flow, tenantId, holder, signal, pace, s } = job;
  let failures = 0;
  while (!signal.aborted) {
    const began = flow.now().getTime();
    const result = await attempt(job).catch((error: unknown) => failed(job, error));
    if (result !== 'failed' || flow.now().getTime() - began > pace.longestRetry) failures = 0;
    const retry = Math.min(pace.firstRetry * 2 ** failures, pace.longestRetry) * (0.5 + Math.random() / 2);
    if (result === 'failed') failures += 1;
    const wait = { idle: pace.look, ended: pace.firstRetry, polling: pace.poll, failed: retry }[result];
    if (result !== 'idle') await takeTurn(job, wait).catch(() => null);
    await sleep(wait, undefined, { signal }).catch(() => undefined);
  }
  await flow.db.tenant(tenantId, tx => s.ingest.endFeed(tx, holder)).catch(() => undefined);
}

/** When the connection to follow was made, if there is one and following it is ours for now, or for so long after. */
const takeTurn = ({ flow, tenantId, holder, pace, s }: Job, andThen = 0): Promise<Instant | null> =>
  flow.db.tenant(tenantId, async tx => {
    const connection = await connectionOf(tx);
    if (connection?.crm !== 'salesforce' || connection.state.status === 'disconnected') return null;
    const now = flow.now();
    const until = toInstant(now.getTime() + andThen + pace.lease);
    return (await s.ingest.takeFeed(tx, { holder, now: toInstant(now), until }))
      ? connection.connectedAt
      : null;
  });

/** Follows until that ends, by whatever: `idle` where there is nothing to follow, or somebody else does. */
async function attempt(job: Job): Promise<'idle' | 'ended' | 'polling'> {
  const { flow, tenantId, signal } = job;
  const connectedAt = await takeTurn(job);
  if (connectedAt === null) return 'idle';
  const endpoint = await job.endpoint();
  const ending = new AbortController();
  const either = AbortSignal.any([signal, ending.signal]);
  const watching = watch(job, connectedAt, either).finally(() => ending.abort());
  try {
    const outcome = await takeInChanges(
      flow,
      serviceScope(tenantId, 'change feed'),
      { signal: either, ...(endpoint === undefined ? {} : { endpoint }) },
      job.s,
    );
    if (outcome === 'stopped') return 'ended';
    await inTurn(job, async tx => {
      await note(job, tx, 'polling', polling(job.pace));
      await enqueue(tx, 'reconcile', {}, { key: tenantId });
    });
    return 'polling';
  } finally {
    ending.abort();
    await watching;
  }
}

/** Keeps the lease, and ends when there is nothing to follow any more: disconnected, connected anew, or taken over. */
async function watch(job: Job, connectedAt: Instant, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await sleep(job.pace.look, undefined, { signal });
      if ((await takeTurn(job)) !== connectedAt) return;
      await inTurn(job, tx => note(job, tx, 'following', 'Changes are heard of as they happen.'));
    }
  } catch (error) {
    if (!signal.aborted) log.warn({ error: String(error) }, 'following changes could not be watched');
  }
}

async function failed(job: Job, error: unknown): Promise<'failed' | 'ended'> {
  const expected = error instanceof AppError;
  // Everything is being looked for already: following goes on from now.
  if (expected && error.code === 'conflict') return 'ended';
  // It was disconnected while it was being followed.
  if (expected && error.code === 'refused') return 'ended';
  const text = expected ? error.message : 'Following changes failed unexpectedly. It is tried again.';
  log[expected ? 'warn' : 'error'](
    { error: expected ? text : error instanceof Error ? error.stack : String(error) },
    'following changes failed',
  );
  await inTurn(job, tx => note(job, tx, 'failing', text)).catch(() => undefined);
  return 'failed';
}

const inTurn = ({ flow, tenantId }: Job, work: (tx: TenantTx) => Promise<void>): Promise<void> =>
  flow.db.tenant(tenantId, work);

const note = (
  { holder, s }: Job,
  tx: TenantTx,
  status: 'following' | 'polling' | 'failing',
  text: string,
): Promise<void> => s.ingest.noteFeed(tx, holder, { status, text });

const polling = ({ poll }: Pace): string =>
  `This account tells of no changes, or does not let us follow them: they are looked for every ${Math.round(poll / 1000)} seconds.`;
