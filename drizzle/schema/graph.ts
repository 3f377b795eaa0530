import { boolean, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** The newest known state of each record that is not an activity: for lists and names. History is in `facts`. */
export const entities = pgTable(
  'entities',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    name: text('name').notNull(),
    email: text('email'),
    ownerId: text('owner_id'),
    version: text('version').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    learntAt: instant('learnt_at').notNull(),
    firstLearntAt: instant('first_learnt_at').notNull(),
    archived: boolean('archived').notNull(),
    fields: jsonb('fields').$type<Record<string, string | null>>().notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId] }),
    index().on(t.tenantId, t.object, t.name),
  ],
);

/** Append-only and bitemporal: `valid_at` since when it is true in the CRM, `learnt_at` when we learnt it. */
export const facts = pgTable(
  'facts',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    name: text('name').notNull(),
    value: text('value'),
    validAt: instant('valid_at').notNull(),
    learntAt: instant('learnt_at').notNull(),
    /** When the version that told it was last changed: `valid_at` may be an assumption, this is not. */
    recordAt: instant('record_at').notNull(),
    version: text('version').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.name, t.validAt, t.learntAt] })],
);

/** Which versions of records `facts` already tells, so that one that comes again changes nothing. */
export const projectedVersions = pgTable(
  'projected_versions',
  { tenantId: tenantId(), ...subjectColumns(), version: text('version').notNull() },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.version] })],
);

/** Activities by version, append-only. */
export const touches = pgTable(
  'touches',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    version: text('version').notNull(),
    learntAt: instant('learnt_at').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    channel: text('channel').notNull(),
    direction: text('direction').notNull(),
    at: instant('at').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    status: text('status').notNull(),
    /** Since when it has this status. */
    statusAt: instant('status_at').notNull(),
    ownerId: text('owner_id'),
    threadId: text('thread_id'),
    ourChange: text('our_change'),
    archived: boolean('archived').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.version] })],
);

/** Relations between records, dated: `ended_at` is when we learnt that it no longer holds. */
export const relations = pgTable(
  'relations',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    toObject: text('to_object').notNull(),
    toId: text('to_id').notNull(),
    kind: text('kind').notNull(),
    validAt: instant('valid_at').notNull(),
    learntAt: instant('learnt_at').notNull(),
    endedAt: instant('ended_at'),
    version: text('version').notNull(),
  },
  t => [
    primaryKey({
      columns: [t.tenantId, t.crm, t.object, t.recordId, t.toObject, t.toId, t.kind, t.learntAt],
    }),
    index().on(t.tenantId, t.crm, t.toObject, t.toId, t.object),
  ],
);
