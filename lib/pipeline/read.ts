import { z } from 'zod';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { DAY_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
export type { DealRow, PipelineView } from './page-types.ts';
import type { DealRow, PipelineView } from './page-types.ts';
import { dealRowOf, dealSubject, hasFlag, openAssessor, unknownStage, type Names } from './assess.ts';
import { stageKey } from './deal-row.ts';
import { toMajor } from './money.ts';
import { listStages } from './store.ts';
import { listDeals, countMoves, listRollups } from './store-read.ts';
import { viewOf } from './view.ts';

export type { Names } from './assess.ts';

/** Days back from now that "what changed" covers. */
const CHANGE_DAYS = 30;

/** Which deals: each filter narrows. Without `stage`, `state` or `change` only open ones. */
export const DealFilter = z.object({
  stage: z.string().optional(),
  /** Id or name. */
  pipeline: z.string().optional(),
  /** Owner id; null or `none`: deals without an owner. */
  owner: z.string().nullable().optional(),
  /** A name from `DealRow.flags`, or `at-risk`. Only open deals have flags. */
  flag: z.string().optional(),
  change: z.enum(['added', 'won', 'lost', 'advanced', 'pushed']).optional(),
  state: z.enum(['open', 'won', 'lost']).optional(),
  currency: z.string().optional(),
});
export type DealFilter = z.infer<typeof DealFilter>;

const spanUntil = (now: Date): { since: Instant; until: Instant } => ({
  since: toInstant(now.getTime() - CHANGE_DAYS * DAY_MS),
  until: toInstant(now),
});

/** The manager's page. Its counts are those of `readDeals` with the filter that the number stands for. */
export async function readPipeline(tx: TenantTx, now: Date, names: Names): Promise<PipelineView> {
  const span = spanUntil(now);
  const { stages, assess } = await openAssessor(tx, now);
  const open = (await listDeals(tx, { state: 'open' })).map(assess);
  return viewOf({
    now,
    names,
    stages,
    open,
    rollups: await listRollups(tx),
    moves: await countMoves(tx, span),
    since: span.since,
  });
}

/** The deals behind a number of the page, largest first. */
export async function readDeals(
  tx: TenantTx,
  filter: DealFilter,
  now: Date,
  names: Names,
): Promise<DealRow[]> {
  const { stage, pipeline, owner, flag, change, state, currency } = filter;
  const anyState = stage !== undefined || change !== undefined;
  const deals = await listDeals(tx, {
    stageId: stage,
    pipeline,
    ownerId: owner === 'none' ? null : owner,
    state: state ?? (anyState ? undefined : 'open'),
    currency,
    movedBy: change && { what: change, ...spanUntil(now) },
  });
  const { assess } = await openAssessor(tx, now);
  const assessed = deals.map(assess);
  const wanted = flag === undefined ? assessed : assessed.filter(deal => hasFlag(deal, flag));
  return wanted.map(deal => dealRowOf(deal, names, now));
}

/** A deal in a few words: the amount in major units, null where there is none to be read. */
export interface DealLine {
  stage: string;
  state: 'open' | 'won' | 'lost';
  amount: number | null;
  currency: string;
}

/** Where these deals stand, as far as the pipeline has them. */
export async function readDealLines(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<Map<SubjectKey, DealLine>> {
  if (subjects.length === 0) return new Map();
  const stages = new Map((await listStages(tx)).map(stage => [stageKey(stage), stage.name]));
  const deals = await listDeals(tx, { recordIds: subjects.map(one => one.id) });
  return new Map(
    deals.map(deal => {
      const { amountMinor, currency, state } = deal;
      const stage = stages.get(stageKey(deal)) ?? unknownStage(deal.stageId);
      const amount = amountMinor === null ? null : toMajor(amountMinor, currency);
      return [subjectKey(dealSubject(deal)), { stage, state, amount, currency }];
    }),
  );
}
