import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';

/** `as-learnt`: by when we learnt it. `as-recorded`: by the CRM's own times. */
export type View = 'as-learnt' | 'as-recorded';
export interface When {
  asOf: Instant;
  view: View;
}
/** Everything that has been learnt: for what is shown or asked as it is known now. */
export const NOW: When = { asOf: '9999-12-31T23:59:59.999Z', view: 'as-learnt' };

export type Row = Record<string, unknown>;

/** Condition that a time of a row lies at or before the time of looking. */
export const until = ({ asOf, view }: When, columns: Record<View, string>): SQL =>
  sql`${sql.raw(columns[view])} <= ${asOf}::timestamptz`;

const Text = z.string();

/** A column that is text, or a time in the database's own words. */
export const text = (value: unknown): string => Text.parse(value);
export const textOrNull = (value: unknown): string | null => (value === null ? null : text(value));
/** A time column in the database's words, or in milliseconds. */
export const instant = (value: unknown): Instant =>
  toInstant(typeof value === 'number' ? value : text(value));

/** A time column as milliseconds since 1970: a number is read a good deal faster than the database's words. */
export const milliseconds = (column: string): SQL =>
  sql.raw(`(extract(epoch from ${column}) * 1000)::float8`);

export const subjectIn = (row: Row, object = 'object', id = 'record_id'): Subject =>
  Subject.parse({ crm: row['crm'], object: row[object], id: row[id] });

export const listed = (names: readonly string[]): SQL =>
  sql.join(
    names.map(name => sql`${name}`),
    sql`, `,
  );
