import type { Instant } from '#lib/core/time.ts';
import type { DealFacts } from './deal-facts.ts';
import { NO_CURRENCY, readCurrency, toMinor } from './money.ts';
import type { StageFacts } from './stage-facts.ts';
import type { StoredDeal } from './store-types.ts';

export const stageKey = (deal: { crm: string; pipelineId: string; stageId: string }): string =>
  [deal.crm, deal.pipelineId, deal.stageId].join('\n');

/** In a stage that the CRM does not define (any more) a deal counts as open, and is flagged. */
export const stateIn = (stage: StageFacts | undefined): 'open' | 'won' | 'lost' =>
  stage?.closed ? (stage.won ? 'won' : 'lost') : 'open';

export function rowOf(
  facts: DealFacts,
  { stage, homeCurrency, at }: { stage: StageFacts | undefined; homeCurrency: string; at: Instant },
): StoredDeal {
  const { amount, movements: _, spells: __, ...deal } = facts;
  const currency = deal.currency ?? readCurrency(homeCurrency);
  const amountMinor = amount === null ? null : toMinor(amount, currency);
  const state = stateIn(stage);
  return {
    ...deal,
    currency,
    amountMinor,
    state,
    closedAt: state === 'open' ? null : deal.stageSince,
    problems: [
      ...deal.problems,
      ...(amount !== null && amountMinor === null ? ['unreadable-amount'] : []),
      ...(amountMinor !== null && amountMinor < 0 ? ['negative-amount'] : []),
      ...(currency === NO_CURRENCY && deal.currency === null ? ['unknown-currency'] : []),
    ],
    refreshedAt: at,
  };
}

/** A bucket of `deal_rollups` with what is to be added to it. */
export interface Bucket {
  crm: string;
  pipelineId: string;
  stageId: string;
  /** '' for deals without an owner. */
  ownerId: string;
  currency: string;
  count: number;
  missingAmount: number;
  amountMinor: number;
}

/** What turns the totals of the old rows into those of the new ones, in the order of their keys. */
export function bucketChanges(before: readonly StoredDeal[], after: readonly StoredDeal[]): Bucket[] {
  const buckets = new Map<string, Bucket>();
  const add = (deal: StoredDeal, sign: 1 | -1) => {
    if (deal.archived) return;
    const { crm, pipelineId, stageId, currency } = deal;
    const ownerId = deal.ownerId ?? '';
    const key = [crm, pipelineId, stageId, ownerId, currency].join('\n');
    const empty = { crm, pipelineId, stageId, ownerId, currency, count: 0, missingAmount: 0, amountMinor: 0 };
    const bucket = buckets.get(key) ?? empty;
    bucket.count += sign;
    bucket.missingAmount += deal.amountMinor === null ? sign : 0;
    bucket.amountMinor += sign * (deal.amountMinor ?? 0);
    buckets.set(key, bucket);
  };
  for (const deal of before) add(deal, -1);
  for (const deal of after) add(deal, 1);
  return [...buckets.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, bucket]) => bucket)
    .filter(bucket => bucket.count !== 0 || bucket.missingAmount !== 0 || bucket.amountMinor !== 0);
}
