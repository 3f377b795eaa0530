import { and, eq, ne, sql } from 'drizzle-orm';
import { writes } from '#drizzle/schema/writeback.ts';
import type { Receipt } from '#lib/core/answer.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export type Write = typeof writes.$inferSelect;
export type WriteKey = Pick<Write, 'changeId' | 'direction'>;

const ofKey = (tx: TenantTx, { changeId, direction }: WriteKey) =>
  and(eq(writes.tenantId, tx.tenantId), eq(writes.changeId, changeId), eq(writes.direction, direction));

/** Reserves a write, or counts another attempt at one that is not done. One that is done comes back as it is. */
export async function reserveWrite(
  tx: TenantTx,
  key: WriteKey & { decisionId: string },
  reservedAt: Instant,
): Promise<Write> {
  const [row] = await tx.sql
    .insert(writes)
    .values({ tenantId: tx.tenantId, ...key, state: 'reserved', attempts: 1, reservedAt })
    .onConflictDoUpdate({
      target: [writes.tenantId, writes.changeId, writes.direction],
      set: { state: 'reserved', attempts: sql`${writes.attempts} + 1`, problem: null },
      setWhere: ne(writes.state, 'done'),
    })
    .returning();
  return row ?? loadWrite(tx, key);
}

async function loadWrite(tx: TenantTx, key: WriteKey): Promise<Write> {
  const [row] = await tx.sql.select().from(writes).where(ofKey(tx, key));
  if (row === undefined) throw new Error(`write ${key.changeId} (${key.direction}) vanished`);
  return row;
}

type Values = Record<string, string | null>;

/** Keeps what fields held before we change them, and answers with what is kept: the first memory stays. */
export async function rememberBefore(tx: TenantTx, key: WriteKey, before: Values): Promise<Values> {
  await tx.sql
    .update(writes)
    .set({ before: sql`coalesce(${writes.before}, ${JSON.stringify(before)}::jsonb)` })
    .where(ofKey(tx, key));
  return (await loadWrite(tx, key)).before ?? before;
}

/** What an attempt at this write found before it wrote; null when none got that far. */
export const recallBefore = async (tx: TenantTx, key: WriteKey): Promise<Values | null> =>
  (await loadWrite(tx, key)).before;

/** Keeps the CRM's confirmation and answers with it, or with the one that another attempt brought first. */
export async function settleWrite(tx: TenantTx, key: WriteKey, receipt: Receipt): Promise<Receipt> {
  await tx.sql
    .update(writes)
    .set({ state: 'done', receipt, problem: null, settledAt: receipt.at })
    .where(and(ofKey(tx, key), ne(writes.state, 'done')));
  return (await loadWrite(tx, key)).receipt ?? receipt;
}

/** Notes why a write did not happen; `refused` when another attempt would meet the same. */
export async function noteProblem(
  tx: TenantTx,
  key: WriteKey,
  problem: { state: 'reserved' | 'refused'; text: string; at: Instant },
): Promise<void> {
  await tx.sql
    .update(writes)
    .set({
      state: problem.state,
      problem: problem.text,
      settledAt: problem.state === 'refused' ? problem.at : null,
    })
    .where(and(ofKey(tx, key), ne(writes.state, 'done')));
}
