import { asc, desc, eq, isNull, sql } from 'drizzle-orm';
import { auditLog, auditPrivate, ledgerHeads, ledgerLeaves } from '#drizzle/schema/decisions.ts';
import type { TenantTx } from '#lib/platform/db.ts';

interface Entry {
  id: string;
  at: string;
  kind: string;
  decisionId: string | null;
  actor: string;
  entry: Record<string, unknown>;
  leaf: string;
  salt: string;
  value: unknown;
}

export async function insertEntry(tx: TenantTx, { salt, value, ...row }: Entry): Promise<void> {
  await tx.sql.insert(auditLog).values({ tenantId: tx.tenantId, ...row });
  await tx.sql.insert(auditPrivate).values({ tenantId: tx.tenantId, auditId: row.id, salt, value });
}

/** One sequencer a tenant at a time, until the transaction ends. */
export const lockTree = (tx: TenantTx) =>
  tx.sql.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`ledger:${tx.tenantId}`}, 0))`);

export async function newestHead(tx: TenantTx) {
  const [head] = await tx.sql.select().from(ledgerHeads).orderBy(desc(ledgerHeads.size)).limit(1);
  return head ?? null;
}

/** Entries that the tree does not hold yet, oldest first. */
export const unsequenced = (tx: TenantTx, limit: number) =>
  tx.sql
    .select({ id: auditLog.id, leaf: auditLog.leaf, at: auditLog.at })
    .from(auditLog)
    .leftJoin(ledgerLeaves, eq(ledgerLeaves.auditId, auditLog.id))
    .where(isNull(ledgerLeaves.seq))
    .orderBy(asc(auditLog.at), asc(auditLog.id))
    .limit(limit);

export const insertLeaves = (tx: TenantTx, leaves: { seq: number; auditId: string; leaf: string }[]) =>
  tx.sql.insert(ledgerLeaves).values(leaves.map(leaf => ({ tenantId: tx.tenantId, ...leaf })));

export const insertHead = (tx: TenantTx, head: Omit<typeof ledgerHeads.$inferInsert, 'tenantId'>) =>
  tx.sql.insert(ledgerHeads).values({ tenantId: tx.tenantId, ...head });
