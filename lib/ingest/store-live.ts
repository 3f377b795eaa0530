import { sql } from 'drizzle-orm';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { isArchived } from './store-open-rows.ts';

type Table = Pick<Subject, 'crm' | 'object'>;

/** Ids of records whose newest version is a live one, after one id, in order. `last` is where the next page starts. */
export async function liveIds(
  tx: TenantTx,
  { crm, object }: Table,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ ids: string[]; last: string | null }> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    select distinct on (record_id) record_id as id, ${isArchived} as archived
    from record_versions
    where tenant_id = ${tx.tenantId} and crm = ${crm} and object = ${object} and record_id > ${after ?? ''}
    order by record_id, updated_at desc, learnt_at desc
    limit ${limit}`,
  );
  return {
    ids: rows.filter(row => row['archived'] !== true).map(row => String(row['id'])),
    last: rows.length < limit ? null : String(rows.at(-1)?.['id']),
  };
}

/** Those of some ids whose newest version is a live one. */
export async function liveAmong(
  tx: TenantTx,
  { crm, object }: Table,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await rowsOf(
    tx.sql,
    sql`
    select distinct on (record_id) record_id as id, ${isArchived} as archived
    from record_versions
    where tenant_id = ${tx.tenantId} and crm = ${crm} and object = ${object}
      and record_id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))
    order by record_id, updated_at desc, learnt_at desc`,
  );
  return rows.filter(row => row['archived'] !== true).map(row => String(row['id']));
}
