import { sql } from 'drizzle-orm';
import type { ToldValue } from '#drizzle/schema/graph.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { insertRows, type TenantTx } from '#lib/platform/db.ts';
import type { KnownRecord, Relation } from './known-record.ts';
import { ARCHIVED, type NewFact } from './learn-record.ts';
import { emailOf, nameOf, ownerIdOf } from './name-of.ts';
import { isOneOf } from './store-keys.ts';
import type { TouchVersion } from './touch-of.ts';

const placeColumns = { crm: 'text', object: 'text', record_id: 'text' };
const place = ({ crm, object, id }: Subject) => ({ crm, object, record_id: id });

/** What one version of a record told that was new. */
export interface FactSet {
  ref: Subject;
  version: string;
  learntAt: Instant;
  recordAt: Instant;
  facts: readonly NewFact[];
}

export const saveFactSets = (tx: TenantTx, sets: readonly FactSet[]): Promise<void> =>
  insertRows(
    {
      columns: {
        ...placeColumns,
        learnt_at: 'timestamptz',
        version: 'text',
        record_at: 'timestamptz',
        tells_archived: 'boolean',
      },
      json: ['told'],
    },
    sets.map(set => [
      {
        ...place(set.ref),
        learnt_at: set.learntAt,
        version: set.version,
        record_at: set.recordAt,
        tells_archived: set.facts.some(fact => fact.name === ARCHIVED),
      },
      set.facts.map(fact => toldOf(fact, set)),
    ]),
    rows =>
      tx.sql.execute(sql`
      insert into fact_sets (tenant_id, crm, object, record_id, learnt_at, version, record_at, tells_archived, values)
      select ${tx.tenantId}, r.crm, r.object, r.record_id, r.learnt_at, r.version, r.record_at, r.tells_archived, r.told::json
      from ${rows}
      on conflict do nothing`),
  );

const toldOf = ({ name, value, validAt, version, recordAt }: NewFact, set: FactSet): ToldValue =>
  version === set.version && recordAt === set.recordAt
    ? [name, value, Date.parse(validAt)]
    : [name, value, Date.parse(validAt), version, Date.parse(recordAt)];

export const saveEntities = (
  tx: TenantTx,
  known: readonly { ref: Subject; known: KnownRecord }[],
): Promise<void> =>
  insertRows(
    {
      columns: {
        ...placeColumns,
        name: 'text',
        email: 'text',
        owner_id: 'text',
        version: 'text',
        created_at: 'timestamptz',
        updated_at: 'timestamptz',
        learnt_at: 'timestamptz',
        first_learnt_at: 'timestamptz',
        archived: 'boolean',
      },
      json: ['fields'],
    },
    known.flatMap(({ ref, known: { newest, createdAt, firstLearntAt } }) =>
      newest === null
        ? []
        : [
            [
              {
                ...place(ref),
                name: nameOf(ref, newest.fields),
                email: emailOf(newest.fields),
                owner_id: ownerIdOf(newest.fields),
                version: newest.version,
                created_at: createdAt,
                updated_at: newest.updatedAt,
                learnt_at: newest.learntAt,
                first_learnt_at: firstLearntAt,
                archived: newest.archived,
              },
              newest.fields,
            ] as const,
          ],
    ),
    rows =>
      tx.sql.execute(sql`
      insert into entities (tenant_id, crm, object, record_id, name, email, owner_id, version, created_at, updated_at,
        learnt_at, first_learnt_at, archived, fields)
      select ${tx.tenantId}, r.crm, r.object, r.record_id, r.name, r.email, r.owner_id, r.version, r.created_at,
        r.updated_at, r.learnt_at, r.first_learnt_at, r.archived, r.fields::json
      from ${rows}
      on conflict (tenant_id, crm, object, record_id) do update set
        name = excluded.name, email = excluded.email, owner_id = excluded.owner_id, version = excluded.version,
        updated_at = excluded.updated_at, learnt_at = excluded.learnt_at, archived = excluded.archived,
        fields = excluded.fields, first_learnt_at = least(entities.first_learnt_at, excluded.first_learnt_at)
      where excluded.updated_at >= entities.updated_at`),
  );

export const saveTouches = (
  tx: TenantTx,
  touches: readonly TouchVersion[],
  learntAt: Instant,
): Promise<void> =>
  insertRows(
    {
      columns: {
        ...placeColumns,
        version: 'text',
        created_at: 'timestamptz',
        updated_at: 'timestamptz',
        channel: 'text',
        direction: 'text',
        at: 'timestamptz',
        title: 'text',
        body: 'text',
        status: 'text',
        status_at: 'timestamptz',
        owner_id: 'text',
        thread_id: 'text',
        our_change: 'text',
        archived: 'boolean',
      },
    },
    touches.map(touch => [
      {
        ...place(touch.ref),
        version: touch.version,
        created_at: touch.createdAt,
        updated_at: touch.updatedAt,
        channel: touch.channel,
        direction: touch.direction,
        at: touch.at,
        title: touch.title,
        body: touch.body,
        status: touch.status,
        status_at: touch.statusAt,
        owner_id: touch.ownerId,
        thread_id: touch.threadId,
        our_change: touch.ourChange,
        archived: touch.archived,
      },
    ]),
    rows =>
      tx.sql.execute(sql`
      insert into touches (tenant_id, learnt_at, crm, object, record_id, version, created_at, updated_at, channel,
        direction, at, title, body, status, status_at, owner_id, thread_id, our_change, archived)
      select ${tx.tenantId}, ${learntAt}::timestamptz, r.* from ${rows}
      on conflict do nothing`),
  );

/** `touchAt`: when the activities among the records that name the relations take place, by key. */
export const saveRelations = (
  tx: TenantTx,
  relations: readonly Relation[],
  touchAt: ReadonlyMap<SubjectKey, Instant>,
): Promise<void> =>
  insertRows(
    {
      columns: {
        ...placeColumns,
        to_object: 'text',
        to_id: 'text',
        kind: 'text',
        valid_at: 'timestamptz',
        learnt_at: 'timestamptz',
        ended_at: 'timestamptz',
        version: 'text',
        touch_at: 'timestamptz',
      },
    },
    relations.map(({ from, to, kind, validAt, learntAt, endedAt, version }) => [
      {
        ...place(from),
        to_object: to.object,
        to_id: to.id,
        kind,
        valid_at: validAt,
        learnt_at: learntAt,
        ended_at: endedAt,
        version,
        touch_at: touchAt.get(subjectKey(from)) ?? null,
      },
    ]),
    rows =>
      tx.sql.execute(sql`
      insert into relations (tenant_id, crm, object, record_id, to_object, to_id, kind, valid_at, learnt_at, ended_at,
        version, touch_at)
      select ${tx.tenantId}, r.* from ${rows}
      on conflict (tenant_id, crm, object, record_id, to_object, to_id, kind, learnt_at)
      do update set ended_at = excluded.ended_at`),
  );

/** Brings the relations of activities that may have another time now up to the latest that a version says. */
export async function saveTouchTimes(tx: TenantTx, activities: readonly Subject[]): Promise<void> {
  if (activities.length === 0) return;
  await tx.sql.execute(sql`
    update relations r set touch_at = latest.at
    from (
      select t.crm, t.object, t.record_id, max(t.at) as at from touches t
      where ${isOneOf(sql`t.crm`, sql`t.object`, sql`t.record_id`, activities)} group by 1, 2, 3
    ) latest
    where r.crm = latest.crm and r.object = latest.object and r.record_id = latest.record_id and r.touch_at < latest.at`);
}
