import { sql } from 'drizzle-orm';
import type { Hit, Mark } from '#lib/core/erasure.ts';
import { patternOf } from '#lib/core/marks.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { matches } from '#lib/platform/store-redact.ts';

/** What a search looked at, and where it found something. */
export interface Search {
  tables: number;
  columns: number;
  rows: number;
  hits: Hit[];
}

interface Place {
  schema: string;
  table: string;
  columns: { name: string; isBytes: boolean }[];
  hasTenant: boolean;
  hasData: boolean;
}

/**
 * Looks for marks in every column of every table that can hold words, the queue's too, as the database's catalogue lists
 * them: a table that was added tomorrow is searched tomorrow. Of tables that tenants share, this tenant's rows and those
 * that are nobody's.
 */
export async function search(tx: TenantTx, marks: readonly Mark[]): Promise<Search> {
  const places = await listPlaces(tx);
  const pattern = patternOf(marks);
  const found: Search = {
    tables: places.length,
    columns: places.reduce((sum, { columns }) => sum + columns.length, 0),
    rows: 0,
    hits: [],
  };
  for (const place of places) {
    const { rows, hits } = await searchTable(tx, place, pattern);
    found.rows += rows;
    found.hits.push(...hits);
  }
  return found;
}

async function listPlaces(tx: TenantTx): Promise<Place[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select n.nspname as schema, c.relname as table,
        json_agg(json_build_object('name', a.attname, 'type', t.typname, 'kind', t.typcategory)) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      join pg_type t on t.oid = a.atttypid
      where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'drizzle')
        and has_table_privilege(c.oid, 'select')
      group by 1, 2 order by 1, 2`,
  );
  return rows.flatMap(row => {
    const all = row['columns'] as { name: string; type: string; kind: string }[];
    const wordy = all.filter(({ type, kind }) => isWordy(type, kind));
    if (wordy.length === 0) return [];
    return [
      {
        schema: String(row['schema']),
        table: String(row['table']),
        columns: wordy.map(({ name, type }) => ({ name, isBytes: type === 'bytea' })),
        hasTenant: all.some(({ name }) => name === 'tenant_id'),
        hasData: all.some(({ name, type }) => name === 'data' && type === 'jsonb'),
      },
    ];
  });
}

/** Strings, arrays, and what is of a type of its own, whatever that is. */
const isWordy = (type: string, kind: string): boolean =>
  ['S', 'A', 'X', 'C'].includes(kind) ||
  ['json', 'jsonb', 'bytea', 'xml', 'tsvector', 'hstore'].includes(type);

async function searchTable(
  tx: TenantTx,
  { schema, table, columns, hasTenant, hasData }: Place,
  pattern: string | null,
): Promise<{ rows: number; hits: Hit[] }> {
  const name = sql`${sql.identifier(schema)}.${sql.identifier(table)}`;
  const counts = columns.map(({ name: column, isBytes }, i) => {
    const value = isBytes
      ? sql`encode(${sql.identifier(column)}, 'escape')`
      : sql`${sql.identifier(column)}::text`;
    return sql`count(*) filter (where ${pattern === null ? sql`false` : matches(value, pattern)})::int as ${sql.identifier(`c${i}`)}`;
  });
  const own = hasTenant
    ? sql`tenant_id = ${tx.tenantId}`
    : hasData
      ? sql`coalesce(data ->> 'tenantId', ${tx.tenantId}) = ${tx.tenantId}`
      : sql`true`;
  const [row] = await rowsOf(
    tx.sql,
    sql`select count(*)::int as rows, ${sql.join(counts, sql`, `)} from ${name} where ${own}`,
  );
  const hits = columns.flatMap(({ name: column }, i) => {
    const rows = Number(row?.[`c${i}`] ?? 0);
    return rows > 0 ? [{ table: schema === 'public' ? table : `${schema}.${table}`, column, rows }] : [];
  });
  return { rows: Number(row?.['rows'] ?? 0), hits };
}
