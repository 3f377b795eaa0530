import { and, asc, count, desc, eq, isNotNull } from 'drizzle-orm';
import { writes, writtenScores } from '#drizzle/schema/writeback.ts';
import type { Receipt } from '#lib/core/answer.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** One change on its way into the CRM or out of it again. */
export interface WriteState {
  changeId: string;
  direction: 'apply' | 'undo';
  state: 'reserved' | 'done' | 'refused';
  attempts: number;
  problem: string | null;
  receipt: Receipt | null;
  reservedAt: Instant;
}

/** Every write of a decision, in the order in which they were begun. */
export async function writesOf(tx: TenantTx, decisionId: string): Promise<WriteState[]> {
  const rows = await tx.sql
    .select()
    .from(writes)
    .where(and(eq(writes.tenantId, tx.tenantId), eq(writes.decisionId, decisionId)))
    .orderBy(asc(writes.reservedAt), asc(writes.direction), asc(writes.changeId));
  return rows.map(({ changeId, direction, state, attempts, problem, receipt, reservedAt }) => ({
    changeId,
    direction,
    state,
    attempts,
    problem,
    receipt,
    reservedAt,
  }));
}

/** What the CRM confirmed of a decision's changes; what was taken back again is in `undoReceiptsOf`. */
export const receiptsOf = (tx: TenantTx, decisionId: string): Promise<Receipt[]> =>
  confirmed(tx, decisionId, 'apply');

export const undoReceiptsOf = (tx: TenantTx, decisionId: string): Promise<Receipt[]> =>
  confirmed(tx, decisionId, 'undo');

async function confirmed(tx: TenantTx, decisionId: string, direction: 'apply' | 'undo'): Promise<Receipt[]> {
  const all = await writesOf(tx, decisionId);
  return all.flatMap(write => (write.direction === direction && write.receipt ? [write.receipt] : []));
}

/** How many scores the CRM did not take, and its words on the last of them; null: it took all. */
export async function refusedScores(tx: TenantTx): Promise<{ count: number; words: string } | null> {
  const refused = and(eq(writtenScores.tenantId, tx.tenantId), isNotNull(writtenScores.problem));
  const [last] = await tx.sql
    .select({ words: writtenScores.problem })
    .from(writtenScores)
    .where(refused)
    .orderBy(desc(writtenScores.refusedAt))
    .limit(1);
  if (!last?.words) return null;
  const [all] = await tx.sql.select({ n: count() }).from(writtenScores).where(refused);
  return { count: all?.n ?? 0, words: last.words };
}
