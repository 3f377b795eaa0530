import { sql, type SQL } from 'drizzle-orm';
import { coarseOf, redact, redactIn } from '#lib/core/marks.ts';
import { rowsOf, type TenantTx } from './db.ts';

/** Which columns of a table hold words: as text, or as JSON values. */
export interface Wordy {
  table: string;
  text?: readonly string[];
  json?: readonly string[];
}

/** Condition that a text matches a pattern, whatever the case. */
export const matches = (value: SQL, pattern: string): SQL =>
  sql`(case when ${value} ~* ${coarseOf(pattern)}::text then ${value} ~* ${pattern}::text else false end)`;

const redacting = (pattern: string): Change => ({
  pattern,
  text: value => redact(value, pattern),
  json: value => redactIn(value, pattern),
});

/** What rows are looked for, and how what is found is changed. */
export interface Change {
  pattern: string | null;
  text: (value: string) => string;
  json: (value: unknown) => unknown;
}

/**
 * Takes what a pattern matches out of the words of a stage's own table, `only` in some of its rows; says how many
 * changed. JSON is taken apart and written again, so that it stays JSON whatever is taken out.
 */
export const redactRows = (
  tx: TenantTx,
  wordy: Wordy,
  pattern: string | null,
  only?: SQL,
): Promise<number> =>
  pattern === null ? Promise.resolve(0) : changeRows(tx, wordy, redacting(pattern), only);

/** As `redactRows`, with another way of changing what was found. */
export async function changeRows(
  tx: TenantTx,
  { table, text = [], json = [] }: Wordy,
  change: Change,
  only: SQL = sql`true`,
): Promise<number> {
  const { pattern } = change;
  if (pattern === null) return 0;
  const named = (name: string) => sql.raw(`"${name}"`);
  const anyMatches = sql.join(
    [...text, ...json].map(name => matches(sql`${named(name)}::text`, pattern)),
    sql` or `,
  );
  const columns = sql.join(
    [...text.map(named), ...json.map(name => sql`${named(name)}::text as ${named(name)}`)],
    sql`, `,
  );
  const where = sql`tenant_id = ${tx.tenantId} and (${only}) and (${anyMatches})`;
  const places = await rowsOf(
    tx.sql,
    sql`select ctid::text as place from ${named(table)} where ${where} for update`,
  );
  for (const { place } of places) {
    const [row = {}] = await rowsOf(
      tx.sql,
      sql`select ${columns} from ${named(table)} where ctid = ${String(place)}::tid`,
    );
    const values = [
      ...text.map(name => sql`${named(name)} = ${wordsOf(row[name], change)}`),
      ...json.map(name => sql`${named(name)} = ${jsonOf(row[name], change)}`),
    ];
    await tx.sql.execute(
      sql`update ${named(table)} set ${sql.join(values, sql`, `)} where ctid = ${String(place)}::tid`,
    );
  }
  return places.length;
}

const wordsOf = (value: unknown, change: Change): string | null =>
  typeof value === 'string' ? change.text(value) : null;

const jsonOf = (value: unknown, change: Change): SQL =>
  typeof value === 'string' ? sql`${JSON.stringify(change.json(JSON.parse(value)))}::text::json` : sql`null`;
