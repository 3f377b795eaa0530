import { sql } from 'drizzle-orm';
import type { Erased, Whom } from '#lib/core/erasure.ts';
import { patternOf } from '#lib/core/marks.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';

/**
 * Forgets jobs about a person that nobody works on at this moment, and what naming them failed. Jobs carry ids and no
 * words; one of these would only find that there is nothing left.
 */
export async function erase(tx: TenantTx, { subjects, marks }: Whom): Promise<Erased> {
  const failures = await redactRows(tx, { table: 'failures', text: ['text', 'where'] }, patternOf(marks));
  const [queue] = await rowsOf(tx.sql, sql`select to_regclass('pgboss.job') is not null as yes`);
  if (queue?.['yes'] !== true) return { failures };
  const jobs = await rowsOf(
    tx.sql,
    sql`delete from pgboss.job j using json_to_recordset(${JSON.stringify(subjects)}::text::json)
        as k(crm text, object text, id text)
      where j.data ->> 'tenantId' = ${tx.tenantId} and j.state <> 'active' and (
        j.data -> 'input' @> jsonb_build_object('crm', k.crm, 'object', k.object, 'id', k.id)
        or j.data -> 'input' -> 'subject' @> jsonb_build_object('crm', k.crm, 'object', k.object, 'id', k.id))
      returning 1 as one`,
  );
  return { failures, jobs: jobs.length };
}
