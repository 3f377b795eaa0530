import { sql } from 'drizzle-orm';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { insertRows, type TenantTx } from '#lib/platform/db.ts';
import type { KnownRecord, Relation } from './known-record.ts';
import type { NewFact } from './learn-record.ts';
import { emailOf, nameOf, ownerIdOf } from './name-of.ts';
import type { TouchVersion } from './touch-of.ts';

const place = ({ crm, object, id }: Subject) => ({ crm, object, record_id: id });

export const saveFacts = (tx: TenantTx, facts: readonly NewFact[]): Promise<void> =>
  insertRows(
    facts.map(({ subject, name, value, validAt, learntAt, recordAt, version }) => ({
      ...place(subject),
      name,
      value,
      valid_at: validAt,
      learnt_at: learntAt,
      record_at: recordAt,
      version,
    })),
    json =>
      tx.sql.execute(sql`
      insert into facts (tenant_id, crm, object, record_id, name, value, valid_at, learnt_at, record_at, version)
      select ${tx.tenantId}, r.crm, r.object, r.record_id, r.name, r.value, r.valid_at, r.learnt_at, r.record_at, r.version
      from json_to_recordset(${json}) as r(crm text, object text, record_id text, name text, value text,
        valid_at timestamptz, learnt_at timestamptz, record_at timestamptz, version text)
      on conflict do nothing`),
  );

export const saveVersions = (tx: TenantTx, records: readonly CrmRecord[]): Promise<void> =>
  insertRows(
    records.map(({ ref, version }) => ({ ...place(ref), version })),
    json =>
      tx.sql.execute(sql`
      insert into projected_versions (tenant_id, crm, object, record_id, version)
      select ${tx.tenantId}, r.* from json_to_recordset(${json}) as r(crm text, object text, record_id text, version text)
      on conflict do nothing`),
  );

export const saveEntities = (
  tx: TenantTx,
  known: readonly { ref: Subject; known: KnownRecord }[],
): Promise<void> =>
  insertRows(
    known.flatMap(({ ref, known: { newest, createdAt, firstLearntAt } }) =>
      newest === null
        ? []
        : {
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
            fields: newest.fields,
          },
    ),
    json =>
      tx.sql.execute(sql`
      insert into entities (tenant_id, crm, object, record_id, name, email, owner_id, version, created_at, updated_at,
        learnt_at, first_learnt_at, archived, fields)
      select ${tx.tenantId}, r.*
      from json_to_recordset(${json}) as r(crm text, object text, record_id text, name text, email text,
        owner_id text, version text, created_at timestamptz, updated_at timestamptz, learnt_at timestamptz,
        first_learnt_at timestamptz, archived boolean, fields jsonb)
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
    touches.map(touch => ({
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
    })),
    json =>
      tx.sql.execute(sql`
      insert into touches (tenant_id, learnt_at, crm, object, record_id, version, created_at, updated_at, channel,
        direction, at, title, body, status, status_at, owner_id, thread_id, our_change, archived)
      select ${tx.tenantId}, ${learntAt}::timestamptz, r.*
      from json_to_recordset(${json}) as r(crm text, object text, record_id text, version text,
        created_at timestamptz, updated_at timestamptz, channel text, direction text, at timestamptz, title text,
        body text, status text, status_at timestamptz, owner_id text, thread_id text, our_change text, archived boolean)
      on conflict do nothing`),
  );

export const saveRelations = (tx: TenantTx, relations: readonly Relation[]): Promise<void> =>
  insertRows(
    relations.map(({ from, to, kind, validAt, learntAt, endedAt, version }) => ({
      ...place(from),
      to_object: to.object,
      to_id: to.id,
      kind,
      version,
      valid_at: validAt,
      learnt_at: learntAt,
      ended_at: endedAt,
    })),
    json =>
      tx.sql.execute(sql`
      insert into relations (tenant_id, crm, object, record_id, to_object, to_id, kind, valid_at, learnt_at, ended_at, version)
      select ${tx.tenantId}, r.*
      from json_to_recordset(${json}) as r(crm text, object text, record_id text, to_object text, to_id text,
        kind text, valid_at timestamptz, learnt_at timestamptz, ended_at timestamptz, version text)
      on conflict (tenant_id, crm, object, record_id, to_object, to_id, kind, learnt_at)
      do update set ended_at = excluded.ended_at`),
  );
