import { asc, desc, inArray, sql } from 'drizzle-orm';
import {
  auditLog,
  auditPrivate,
  ledgerHeads,
  ledgerLeaves,
  ledgerWaiting,
} from '#drizzle/schema/decisions.ts';
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
  const { id: auditId, at, leaf } = row;
  await tx.sql.insert(ledgerWaiting).values({ tenantId: tx.tenantId, auditId, at, leaf });
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
    .select({ id: ledgerWaiting.auditId, leaf: ledgerWaiting.leaf, at: ledgerWaiting.at })
    .from(ledgerWaiting)
    .orderBy(asc(ledgerWaiting.at), asc(ledgerWaiting.auditId))
    .limit(limit);

/** Gives entries their places in the tree, for which they then wait no longer. */
export async function insertLeaves(
  tx: TenantTx,
  leaves: { seq: number; auditId: string; leaf: string }[],
): Promise<void> {
  await tx.sql.insert(ledgerLeaves).values(leaves.map(leaf => ({ tenantId: tx.tenantId, ...leaf })));
  const placed = leaves.map(leaf => leaf.auditId);
  await tx.sql.delete(ledgerWaiting).where(inArray(ledgerWaiting.auditId, placed));
}

export const insertHead = (tx: TenantTx, head: Omit<typeof ledgerHeads.$inferInsert, 'tenantId'>) =>
  tx.sql.insert(ledgerHeads).values({ tenantId: tx.tenantId, ...head });
