import type { CrmRecord } from '#lib/core/record.ts';
import type { Facts } from '#lib/core/fact.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { DerivedRow, StoredSchema } from './features/features.ts';
import type { Flow } from './flow.ts';
import { objectedPeople } from './objection.ts';
import { readFor } from './read-for.ts';
import { bindRelease, type BoundRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';

/** A row that was derived, and how often what it was derived from had changed by then. */
export type NewRow = DerivedRow & { changes: number };

/** Of more people than this that one change concerns, the rows wait for whoever asks for them next. */
const MOST_AT_ONCE = 20;

/**
 * The schema in force, and what of the facts policy lets scoring read. Both are in the hash: rows that were derived under
 * another policy are not taken for fresh.
 */
export interface ScoringSchema extends StoredSchema {
  reads: (facts: Facts) => Facts;
}

export const schemaOf = (release: BoundRelease, s: Stages = stages): ScoringSchema => ({
  hash: `${release.featureSchemaHash}/${release.policySet.hash}`,
  body: release.featureSchema,
  reads: facts => readFor('scoring', facts, release, s).facts,
});

/** Rows of those of the subjects that are known as of then. To be read in one state of the database (`Db.reading`). */
export async function deriveRows(
  tx: TenantTx,
  subjects: readonly Subject[],
  schema: ScoringSchema,
  asOf: Instant,
  s: Stages,
): Promise<NewRow[]> {
  const all = await s.graph.factsAboutMany(tx, subjects, asOf);
  const rows = all.map(facts =>
    s.features.derivedFrom(facts, s.features.derive(schema.reads(facts), schema.body, asOf)),
  );
  const changes = await s.features.countChanges(tx, rows);
  return rows.map((row, i) => ({ ...row, changes: changes[i] ?? 0 }));
}

/**
 * Notes of whom something was learnt with these records, in the transaction that brought them into the graph at `learntAt`:
 * features that were derived before are stale then. Returns these subjects.
 */
export async function noteLearnt(
  tx: TenantTx,
  records: readonly CrmRecord[],
  learntAt: Instant,
  s: Stages = stages,
): Promise<Subject[]> {
  const concerned = await s.graph.concernedBy(
    tx,
    records.map(({ ref }) => ref),
    learntAt,
  );
  await s.features.noteChanges(tx, concerned);
  return concerned;
}

/** The schema in force in an account. */
export const currentSchema = async (tx: TenantTx, s: Stages = stages): Promise<ScoringSchema> =>
  schemaOf(bindRelease(await s.releases.current(tx)), s);

/**
 * Derives anew the stored features of people of whom something was learnt, with the schema in force. Who has none gets none,
 * and of many at once they wait for the next run: no row is ever taken for fresh that is not.
 */
export async function refreshFeatures(
  flow: Flow,
  tenantId: string,
  subjects: readonly Subject[],
  s: Stages = stages,
  inForce: ScoringSchema | null = null,
): Promise<number> {
  const people = [...new Map(subjects.filter(isPerson).map(one => [subjectKey(one), one])).values()];
  if (people.length === 0 || people.length > MOST_AT_ONCE) return 0;
  const { schema, rows } = await flow.db.reading(tenantId, async tx => {
    const schema = inForce ?? (await currentSchema(tx, s));
    const kept = await s.features.haveRows(tx, schema, people);
    const rows = kept.length === 0 ? [] : await deriveRows(tx, kept, schema, toInstant(flow.now()), s);
    return { schema, rows };
  });
  return rows.length === 0 ? 0 : flow.db.tenant(tenantId, tx => storeDerived(tx, schema, rows, s));
}

/** Who was erased, or objected, since they were read. */
export async function goneMeanwhile(
  tx: TenantTx,
  subjects: readonly Subject[],
  s: Stages,
): Promise<ReadonlySet<string>> {
  const objected = await objectedPeople(tx, s);
  const erased = await s.ingest.erasedOf(tx, subjects);
  return new Set([...subjects.map(subjectKey).filter(key => objected.has(key)), ...erased]);
}

/** Stores rows that were derived in a transaction before, but of those who are gone meanwhile. Returns how many. */
export async function storeDerived(
  tx: TenantTx,
  schema: StoredSchema,
  rows: readonly NewRow[],
  s: Stages,
): Promise<number> {
  const out = await goneMeanwhile(
    tx,
    rows.map(({ subject }) => subject),
    s,
  );
  const stay = rows.filter(({ subject }) => !out.has(subjectKey(subject)));
  await s.features.storeRows(tx, schema, stay);
  return stay.length;
}

/** Rows to score now: stored ones where they are fresh, the others derived anew (`anew`: to be stored). */
export async function rowsToScore(
  tx: TenantTx,
  subjects: readonly Subject[],
  schema: ScoringSchema,
  asOf: Instant,
  s: Stages,
): Promise<{ rows: DerivedRow[]; anew: NewRow[] }> {
  const stored = await s.features.storedRows(tx, schema, subjects, asOf);
  const isFresh = (subject: Subject) => stored.get(subjectKey(subject))?.fresh === true;
  const anew = await deriveRows(
    tx,
    subjects.filter(subject => !isFresh(subject)),
    schema,
    asOf,
    s,
  );
  return { rows: [...[...stored.values()].filter(row => row.fresh), ...anew], anew };
}
