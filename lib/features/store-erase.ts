import { sql, type SQL } from 'drizzle-orm';
import type { Erased, Whom } from '#lib/core/erasure.ts';
import type { HeldPart } from '#lib/core/held.ts';
import { patternOf } from '#lib/core/marks.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { redactRows } from '#lib/platform/store-redact.ts';
import { forgetRows } from './store.ts';

/**
 * Forgets what was derived from a person's record, of whomever: others' features are derived anew without it. What names
 * the person is taken out of the rest.
 */
export async function erase(tx: TenantTx, { subjects, activities, marks }: Whom): Promise<Erased> {
  const forgotten = await forgetRows(tx, [...subjects, ...activities]);
  const words = { table: 'feature_rows', json: ['values', 'words'] };
  return { feature_rows: forgotten + (await redactRows(tx, words, patternOf(marks))) };
}

/** What was derived about a person. */
export async function held(tx: TenantTx, subjects: readonly Subject[]): Promise<HeldPart[]> {
  const keys: SQL = sql`(select json_array_elements_text(${JSON.stringify(subjects.map(subjectKey))}::text::json))`;
  const rows = await rowsOf(
    tx.sql,
    sql`select crm, object, record_id, schema, as_of, values, words from feature_rows
      where tenant_id = ${tx.tenantId} and crm || ':' || object || ':' || record_id in ${keys}`,
  );
  return [
    {
      what: 'Features: what the score is made of',
      from: 'derived by Sidecard',
      why: 'To score, and to show why.',
      kept: 'Until the record changes or the person is erased.',
      rows,
    },
  ];
}
