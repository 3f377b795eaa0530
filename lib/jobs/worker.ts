import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { AppError, isRetryable } from '#lib/core/errors.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Flow } from '#lib/flow.ts';
import { log, traceOf } from '#lib/platform/log.ts';
import { applyJob } from './apply.ts';
import { backfillJob } from './backfill.ts';
import { decideJob } from './decide.ts';
import { jobInputs, type JobInput, type JobName } from './define.ts';
import type { Handler } from './handler.ts';
import { eraseJob } from './erase.ts';
import { expireJob } from './expire.ts';
import { findDuplicatesJob } from './find-duplicates.ts';
import { reconcileJob } from './reconcile.ts';
import { runJob } from './run.ts';
import { sealOldJob } from './seal-old.ts';
import { sequenceJob } from './sequence.ts';
import { settleJob } from './settle.ts';
import { reportFailure, resolveFailures } from './store.ts';
import { trainJob } from './train.ts';
import { undoJob } from './undo.ts';
import { writeScoresJob } from './write-scores.ts';

const handlers: { [N in JobName]: Handler<N> } = {
  apply: applyJob,
  backfill: backfillJob,
  decide: decideJob,
  erase: eraseJob,
  expire: expireJob,
  'find-duplicates': findDuplicatesJob,
  reconcile: reconcileJob,
  run: runJob,
  'seal-old': sealOldJob,
  sequence: sequenceJob,
  settle: settleJob,
  train: trainJob,
  undo: undoJob,
  'write-scores': writeScoresJob,
};

/** Work on a tenant as a whole: one that succeeds makes good the ones that failed. */
const wholeTenant: ReadonlySet<JobName> = new Set([
  'backfill',
  'reconcile',
  'train',
  'run',
  'sequence',
  'erase',
  'expire',
  'write-scores',
  'seal-old',
  'find-duplicates',
]);

/** Works on all queues until the queue is stopped. */
export async function startWorker(boss: PgBoss, flow: Flow): Promise<void> {
  const start = async <N extends JobName>(name: N): Promise<void> => {
    const handler = handlers[name];
    await boss.work(
      name,
      {
        batchSize: handler.batch ?? 1,
        burstWhenBatchFull: true,
        includeMetadata: true,
        perJobResults: true,
        // A job that was sent for later announces itself only when it is sent, so the poll must be short.
        notifyPollingIntervalSeconds: 1,
        pollingIntervalSeconds: 1,
      },
      (jobs: JobWithMetadata<unknown>[]) => workBatch(flow, name, handler, jobs),
    );
  };
  for (const name of Object.keys(jobInputs) as JobName[]) await start(name);
}

interface Parsed<N extends JobName> {
  job: JobWithMetadata<unknown>;
  tenantId: string;
  input: JobInput<N>;
}

async function workBatch<N extends JobName>(
  flow: Flow,
  name: N,
  handler: Handler<N>,
  jobs: JobWithMetadata<unknown>[],
): Promise<JobResult[]> {
  const results: JobResult[] = [];
  const parsed: Parsed<N>[] = [];
  for (const job of jobs) {
    const one = readJob(name, job);
    if (one) parsed.push(one);
    else results.push({ id: job.id, status: await setAside(flow, name, job) });
  }
  for (const [tenantId, group] of Map.groupBy(parsed, one => one.tenantId)) {
    if (group.length > 1 && (await doneAtOnce(flow, tenantId, handler, group)))
      results.push(...group.map(({ job }) => ({ id: job.id, status: 'completed' as const })));
    else
      for (const one of group) results.push({ id: one.job.id, status: await work(flow, name, handler, one) });
  }
  return results;
}

const ofTenant = z.object({ tenantId: z.string() });

/** Null for a job that another version sent and this one cannot read. */
function readJob<N extends JobName>(name: N, job: JobWithMetadata<unknown>): Parsed<N> | null {
  const data = ofTenant.extend({ input: z.unknown() }).safeParse(job.data);
  const input = jobInputs[name].safeParse(data.data?.input);
  return data.success && input.success
    ? { job, tenantId: data.data.tenantId, input: input.data as JobInput<N> }
    : null;
}

/** What cannot be read must not hold up the jobs that were fetched with it. */
async function setAside(flow: Flow, name: JobName, job: JobWithMetadata<unknown>): Promise<'completed'> {
  log.error({ job: name, id: job.id }, 'job cannot be read');
  const tenant = ofTenant.safeParse(job.data);
  if (tenant.success)
    await report(flow, tenant.data.tenantId, { name, job, text: 'The job cannot be read by this version.' });
  return 'completed';
}

const report = (
  flow: Flow,
  tenantId: string,
  { name, job, text }: { name: JobName; job: JobWithMetadata<unknown>; text: string },
): Promise<void> =>
  flow.db.tenant(tenantId, tx =>
    reportFailure(tx, { at: toInstant(flow.now()), what: name, where: `job ${job.id}`, text }),
  );

/** False where the handler cannot, or something in the batch failed: then each is tried alone, and says its own trouble. */
async function doneAtOnce<N extends JobName>(
  flow: Flow,
  tenantId: string,
  handler: Handler<N>,
  group: readonly Parsed<N>[],
): Promise<boolean> {
  if (!handler.runMany) return false;
  try {
    await handler.runMany(
      flow,
      serviceScope(tenantId),
      group.map(one => one.input),
    );
    return true;
  } catch (error) {
    log.warn(
      { error: error instanceof AppError ? error.message : traceOf(error) },
      'a batch failed; one by one now',
    );
    return false;
  }
}

async function work<N extends JobName>(
  flow: Flow,
  name: N,
  handler: Handler<N>,
  { job, tenantId, input }: Parsed<N>,
): Promise<'completed' | 'failed'> {
  const scope = serviceScope(tenantId);
  try {
    await handler.run(flow, scope, input);
    if (wholeTenant.has(name))
      await flow.db.tenant(tenantId, tx => resolveFailures(tx, name, toInstant(flow.now())));
    return 'completed';
  } catch (error) {
    const expected = error instanceof AppError;
    const last = job.retryCount >= job.retryLimit || (expected && !isRetryable(error));
    log[expected ? 'warn' : 'error'](
      {
        job: name,
        id: job.id,
        attempt: job.retryCount + 1,
        last,
        error: expected ? error.message : traceOf(error),
      },
      'job failed',
    );
    if (!last) return 'failed';
    const reason = expected ? error.message : `Something unexpected went wrong (job ${job.id}).`;
    await report(flow, tenantId, { name, job, text: reason });
    await handler.giveUp?.(flow, scope, input, reason).catch((second: unknown) => {
      log.error({ job: name, id: job.id, error: traceOf(second) }, 'giving a job up failed');
    });
    return 'completed'; // it was given up, with word left for a person; another delivery would say the same
  }
}
