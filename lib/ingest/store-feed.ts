import { and, eq, sql } from 'drizzle-orm';
import { changeFeeds, syncStates, type FeedState } from '#drizzle/schema/ingest.ts';
import type { Crm } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { feedRow } from './feed-row.ts';

/** The place up to which a CRM's change feed has been taken in; null before the first time. */
export async function loadReplay(tx: TenantTx, crm: Crm): Promise<string | null> {
  const [row] = await tx.sql
    .select({ cursor: syncStates.cursor })
    .from(syncStates)
    .where(
      and(eq(syncStates.tenantId, tx.tenantId), eq(syncStates.crm, crm), eq(syncStates.object, feedRow)),
    );
  return row?.cursor ?? null;
}

/** Keeps the place, in the transaction that takes in what lies before it. */
export async function saveReplay(
  tx: TenantTx,
  crm: Crm,
  { replayId, at, problem }: { replayId: string | null; at: Instant; problem: string | null },
): Promise<void> {
  const set = { cursor: replayId, lastAt: at, problem };
  const first = { done: true, records: 0, modifiedUpTo: null };
  await tx.sql
    .insert(syncStates)
    .values({ tenantId: tx.tenantId, crm, object: feedRow, ...first, ...set })
    .onConflictDoUpdate({ target: [syncStates.tenantId, syncStates.crm, syncStates.object], set });
}

/** Takes or renews the lease of following, where nobody else holds it. Says whether it is the caller's now. */
export async function takeFeed(
  tx: TenantTx,
  { holder, now, until }: { holder: string; now: Instant; until: Instant },
): Promise<boolean> {
  const taken = await tx.sql
    .insert(changeFeeds)
    .values({ tenantId: tx.tenantId, holder, until })
    .onConflictDoUpdate({
      target: changeFeeds.tenantId,
      set: { holder, until },
      setWhere: sql`${changeFeeds.holder} is null or ${changeFeeds.holder} = ${holder} or ${changeFeeds.until} <= ${now}`,
    })
    .returning({ holder: changeFeeds.holder });
  return taken.length > 0;
}

/** Gives the lease back, if it is still the caller's. */
export async function endFeed(tx: TenantTx, holder: string): Promise<void> {
  await tx.sql.update(changeFeeds).set({ holder: null, until: null }).where(heldBy(tx, holder));
}

/** Notes how following goes, if the lease is still the caller's. */
export async function noteFeed(tx: TenantTx, holder: string, state: FeedState): Promise<void> {
  await tx.sql.update(changeFeeds).set({ state }).where(heldBy(tx, holder));
}

const heldBy = (tx: TenantTx, holder: string) =>
  and(eq(changeFeeds.tenantId, tx.tenantId), eq(changeFeeds.holder, holder));
