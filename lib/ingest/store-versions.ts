import { and, desc, eq, sql } from 'drizzle-orm';
import { recordVersions } from '#drizzle/schema/ingest.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { ReadRecord } from '#lib/crm/crm.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { contentHash } from '#lib/platform/hash.ts';

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
    return [{ record: again ? { ...record, version } : record, raw, hash }];
  });
  const stored = new Set<string>();
  await insertRows(
    {
      columns: { id: 'text', version: 'text', hash: 'text', updated_at: 'timestamptz' },
      json: ['record', 'raw'],
    },
    rows.map(({ record, raw, hash }) => [
      { id: record.ref.id, version: record.version, hash, updated_at: record.updatedAt },
      record,
      raw,
    ]),
    async from => {
      const inserted = await rowsOf(
        tx.sql,
        sql`
        insert into record_versions (tenant_id, crm, object, record_id, version, hash, updated_at, learnt_at, record, raw)
        select ${tx.tenantId}, ${table.crm}, ${table.object}, r.id, r.version, r.hash, r.updated_at,
          ${learntAt}::timestamptz, r.record::json, r.raw::json
        from ${from}
        on conflict do nothing returning record_id as id`,
      );
      for (const { id } of inserted) stored.add(String(id));
    },
  );
  return rows.map(row => row.record).filter(record => stored.has(record.ref.id));
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
    // One parameter whatever the number of ids, in which no line ends.
    sql`${recordVersions.recordId} = any(string_to_array(${ids.join('\n')}, E'\\n'))`,
  );
