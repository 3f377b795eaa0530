import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { AccountGraph, BuyingGroup, Contradiction, GraphChange } from './graph-shapes.ts';
import { changesIn } from './read-changes.ts';
import { graphIn, groupIn } from './read-graph.ts';
import { readScene } from './read-scene.ts';
import { contradictionsIn } from './relate/contradictions.ts';

/** What a page shows of an account. */
export interface AccountReading {
  graph: AccountGraph;
  group: BuyingGroup;
  contradictions: Contradiction[];
  /** What was learnt after `since`. */
  changes: GraphChange[];
}

/**
 * `accountGraph`, `buyingGroup`, `contradictions` and `changedSince` of an account, from one reading of what is around it.
 * Throws AppError('not_found').
 */
export async function readAccount(
  tx: TenantTx,
  account: Subject,
  { asOf, since }: { asOf: Instant; since: Instant },
): Promise<AccountReading> {
  const scene = await readScene(tx, account, asOf);
  return {
    graph: await graphIn(tx, scene),
    group: groupIn(scene),
    contradictions: contradictionsIn(scene, scene.center),
    changes: await changesIn(tx, scene, since),
  };
}
