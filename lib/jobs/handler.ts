import type { Scope } from '#lib/core/scope.ts';
import type { Flow } from '#lib/flow.ts';
import type { JobInput, JobName } from './define.ts';

/** One small file a job: what it does, and what it leaves behind for a person when it is given up. */
export interface Handler<N extends JobName> {
  run(flow: Flow, scope: Scope, input: JobInput<N>): Promise<void>;
  giveUp?(flow: Flow, scope: Scope, input: JobInput<N>, reason: string): Promise<void>;
  /** How many of them one process works on side by side. */
  concurrency?: number;
}

