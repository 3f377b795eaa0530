import { and, desc, isNull } from 'drizzle-orm';
import { entities, factSets, relations, touches, type ToldValue } from '#drizzle/schema/graph.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { Subject, subjectKey, type SubjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { relationKey, type KnownRecord } from './known-record.ts';
import type { Entry } from './learn-value.ts';
import { isOneOf } from './store-keys.ts';
import { ACTIVITIES } from './touch-of.ts';

const subjectOf = (row: { crm: string; object: string; recordId: string }): Subject =>
  Subject.parse({ crm: row.crm, object: row.object, id: row.recordId });

/** Everything known of these records that a new version can change; their rows are locked until the commit. */
export async function loadKnown(
  tx: TenantTx,
  records: readonly CrmRecord[],
): Promise<Map<SubjectKey, KnownRecord>> {
  const refs = records.map(record => record.ref);
  const { entity = [], activity = [] } = Object.groupBy(refs, ref =>
    ACTIVITIES.includes(ref.object) ? 'activity' : 'entity',
  );
  const known = new Map([...(await loadEntities(tx, entity)), ...(await loadActivities(tx, activity))]);
  const seen = refs.filter(ref => known.has(subjectKey(ref)));
  if (seen.length === 0) return known;
  await loadTold(tx, seen, known);
  for (const relation of await loadRelations(tx, seen))
    known.get(subjectKey(relation.from))?.relations.set(relationKey(relation.to, relation.kind), relation);
  return known;
}

async function loadEntities(tx: TenantTx, refs: Subject[]): Promise<[SubjectKey, KnownRecord][]> {
  if (refs.length === 0) return [];
  const rows = await tx.sql
    .select()
    .from(entities)
    .where(isOneOf(entities.crm, entities.object, entities.recordId, refs))
    .orderBy(entities.crm, entities.object, entities.recordId)
    .for('update');
  return rows.map(row => {
    const { version, updatedAt, learntAt, archived, fields, createdAt, firstLearntAt } = row;
    const newest = { version, updatedAt, learntAt, archived, fields };
    return [
      subjectKey(subjectOf(row)),
      { newest, createdAt, firstLearntAt, timelines: new Map(), relations: new Map(), versions: new Set() },
    ];
  });
}

/** Activities have no entity: their newest version is the newest touch. */
async function loadActivities(tx: TenantTx, refs: Subject[]): Promise<[SubjectKey, KnownRecord][]> {
  if (refs.length === 0) return [];
  const { crm, object, recordId, version, createdAt, updatedAt, learntAt, archived } = touches;
  const rows = await tx.sql
    .selectDistinctOn([crm, object, recordId], {
      crm,
      object,
      recordId,
      version,
      createdAt,
      updatedAt,
      learntAt,
      archived,
    })
    .from(touches)
    .where(isOneOf(crm, object, recordId, refs))
    .orderBy(crm, object, recordId, desc(updatedAt), desc(learntAt));
  return rows.map(row => [
    subjectKey(subjectOf(row)),
    {
      newest: Object.assign(row, { fields: {} }),
      createdAt: row.createdAt,
      firstLearntAt: row.learntAt,
      timelines: new Map(),
      relations: new Map(),
      versions: new Set(),
    },
  ]);
}

/** Brings what the versions told into the timelines, oldest first. */
async function loadTold(
  tx: TenantTx,
  refs: Subject[],
  known: ReadonlyMap<SubjectKey, KnownRecord>,
): Promise<void> {
  const { crm, object, recordId, learntAt, version } = factSets;
  const rows = await tx.sql
    .select()
    .from(factSets)
    .where(isOneOf(crm, object, recordId, refs))
    .orderBy(crm, object, recordId, learntAt, version);
  for (const [key, sets] of Map.groupBy(rows, row => subjectKey(subjectOf(row)))) {
    const record = known.get(key);
    if (!record) continue;
    for (const set of sets) record.versions.add(set.version);
    for (const [name, entries] of Map.groupBy(
      sets.flatMap(set => set.values.map(told => entryOf(told, set))),
      one => one.name,
    ))
      record.timelines.set(name, timelineOf(entries.map(({ entry }) => entry)));
  }
}

function entryOf(told: ToldValue, set: typeof factSets.$inferSelect): { name: string; entry: Entry } {
  const { learntAt } = set;
  const [name, value, validAt, version = set.version, recordAt = set.recordAt] = told;
  return {
    name,
    entry: { value, validAt: toInstant(validAt), learntAt, recordAt: toInstant(recordAt), version },
  };
}

/** Of two at one moment, the one that was learnt later counts: it comes later. */
function timelineOf(entries: Entry[]): Entry[] {
  const byMoment = new Map(entries.map(entry => [entry.validAt, entry]));
  return [...byMoment.values()].sort((a, b) => (a.validAt < b.validAt ? -1 : a.validAt > b.validAt ? 1 : 0));
}

async function loadRelations(tx: TenantTx, refs: Subject[]) {
  const rows = await tx.sql
    .select()
    .from(relations)
    .where(
      and(isOneOf(relations.crm, relations.object, relations.recordId, refs), isNull(relations.endedAt)),
    );
  return rows.map(row => ({
    from: subjectOf(row),
    to: subjectOf({ crm: row.crm, object: row.toObject, recordId: row.toId }),
    kind: row.kind,
    validAt: row.validAt,
    learntAt: row.learntAt,
    endedAt: null,
    version: row.version,
  }));
}
