import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { DealFacts } from './deal-facts.ts';
import { bucketChanges, rowOf, stageKey } from './deal-row.ts';
import type { StageFacts } from './stage-facts.ts';
import {
  addToRollups,
  listDealsById,
  listStages,
  lockPipeline,
  replaceDeals,
  restateDeals,
  saveStages,
} from './store.ts';

export { erase } from './store-erase.ts';
export { dealFactsFrom, type DealFacts } from './deal-facts.ts';
export { stageFactsFrom, type StageFacts } from './stage-facts.ts';

/**
 * Brings deals and stages of the pipeline page up to date, and the totals by what that changes: the same deals again
 * change nothing. `homeCurrency` is what a deal without a currency is in, USD unless said otherwise. Open, won or lost
 * is what the deal's stage says.
 */
export async function refresh(
  tx: TenantTx,
  input: { deals: readonly DealFacts[]; stages?: readonly StageFacts[]; homeCurrency?: string },
  now: Date,
): Promise<void> {
  await lockPipeline(tx);
  if (input.stages && input.stages.length > 0) {
    await saveStages(tx, input.stages);
    await restateDeals(tx);
  }
  const stages = new Map((await listStages(tx)).map(stage => [stageKey(stage), stage]));
  const homeCurrency = input.homeCurrency ?? 'USD';
  for (const [crm, ofCrm] of Map.groupBy(input.deals, deal => deal.crm)) {
    const facts = [...new Map(ofCrm.map(deal => [deal.recordId, deal])).values()];
    const before = await listDealsById(
      tx,
      facts.map(deal => deal.recordId),
    );
    const after = facts.map(deal =>
      rowOf(deal, { stage: stages.get(stageKey(deal)), homeCurrency, at: toInstant(now) }),
    );
    await replaceDeals(tx, crm, after, facts);
    await addToRollups(
      tx,
      bucketChanges(
        before.filter(deal => deal.crm === crm),
        after,
      ),
    );
  }
}
