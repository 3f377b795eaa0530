import { sql } from 'drizzle-orm';
import type { CrmObject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';

/** An address of a website as its bare domain. */
const bareDomain = (column: string) =>
  sql.raw(`regexp_replace(lower(${column}), '^(https?://)?(www\\.)?([^/:?#]*).*$', '\\3')`);

/**
 * How many records from files share an address, a domain or an id with a record of a connected CRM, by CRM. One pass over
 * what is known of that object.
 */
export async function listOverlaps(
  tx: TenantTx,
  object: CrmObject,
): Promise<{ crm: string; by: string; records: number }[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`
    with named as materialized (
      select e.crm, e.record_id, n.by, n.key from entities e
      cross join lateral (values
        ('id', e.record_id),
        ('email', lower(e.fields ->> 'email')),
        ('domain', ${bareDomain("e.fields ->> 'domain'")})
      ) as n(by, key)
      where e.tenant_id = ${tx.tenantId} and e.object = ${object} and n.key <> ''
    )
    select theirs.crm, theirs.by, count(distinct theirs.key)::int as records from named theirs
    join named ours on ours.crm = 'csv' and ours.by = theirs.by and ours.key = theirs.key
    where theirs.crm <> 'csv' group by 1, 2 order by 1, 2`,
  );
  return rows.map(row => ({
    crm: String(row['crm']),
    by: String(row['by']),
    records: Number(row['records']),
  }));
}
