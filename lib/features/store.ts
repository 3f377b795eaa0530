import { notInArray, sql, type SQL } from 'drizzle-orm';
import { featureRows } from '#drizzle/schema/features.ts';
import type { Facts } from '#lib/core/fact.ts';
import type { FeatureRow } from '#lib/core/score.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { HOUR_MS, toInstant, type Instant } from '#lib/core/time.ts';
import { insertRows, rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { leadOutcome } from './outcome.ts';
import { packRow, unpackRow } from './pack-row.ts';
import { countChanges, sourcesOf } from './store-changes.ts';
import type { FeatureSchema } from './types.ts';

/** A schema, and the hash of all that a row depends on besides the facts: rows of another one are of no use. */
export interface StoredSchema {
  hash: string;
  body: FeatureSchema;
}

/** What was derived from facts, with what is needed to tell later whether it still holds. */
export interface DerivedRow {
  subject: Subject;
  row: FeatureRow;
  /** The lead is neither won nor lost. */
  open: boolean;
  /** The newest activity, be it planned. */
  lastTouchAt: Instant | null;
  sources: SubjectKey[];
}

/** Features age with nothing happening: "three days ago" is false a day later. */
const FRESH_HOURS = 24;

/** Everything that a run needs to know of a person, from the facts that the features were derived from. */
export const derivedFrom = (facts: Facts, row: FeatureRow): DerivedRow => ({
  subject: facts.subject,
  row,
  open: leadOutcome(facts, row.asOf).state === 'open',
  lastTouchAt: facts.touches.reduce<Instant | null>((a, { at }) => (a !== null && a > at ? a : at), null),
  sources: sourcesOf(facts),
});

/** Keeps rows, each with its count of `countChanges`; one that is newer stays. */
export async function storeRows(
  tx: TenantTx,
  schema: StoredSchema,
  rows: readonly (DerivedRow & { changes: number })[],
): Promise<void> {
  await insertRows(
    {
      columns: {
        crm: 'text',
        object: 'text',
        record_id: 'text',
        as_of: 'timestamptz',
        sources: 'text[]',
        changes: 'bigint',
        open: 'boolean',
        last_touch_at: 'timestamptz',
      },
      json: ['vals', 'words'],
    },
    inOrder(rows).map(({ subject, row, open, lastTouchAt, sources, changes }) => {
      const { values, words } = packRow(row, schema.body);
      const { crm, object, id } = subject;
      const columns = { crm, object, record_id: id, as_of: row.asOf, sources, changes, open };
      return [{ ...columns, last_touch_at: lastTouchAt }, values, words] as const;
    }),
    given =>
      tx.sql.execute(sql`
      insert into feature_rows (tenant_id, schema, crm, object, record_id, as_of, sources, changes, open, last_touch_at,
        values, words)
      select ${tx.tenantId}, ${schema.hash}, r.crm, r.object, r.record_id, r.as_of, r.sources, r.changes, r.open,
        r.last_touch_at, r.vals::json, r.words::json
      from ${given}
      on conflict (tenant_id, crm, object, record_id, schema) do update set
        as_of = excluded.as_of, sources = excluded.sources, changes = excluded.changes, open = excluded.open,
        last_touch_at = excluded.last_touch_at, values = excluded.values, words = excluded.words
      where feature_rows.as_of <= excluded.as_of`),
  );
}

const inOrder = (rows: readonly (DerivedRow & { changes: number })[]) =>
  rows.toSorted((a, b) => (subjectKey(a.subject) < subjectKey(b.subject) ? -1 : 1));

/** A stored row; `fresh`: nothing was learnt since of what it was derived from, and it is no older than 24 hours. */
export interface KeptRow extends DerivedRow {
  fresh: boolean;
}

/** Stored rows of these subjects by their keys; `now` decides how old they are. */
export async function storedRows(
  tx: TenantTx,
  schema: StoredSchema,
  subjects: readonly Subject[],
  now: Instant,
): Promise<Map<SubjectKey, KeptRow>> {
  if (subjects.length === 0) return new Map();
  const found = await tx.sql.select().from(featureRows).where(isRowOf(schema, subjects));
  const changes = await countChanges(tx, found);
  const oldest = toInstant(Date.parse(now) - FRESH_HOURS * HOUR_MS);
  return new Map(
    found.map((one, i): [SubjectKey, KeptRow] => {
      const subject = { crm: one.crm, object: one.object, id: one.recordId } as Subject;
      const fresh = one.changes === changes[i] && one.asOf >= oldest && one.asOf <= now;
      const { open, lastTouchAt } = one;
      const sources = one.sources as SubjectKey[];
      const row = unpackRow(one, schema.body, one.asOf);
      return [subjectKey(subject), { subject, row, open, lastTouchAt, sources, fresh }];
    }),
  );
}

/** Those of these that have a row of this schema, be it old. */
export async function haveRows(
  tx: TenantTx,
  schema: StoredSchema,
  subjects: readonly Subject[],
): Promise<Subject[]> {
  if (subjects.length === 0) return [];
  const { crm, object, recordId } = featureRows;
  const found = await tx.sql
    .select({ crm, object, id: recordId })
    .from(featureRows)
    .where(isRowOf(schema, subjects));
  const keys = new Set(found.map(one => subjectKey(one as Subject)));
  return subjects.filter(one => keys.has(subjectKey(one)));
}

function isRowOf({ hash }: StoredSchema, subjects: readonly Subject[]): SQL {
  const { crm, object, recordId, schema } = featureRows;
  return sql`${schema} = ${hash} and (${crm}, ${object}, ${recordId}) in (
    select k.crm, k.object, k.id from json_to_recordset(${JSON.stringify(subjects)}::text::json)
      as k(crm text, object text, id text))`;
}

/** Forgets what was derived from these records, of whomever. Returns how many rows that were. */
export async function forgetRows(tx: TenantTx, subjects: readonly Subject[]): Promise<number> {
  if (subjects.length === 0) return 0;
  const keys = JSON.stringify(subjects.map(one => subjectKey(one)));
  const gone = await rowsOf(
    tx.sql,
    sql`delete from ${featureRows} where ${featureRows.sources} && array(
      select json_array_elements_text(${keys}::text::json)) returning 1 as one`,
  );
  return gone.length;
}

/** Forgets rows of other schemas than these, by which nobody is scored any more. */
export const keepSchemas = (tx: TenantTx, hashes: readonly string[]) =>
  tx.sql.delete(featureRows).where(notInArray(featureRows.schema, [...hashes]));
