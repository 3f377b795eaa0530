import type { Clock } from '#lib/core/time.ts';
import type { Db } from '#lib/platform/db.ts';
import type { connectModel } from '#lib/platform/llm.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import type { PolicySet } from './policy/policy.ts';

/** What a flow needs from the process that it runs in. */
export interface Flow {
  readonly db: Db;
  readonly now: Clock;
  /** null: no language model is connected. */
  readonly model: ReturnType<typeof connectModel>;
  readonly sealingKey: SealingKey;
  /** How long a record must be quiet before a change to it is acted upon. */
  readonly settleMs: number;
}

/** Files that come with the product, read at the start: a bundler does not carry them to the pages. */
export interface Shipped {
  readonly policySet: PolicySet;
}
