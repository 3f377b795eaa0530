import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { auditLog, auditPrivate, decisions, ledgerHeads, ledgerLeaves } from '#drizzle/schema/decisions.ts';
import type { TenantTx } from '#lib/platform/db.ts';

const rowsAtOnce = 1000;

const entryColumns = {
  id: auditLog.id,
  at: auditLog.at,
  kind: auditLog.kind,
  decisionId: auditLog.decisionId,
  actor: auditLog.actor,
  entry: auditLog.entry,
  leaf: auditLog.leaf,
};
const privateColumns = { salt: auditPrivate.salt, value: auditPrivate.value };

/** An entry as it is stored; no salt: its private part was erased. */
export type StoredEntry = Omit<typeof auditLog.$inferSelect, 'tenantId'> & {
  salt: string | null;
  value: unknown;
};

export const allHeads = (tx: TenantTx) => tx.sql.select().from(ledgerHeads).orderBy(asc(ledgerHeads.size));

/** The tree's leaves with their entries; in pages, so that memory stays bounded. */
export async function* leavesInOrder(tx: TenantTx) {
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = await tx.sql
      .select({
        seq: ledgerLeaves.seq,
        auditId: ledgerLeaves.auditId,
        treeLeaf: ledgerLeaves.leaf,
        ...privateColumns,
        entry: entryColumns,
      })
      .from(ledgerLeaves)
      .leftJoin(auditLog, eq(auditLog.id, ledgerLeaves.auditId))
      .leftJoin(auditPrivate, eq(auditPrivate.auditId, ledgerLeaves.auditId))
      .where(gt(ledgerLeaves.seq, after))
      .orderBy(asc(ledgerLeaves.seq))
      .limit(rowsAtOnce);
    for (const { seq, auditId, treeLeaf, entry, salt, value } of rows)
      yield { seq, auditId, treeLeaf, entry: entry && { ...entry, salt, value } };
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.seq ?? after;
  }
}

/** Entries that the sequencer has not reached. */
export async function* entriesWithoutPlace(tx: TenantTx): AsyncGenerator<StoredEntry> {
  for (let after = ''; ;) {
    const rows = await tx.sql
      .select({ ...entryColumns, ...privateColumns })
      .from(auditLog)
      .leftJoin(ledgerLeaves, eq(ledgerLeaves.auditId, auditLog.id))
      .leftJoin(auditPrivate, eq(auditPrivate.auditId, auditLog.id))
      .where(and(isNull(ledgerLeaves.seq), gt(auditLog.id, after)))
      .orderBy(asc(auditLog.id))
      .limit(rowsAtOnce);
    yield* rows;
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Private parts of entries that are not there. */
export async function strayPrivates(tx: TenantTx): Promise<string[]> {
  const rows = await tx.sql
    .select({ id: auditPrivate.auditId })
    .from(auditPrivate)
    .leftJoin(auditLog, eq(auditLog.id, auditPrivate.auditId))
    .where(isNull(auditLog.id));
  return rows.map(row => row.id);
}

const decisionId = sql.raw('decisions.id');
const lastOf = (of: 'lineageHash' | 'suggestionHash', kinds: string) => sql<string | null>`(
  select p.value ->> ${of} from audit_log a left join audit_private p on p.audit_id = a.id
  where a.decision_id = ${decisionId} and a.kind in (${sql.raw(kinds)}) order by a.at desc, a.id desc limit 1)`;

/** Decisions with what the ledger committed to of each. One statement a page, so that a decision in the making is whole. */
export async function* decisionsWithCommitments(tx: TenantTx) {
  for (let after = ''; ;) {
    const rows = await tx.sql
      .select({
        id: decisions.id,
        lineage: decisions.lineage,
        suggestion: decisions.suggestion,
        changesHash: decisions.changesHash,
        committed: {
          recorded: sql<boolean>`exists (
            select 1 from audit_log a where a.decision_id = ${decisionId} and a.kind = 'decision-recorded')`,
          lineage: lastOf('lineageHash', `'decision-recorded'`),
          suggestion: lastOf('suggestionHash', `'decision-recorded', 'answered'`),
        },
      })
      .from(decisions)
      .where(gt(decisions.id, after))
      .orderBy(asc(decisions.id))
      .limit(rowsAtOnce);
    yield* rows;
    if (rows.length < rowsAtOnce) return;
    after = rows.at(-1)?.id ?? after;
  }
}

/** Decisions that the ledger recorded and that are not there. */
export async function decisionsGone(tx: TenantTx): Promise<string[]> {
  const rows = await tx.sql
    .selectDistinct({ id: auditLog.decisionId })
    .from(auditLog)
    .leftJoin(decisions, eq(decisions.id, auditLog.decisionId))
    .where(and(eq(auditLog.kind, 'decision-recorded'), isNull(decisions.id)));
  return rows.flatMap(row => row.id ?? []);
}
