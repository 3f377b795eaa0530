import { sql } from 'drizzle-orm';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';

export { openFailures } from './store.ts';

export interface QueueDepth {
  name: string;
  waiting: number;
  active: number;
  failed: number;
}

/** This tenant's jobs by queue. The queue's tables are not ours, so the tenant is filtered here. */
export async function queueDepths(tx: TenantTx): Promise<QueueDepth[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select name,
          count(*) filter (where state in ('created', 'retry'))::int as waiting,
          count(*) filter (where state = 'active')::int as active,
          count(*) filter (where state = 'failed')::int as failed
        from pgboss.job where data ->> 'tenantId' = ${tx.tenantId} group by name order by name`,
  );
  return rows.map(row => ({
    name: String(row['name']),
    waiting: Number(row['waiting']),
    active: Number(row['active']),
    failed: Number(row['failed']),
  }));
}
