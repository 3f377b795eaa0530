import { eq, inArray, sql } from 'drizzle-orm';
import { dealChanges, dealRollups, deals, dealSpells, pipelineStages } from '#drizzle/schema/pipeline.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { DealFacts } from './deal-facts.ts';
import { stageKey, type Bucket } from './deal-row.ts';
import type { StoredDeal } from './store-types.ts';
import type { StageFacts } from './stage-facts.ts';

/** Rows in one statement: below Postgres's limit of 65,535 parameters. */
const CHUNK = 1000;

async function inChunks<T>(rows: readonly T[], write: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) await write(rows.slice(from, from + CHUNK));
}

/** One refresh of a tenant at a time: two that change the same deal would both count from the same old row. */
export const lockPipeline = async (tx: TenantTx): Promise<void> => {
  await tx.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`pipeline ${tx.tenantId}`}, 0))`);
};

/** Stages that the CRM no longer names stay: closed deals still stand in them. */
export async function saveStages(tx: TenantTx, stages: readonly StageFacts[]): Promise<void> {
  const { tenantId, crm, pipelineId, stageId } = pipelineStages;
  const unique = new Map(stages.map(stage => [stageKey(stage), stage]));
  await inChunks([...unique.values()], chunk =>
    tx.sql
      .insert(pipelineStages)
      .values(chunk.map(stage => ({ tenantId: tx.tenantId, ...stage })))
      .onConflictDoUpdate({
        target: [tenantId, crm, pipelineId, stageId],
        set: {
          pipelineName: sql`excluded.pipeline_name`,
          name: sql`excluded.name`,
          position: sql`excluded.position`,
          probabilityBp: sql`excluded.probability_bp`,
          closed: sql`excluded.closed`,
          won: sql`excluded.won`,
        },
      }),
  );
}

/** Deals follow when the CRM says otherwise of their stage. */
export const restateDeals = async (tx: TenantTx): Promise<void> => {
  await tx.sql.execute(sql`
    update deals d set state = s.state, closed_at = case when s.state = 'open' then null else d.stage_since end
    from (
      select crm, pipeline_id, stage_id, case when won then 'won' when closed then 'lost' else 'open' end as state
      from pipeline_stages
    ) s
    where d.crm = s.crm and d.pipeline_id = s.pipeline_id and d.stage_id = s.stage_id and d.state <> s.state`);
};

export async function listStages(tx: TenantTx): Promise<StageFacts[]> {
  const rows = await tx.sql
    .select()
    .from(pipelineStages)
    .orderBy(
      pipelineStages.crm,
      pipelineStages.pipelineName,
      pipelineStages.pipelineId,
      pipelineStages.position,
    );
  return rows.map(({ tenantId: _, ...stage }) => stage);
}

export async function listDealsById(tx: TenantTx, ids: readonly string[]): Promise<StoredDeal[]> {
  const found: StoredDeal[] = [];
  await inChunks(ids, async chunk => {
    const rows = await tx.sql.select().from(deals).where(inArray(deals.recordId, chunk));
    found.push(...rows.map(({ tenantId: _, ...deal }) => deal));
  });
  return found;
}

/** Puts deals, their movements and their stays in stages in place of what was stored of them. */
export async function replaceDeals(
  tx: TenantTx,
  crm: string,
  rows: readonly StoredDeal[],
  facts: readonly DealFacts[],
): Promise<void> {
  const { tenantId } = tx;
  await inChunks(
    rows.map(row => row.recordId),
    async ids => {
      for (const table of [deals, dealChanges, dealSpells])
        await tx.sql.delete(table).where(sql`${eq(table.crm, crm)} and ${inArray(table.recordId, ids)}`);
    },
  );
  await inChunks(rows, chunk => tx.sql.insert(deals).values(chunk.map(row => ({ tenantId, ...row }))));
  const changes = facts.flatMap(({ recordId, movements }) =>
    movements.map(({ kind, at, from, to }) => ({
      tenantId,
      crm,
      recordId,
      kind,
      at,
      fromValue: from,
      toValue: to,
    })),
  );
  await inChunks(changes, chunk => tx.sql.insert(dealChanges).values(chunk));
  const spells = facts.flatMap(({ recordId, spells }) =>
    spells.map(spell => ({ tenantId, crm, recordId, ...spell })),
  );
  await inChunks(spells, chunk => tx.sql.insert(dealSpells).values(chunk));
}

/** Adds to the totals, and takes away those of which nothing is left. */
export async function addToRollups(tx: TenantTx, buckets: readonly Bucket[]): Promise<void> {
  if (buckets.length === 0) return;
  const { tenantId, crm, pipelineId, stageId, ownerId, currency, count, missingAmount, amountMinor } =
    dealRollups;
  await inChunks(buckets, chunk =>
    tx.sql
      .insert(dealRollups)
      .values(chunk.map(bucket => ({ tenantId: tx.tenantId, ...bucket })))
      .onConflictDoUpdate({
        target: [tenantId, crm, pipelineId, stageId, ownerId, currency],
        set: {
          count: sql`${count} + excluded.count`,
          missingAmount: sql`${missingAmount} + excluded.missing_amount`,
          amountMinor: sql`${amountMinor} + excluded.amount_minor`,
        },
      }),
  );
  await tx.sql.delete(dealRollups).where(eq(count, 0));
}
