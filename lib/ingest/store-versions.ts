import { and, desc, eq, inArray } from 'drizzle-orm';
import { recordVersions } from '#drizzle/schema/ingest.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { ReadRecord } from '#lib/crm/crm.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';

const rowsAtOnce = 500;
type Table = Pick<Subject, 'crm' | 'object'>;

/**
 * Stores what is new of some records of one object, and answers with it. A record whose content is that of its
 * newest stored version is not new, and one that is older than it was read before somebody else read it again.
 */
export async function keepVersions(
  tx: TenantTx,
  table: Table,
  read: readonly ReadRecord[],
  learntAt: Instant,
): Promise<CrmRecord[]> {
  const byId = new Map(read.map(item => [item.record.ref.id, item]));
  const newest = await newestMarks(tx, table, [...byId.keys()]);
  const rows = [...byId.values()].flatMap(({ record, raw }) => {
    const hash = contentHash(record);
    const known = newest.get(record.ref.id);
    if (known && (known.hash === hash || record.updatedAt < known.updatedAt)) return [];
    // Links come and go without a new time: such a version may look like an earlier one, and gets a name of its own.
    const again = known?.updatedAt === record.updatedAt;
    const version = again ? `${record.version}@${Date.parse(learntAt).toString(36)}` : record.version;
    return [rowOf(tx.tenantId, { ...record, version }, { raw, hash, learntAt })];
  });
  const stored = new Set<string>();
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const inserted = await tx.sql
      .insert(recordVersions)
      .values(rows.slice(i, i + rowsAtOnce))
      .onConflictDoNothing()
      .returning({ id: recordVersions.recordId });
    for (const { id } of inserted) stored.add(id);
  }
  return rows.filter(row => stored.has(row.recordId)).map(row => row.record);
}

/** The newest stored versions of some records, whole. */
export async function newestVersions(
  tx: TenantTx,
  { crm, object }: Table,
  ids: readonly string[],
): Promise<CrmRecord[]> {
  if (ids.length === 0) return [];
  const rows = await tx.sql
    .selectDistinctOn([recordVersions.recordId], { record: recordVersions.record })
    .from(recordVersions)
    .where(ofRecords(tx, { crm, object }, ids))
    .orderBy(recordVersions.recordId, desc(recordVersions.updatedAt), desc(recordVersions.learntAt));
  return rows.map(({ record }) => record);
}

async function newestMarks(tx: TenantTx, table: Table, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { hash: string; updatedAt: Instant }>();
  const rows = await tx.sql
    .selectDistinctOn([recordVersions.recordId], {
      id: recordVersions.recordId,
      hash: recordVersions.hash,
      updatedAt: recordVersions.updatedAt,
    })
    .from(recordVersions)
    .where(ofRecords(tx, table, ids))
    .orderBy(recordVersions.recordId, desc(recordVersions.updatedAt), desc(recordVersions.learntAt));
  return new Map(rows.map(({ id, ...mark }) => [id, mark]));
}

const ofRecords = (tx: TenantTx, { crm, object }: Table, ids: readonly string[]) =>
  and(
    eq(recordVersions.tenantId, tx.tenantId),
    eq(recordVersions.crm, crm),
    eq(recordVersions.object, object),
    inArray(recordVersions.recordId, [...ids]),
  );

const contentHash = ({ fields, history, links, archived }: CrmRecord): string =>
  hashOf({ fields, history, links, archived });

const rowOf = (
  tenantId: string,
  record: CrmRecord,
  { raw, hash, learntAt }: { raw: unknown; hash: string; learntAt: Instant },
): typeof recordVersions.$inferInsert => ({
  tenantId,
  crm: record.ref.crm,
  object: record.ref.object,
  recordId: record.ref.id,
  version: record.version,
  hash,
  updatedAt: record.updatedAt,
  learntAt,
  record,
  raw,
});
