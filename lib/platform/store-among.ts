import { sql, type SQL } from 'drizzle-orm';
import type { Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from './db.ts';

/** Condition that a row is about one of the records. */
export const among = (subjects: readonly Subject[]): SQL =>
  sql`(crm, object, record_id) in (select k.crm, k.object, k.id from json_to_recordset(${JSON.stringify(subjects)}::text::json)
    as k(crm text, object text, id text))`;

/** How many rows a statement changes or removes. */
export const countChanged = async (tx: TenantTx, statement: SQL): Promise<number> =>
  (await rowsOf(tx.sql, sql`${statement} returning 1 as one`)).length;
