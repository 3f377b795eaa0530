import { and, desc, isNull, sql } from 'drizzle-orm';
import { entities, facts, projectedVersions, relations, touches } from '#drizzle/schema/graph.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { Subject, subjectKey, type SubjectKey } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { relationKey, type KnownRecord } from './known-record.ts';
import type { Entry } from './learn-value.ts';
import { isOneOf, jsonRows } from './store-keys.ts';

const subjectOf = (row: { crm: string; object: string; recordId: string }): Subject =>
  Subject.parse({ crm: row.crm, object: row.object, id: row.recordId });

/** Everything known of these records that a new version can change; their rows are locked until the commit. */
export async function loadKnown(
  tx: TenantTx,
  records: readonly CrmRecord[],
): Promise<Map<SubjectKey, KnownRecord>> {
  const refs = records.map(record => record.ref);
  const known = new Map([...(await loadEntities(tx, refs)), ...(await loadActivities(tx, refs))]);
  const seen = refs.filter(ref => known.has(subjectKey(ref)));
  if (seen.length === 0) return known;
  for (const { key, name, entry } of await loadEntries(tx, seen)) {
    const timelines = known.get(key)?.timelines;
    const timeline = timelines?.get(name) ?? [];
    // Of two at one moment, the one that was learnt later counts, and comes later.
    if (timeline.at(-1)?.validAt === entry.validAt) timeline.pop();
    timeline.push(entry);
    timelines?.set(name, timeline);
  }
  for (const { version, ...row } of await loadVersions(tx, records))
    known.get(subjectKey(subjectOf(row)))?.versions.add(version);
  for (const relation of await loadRelations(tx, seen))
    known.get(subjectKey(relation.from))?.relations.set(relationKey(relation.to, relation.kind), relation);
  return known;
}

async function loadEntities(tx: TenantTx, refs: Subject[]): Promise<[SubjectKey, KnownRecord][]> {
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

async function loadEntries(tx: TenantTx, refs: Subject[]) {
  const rows = await tx.sql
    .select()
    .from(facts)
    .where(isOneOf(facts.crm, facts.object, facts.recordId, refs))
    .orderBy(facts.crm, facts.object, facts.recordId, facts.name, facts.validAt, facts.learntAt);
  return rows.map(row => {
    const { value, validAt, learntAt, recordAt, version, name } = row;
    const entry: Entry = { value, validAt, learntAt, recordAt, version };
    return { key: subjectKey(subjectOf(row)), name, entry };
  });
}

const loadVersions = (tx: TenantTx, records: readonly CrmRecord[]) => {
  const { crm, object, recordId, version } = projectedVersions;
  const rows = records.map(({ ref, version }) => ({ ...ref, version }));
  return tx.sql
    .select({ crm, object, recordId, version })
    .from(projectedVersions)
    .where(
      sql`(${crm}, ${object}, ${recordId}, ${version}) in (select * from jsonb_to_recordset(${jsonRows(rows)})
        as r(crm text, object text, id text, version text))`,
    );
};

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
