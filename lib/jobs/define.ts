import { z } from 'zod';
import { Trigger } from '#lib/core/decision.ts';
import { Actor } from '#lib/core/scope.ts';
import { Subject } from '#lib/core/subject.ts';
import type { EnqueueOptions, TenantTx } from '#lib/platform/db.ts';

/** What each job is told, besides its tenant. The queue only delivers it: rows say what is still to do. */
export const jobInputs = {
  backfill: z.object({}),
  reconcile: z.object({}),
  settle: Subject,
  train: z.object({}),
  run: z.object({ reason: z.string() }),
  decide: Trigger,
  apply: z.object({ decisionId: z.string() }),
  undo: z.object({ decisionId: z.string(), by: Actor }),
  sequence: z.object({}),
  expire: z.object({}),
  erase: z.object({}),
  'write-scores': z.object({}),
  'seal-old': z.object({}),
  'find-duplicates': z.object({}),
} as const satisfies Record<string, z.ZodType>;

export type JobName = keyof typeof jobInputs;
export type JobInput<N extends JobName> = z.infer<(typeof jobInputs)[N]>;

/** Sends a job in the transaction that makes it necessary: both commit, or neither. */
export const enqueue = <N extends JobName>(
  tx: TenantTx,
  name: N,
  input: JobInput<N>,
  options?: EnqueueOptions,
): Promise<void> => tx.enqueue(name, { tenantId: tx.tenantId, input }, options);
