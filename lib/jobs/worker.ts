import type { JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { AppError, isRetryable } from '#lib/core/errors.ts';
import { serviceScope, type Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Flow } from '#lib/flow.ts';
import { log } from '#lib/platform/log.ts';
import { applyJob } from './apply.ts';
import { backfillJob } from './backfill.ts';
import { decideJob } from './decide.ts';
import { jobInputs, type JobInput, type JobName } from './define.ts';
import type { Handler } from './handler.ts';
import { expireJob } from './expire.ts';
import { reconcileJob } from './reconcile.ts';
import { runJob } from './run.ts';
import { sequenceJob } from './sequence.ts';
import { settleJob } from './settle.ts';
import { reportFailure } from './store.ts';
import { trainJob } from './train.ts';

const handlers: { [N in JobName]: Handler<N> } = {
  apply: applyJob,
  backfill: backfillJob,
  decide: decideJob,
  expire: expireJob,
  reconcile: reconcileJob,
  run: runJob,
  sequence: sequenceJob,
  settle: settleJob,
  train: trainJob,
};

/** Works on all queues until the queue is stopped. */
export async function startWorker(boss: PgBoss, flow: Flow): Promise<void> {
  const start = async <N extends JobName>(name: N): Promise<void> => {
    const handler = handlers[name];
    await boss.work(
      name,
      {
        batchSize: 1,
        includeMetadata: true,
        localConcurrency: handler.concurrency ?? 1,
        // A job that was sent for later announces itself only when it is sent, so the poll must be short.
        notifyPollingIntervalSeconds: 1,
        pollingIntervalSeconds: 1,
      },
      async (jobs: JobWithMetadata<unknown>[]) => {
        for (const job of jobs) await work(flow, name, handler, job);
      },
    );
  };
  for (const name of Object.keys(jobInputs) as JobName[]) await start(name);
}

async function work<N extends JobName>(
  flow: Flow,
  name: N,
  handler: Handler<N>,
  job: JobWithMetadata<unknown>,
): Promise<void> {
  const { tenantId, input: raw } = z.object({ tenantId: z.string(), input: z.unknown() }).parse(job.data);
  const input = jobInputs[name].parse(raw) as JobInput<N>;
  const scope = serviceScope(tenantId);
  try {
    await handler.run(flow, scope, input);
  } catch (error) {
    const expected = error instanceof AppError;
    const last = job.retryCount >= job.retryLimit || (expected && !isRetryable(error));
    log[expected ? 'warn' : 'error'](
      {
        job: name,
        id: job.id,
        attempt: job.retryCount + 1,
        last,
        error: expected ? error.message : stackOf(error),
      },
      'job failed',
    );
    if (!last) throw error;
    const reason = expected ? error.message : `Something unexpected went wrong (job ${job.id}).`;
    await handler.giveUp?.(flow, scope, input, reason);
    await flow.db.tenant(tenantId, tx =>
      reportFailure(tx, { at: toInstant(flow.now()), what: name, where: `job ${job.id}`, text: reason }),
    );
  }
}

const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
