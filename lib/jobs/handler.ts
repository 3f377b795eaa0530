import type { Scope } from '#lib/core/scope.ts';
import type { Flow } from '#lib/flow.ts';
import type { JobInput, JobName } from './define.ts';

/** One small file a job: what it does, and what it leaves behind for a person when it is given up. */
export interface Handler<N extends JobName> {
  run(flow: Flow, scope: Scope, input: JobInput<N>): Promise<void>;
  /** The same for many of one tenant in one go, where that is cheaper; when it fails, each is run by itself. */
  runMany?(flow: Flow, scope: Scope, inputs: JobInput<N>[]): Promise<void>;
  giveUp?(flow: Flow, scope: Scope, input: JobInput<N>, reason: string): Promise<void>;
  /** How many are fetched at once (1): with more, a backlog is worked off without waiting for the next poll. */
  batch?: number;
}
