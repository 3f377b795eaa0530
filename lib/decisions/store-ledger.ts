import { asc, count, desc, eq, isNull, sql } from 'drizzle-orm';
import { auditLog, auditPrivate, decisions, ledgerHeads, ledgerLeaves } from '#drizzle/schema/decisions.ts';
import { hashOf } from '#lib/platform/hash.ts';
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

const noPlaceYet = (tx: TenantTx) =>
  tx.sql
    .select({ id: auditLog.id, leaf: auditLog.leaf })
    .from(auditLog)
    .leftJoin(ledgerLeaves, eq(ledgerLeaves.auditId, auditLog.id))
    .where(isNull(ledgerLeaves.seq));

export const unsequenced = (tx: TenantTx, limit: number) =>
  noPlaceYet(tx).orderBy(asc(auditLog.at), asc(auditLog.id)).limit(limit);

export async function countUnsequenced(tx: TenantTx): Promise<number> {
  const [row] = await tx.sql.select({ n: count() }).from(noPlaceYet(tx).as('waiting'));
  return row?.n ?? 0;
}

export const insertLeaves = (tx: TenantTx, leaves: { seq: number; auditId: string; leaf: string }[]) =>
  tx.sql.insert(ledgerLeaves).values(leaves.map(leaf => ({ tenantId: tx.tenantId, ...leaf })));

export const insertHead = (tx: TenantTx, head: Omit<typeof ledgerHeads.$inferInsert, 'tenantId'>) =>
  tx.sql.insert(ledgerHeads).values({ tenantId: tx.tenantId, ...head });

export const allHeads = (tx: TenantTx) =>
  tx.sql
    .select({ size: ledgerHeads.size, root: ledgerHeads.root })
    .from(ledgerHeads)
    .orderBy(asc(ledgerHeads.size));

/** Every entry by its place in the tree, those without one last; in pages, so that memory stays bounded. */
export async function* entriesInOrder(tx: TenantTx, page = 2000) {
  for (let offset = 0; ; offset += page) {
    const rows = await tx.sql
      .select({
        id: auditLog.id,
        kind: auditLog.kind,
        decisionId: auditLog.decisionId,
        entry: auditLog.entry,
        leaf: auditLog.leaf,
        seq: ledgerLeaves.seq,
        treeLeaf: ledgerLeaves.leaf,
        salt: auditPrivate.salt,
        value: auditPrivate.value,
      })
      .from(auditLog)
      .leftJoin(ledgerLeaves, eq(ledgerLeaves.auditId, auditLog.id))
      .leftJoin(auditPrivate, eq(auditPrivate.auditId, auditLog.id))
      .orderBy(sql`${ledgerLeaves.seq} asc nulls last`, asc(auditLog.id))
      .limit(page)
      .offset(offset);
    yield* rows;
    if (rows.length < page) return;
  }
}

/** Decisions whose stored lineage or suggestion is not the one that the ledger committed to. */
export async function decisionsThatDiffer(tx: TenantTx): Promise<string[]> {
  const committed = new Map<string, { lineage?: unknown; suggestion?: unknown }>();
  const rows = await tx.sql
    .select({ decisionId: auditLog.decisionId, value: auditPrivate.value })
    .from(auditLog)
    .innerJoin(auditPrivate, eq(auditPrivate.auditId, auditLog.id))
    .orderBy(asc(auditLog.at), asc(auditLog.id));
  for (const { decisionId, value } of rows) {
    if (decisionId === null) continue;
    const { lineageHash, suggestionHash } = value as { lineageHash?: string; suggestionHash?: string };
    const known = committed.get(decisionId) ?? {};
    committed.set(decisionId, {
      lineage: lineageHash ?? known.lineage,
      suggestion: suggestionHash ?? known.suggestion,
    });
  }
  const problems: string[] = [];
  const stored = await tx.sql
    .select({ id: decisions.id, lineage: decisions.lineage, suggestion: decisions.suggestion })
    .from(decisions);
  for (const row of stored) {
    const known = committed.get(row.id);
    if (!known) problems.push(`decision ${row.id}: the ledger does not know it`);
    else {
      if (known.lineage !== hashOf(row.lineage)) problems.push(`decision ${row.id}: its lineage was changed`);
      if (known.suggestion !== hashOf(row.suggestion))
        problems.push(`decision ${row.id}: its suggestion was changed`);
    }
    committed.delete(row.id);
  }
  for (const id of committed.keys()) problems.push(`decision ${id}: recorded in the ledger, and not there`);
  return problems;
}
