import { and, eq, inArray, sql, type SQL } from 'drizzle-orm';
import { deals, dealRollups } from '#drizzle/schema/pipeline.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import type { StoredDeal } from './store-types.ts';
import type { StageNorm } from './risk.ts';

export interface DealQuery {
  stageId?: string | undefined;
  /** Id or name. */
  pipeline?: string | undefined;
  /** null: deals without an owner. */
  ownerId?: string | null | undefined;
  state?: StoredDeal['state'] | undefined;
  currency?: string | undefined;
  recordIds?: readonly string[] | undefined;
  movedBy?: { what: MoveKind; since: Instant; until: Instant } | undefined;
}
export type MoveKind = 'added' | 'won' | 'lost' | 'advanced' | 'pushed';

/** Deals that are not archived, largest amount first. */
export async function listDeals(tx: TenantTx, query: DealQuery): Promise<StoredDeal[]> {
  const { stageId, pipeline, ownerId, state, currency, recordIds, movedBy } = query;
  const rows = await tx.sql
    .select()
    .from(deals)
    .where(
      and(
        eq(deals.archived, false),
        stageId === undefined ? undefined : eq(deals.stageId, stageId),
        pipeline === undefined
          ? undefined
          : sql`(${deals.pipelineId} = ${pipeline} or exists (select 1 from pipeline_stages s
              where s.crm = ${deals.crm} and s.pipeline_id = ${deals.pipelineId} and s.pipeline_name = ${pipeline}))`,
        ownerId === undefined ? undefined : sql`coalesce(${deals.ownerId}, '') = ${ownerId ?? ''}`,
        state === undefined ? undefined : eq(deals.state, state),
        currency === undefined ? undefined : eq(deals.currency, currency),
        recordIds === undefined ? undefined : inArray(deals.recordId, [...recordIds]),
        movedBy === undefined
          ? undefined
          : // As an array, since the planner may work out a joined subquery anew for each deal.
            sql`${deals.crm} || ':' || ${deals.recordId} = any(array(
              select m.crm || ':' || m.record_id from (${moves(movedBy)}) m where m.what = ${movedBy.what}))`,
      ),
    )
    .orderBy(sql`${deals.amountMinor} desc nulls last, ${deals.name}, ${deals.recordId}`);
  return rows.map(({ tenantId: _, ...deal }) => deal);
}

/**
 * What movements of a time span were, told by the stages as they are now defined. Setting the date on closing is no
 * push. Look-ups row by row, so that the indexes are used whatever the planner knows of the tables.
 */
const moves = ({ since, until }: { since: Instant; until: Instant }): SQL => sql`
  select distinct c.crm, c.record_id, d.owner_id, d.currency, d.amount_minor, case
    when c.kind = 'added' then 'added'
    when c.kind = 'close-date' and left(c.to_value, 10) > left(c.from_value, 10)
      and (d.closed_at is null or c.at < d.closed_at - interval '1 minute') then 'pushed'
    when c.kind = 'stage' and t.won then 'won'
    when c.kind = 'stage' and t.closed then 'lost'
    when c.kind = 'stage' and not f.closed and f.position < t.position then 'advanced'
  end as what
  from deal_changes c
  cross join lateral (
    select d.pipeline_id, d.owner_id, d.currency, d.amount_minor, d.closed_at from deals d
    where d.crm = c.crm and d.record_id = c.record_id and not d.archived limit 1
  ) d
  left join lateral (${stageNamed('c.from_value')}) f on true
  left join lateral (${stageNamed('c.to_value')}) t on true
  where c.at >= ${since}::timestamptz and c.at <= ${until}::timestamptz`;

const stageNamed = (column: string): SQL => sql`
  select s.closed, s.won, s.position from pipeline_stages s
  where c.kind = 'stage' and s.crm = c.crm and s.pipeline_id = d.pipeline_id and s.stage_id = ${sql.raw(column)}
  limit 1`;

export interface MoveTotal {
  what: MoveKind;
  ownerId: string | null;
  currency: string;
  count: number;
  amountMinor: number;
}

/** How many deals moved in a time span, with what they are worth now. */
export async function countMoves(
  tx: TenantTx,
  span: { since: Instant; until: Instant },
): Promise<MoveTotal[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select m.what, m.owner_id, m.currency, count(*)::int as count, coalesce(sum(m.amount_minor), 0)::text as amount
        from (${moves(span)}) m where m.what is not null group by 1, 2, 3`,
  );
  return rows.map(row => ({
    what: row['what'] as MoveKind,
    ownerId: row['owner_id'] as string | null,
    currency: row['currency'] as string,
    count: Number(row['count']),
    amountMinor: Number(row['amount']),
  }));
}

export const listRollups = (tx: TenantTx) => tx.sql.select().from(dealRollups);

/** What was usual in each stage for won deals. */
export async function readStageNorms(tx: TenantTx): Promise<Map<string, StageNorm>> {
  const rows = await rowsOf(
    tx.sql,
    sql`select s.stage_id, count(*)::int as stays,
        percentile_cont(0.8) within group (order by extract(epoch from s.left_at - s.entered_at) / 86400)::float8 as days80,
        count(s.silence_hours)::int as talks,
        percentile_cont(0.8) within group (order by s.silence_hours)::float8 / 24 as silence80
      from deal_spells s
      cross join lateral (
        select 1 from deals d
        where d.crm = s.crm and d.record_id = s.record_id and d.state = 'won' and not d.archived limit 1
      ) won
      where s.left_at is not null group by s.stage_id`,
  );
  return new Map(
    rows.map(row => [
      row['stage_id'] as string,
      {
        stays: Number(row['stays']),
        days80: Number(row['days80']),
        talks: Number(row['talks']),
        silence80: Number(row['silence80'] ?? 0),
      },
    ]),
  );
}

/** Median amount of open deals in minor units, by currency. */
export async function readMedianAmounts(tx: TenantTx): Promise<Map<string, number>> {
  const rows = await rowsOf(
    tx.sql,
    sql`select currency, percentile_cont(0.5) within group (order by amount_minor)::float8 as median
        from deals where state = 'open' and not archived and amount_minor is not null group by currency`,
  );
  return new Map(rows.map(row => [row['currency'] as string, Math.round(Number(row['median']))]));
}
