import type { QualityFlag } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { assembleFacts } from './assemble-facts.ts';
import { gatherAround } from './gather-around.ts';

/** What is odd about what is known of a record, its activities and its owner. Nothing of one that is not known. */
export async function flagsAbout(tx: TenantTx, subject: Subject, asOf: Instant): Promise<QualityFlag[]> {
  const around = await gatherAround(tx, [subject], { asOf, view: 'as-learnt' });
  return assembleFacts(around, asOf)[0]?.flags ?? [];
}
