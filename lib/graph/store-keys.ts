import { sql, type SQL } from 'drizzle-orm';
import type { Subject } from '#lib/core/subject.ts';

/** Rows as one JSON parameter: thousands at once, far below the limit of 65,535 parameters. */
export const jsonRows = (rows: readonly object[]): SQL => sql`${JSON.stringify(rows)}::text::jsonb`;

/** A row source `keys(i, crm, object, record_id)`; `i` is the position in the list. */
export const keysFrom = (subjects: readonly Subject[]): SQL =>
  sql`jsonb_to_recordset(${jsonRows(
    subjects.map(({ crm, object, id }, i) => ({ i, crm, object, record_id: id })),
  )}) as keys(i int, crm text, object text, record_id text)`;

/** The condition that three columns name one of the subjects. */
export const isOneOf = (
  crm: SQL | object,
  object: SQL | object,
  id: SQL | object,
  subjects: readonly Subject[],
): SQL =>
  sql`(${crm}, ${object}, ${id}) in (select keys.crm, keys.object, keys.record_id from ${keysFrom(subjects)})`;
