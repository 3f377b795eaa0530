import { sql } from 'drizzle-orm';
import { boolean, index, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** The newest known state of each record that is not an activity: for lists and names. History is in `fact_sets`. */
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
    fields: json('fields').$type<Record<string, string | null>>().notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId] }),
    index().on(t.tenantId, t.object, t.name),
  ],
);

/**
 * A value that a version told of a field: name, value, since when it is true in the CRM (milliseconds since 1970). Where
 * it is another version's value that has to be said again: that version, and when it was last changed (milliseconds).
 */
export type ToldValue =
  | [name: string, value: string | null, validAt: number]
  | [name: string, value: string | null, validAt: number, version: string, recordAt: number];

/**
 * What each version of a record told that was new, append-only and bitemporal: `learnt_at` is when we learnt it. There is
 * a set for every version that was read, be it empty, so that one that comes again changes nothing.
 */
export const factSets = pgTable(
  'fact_sets',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    learntAt: instant('learnt_at').notNull(),
    version: text('version').notNull(),
    /** When the version was last changed: since when a value is true may be an assumption, this is not. */
    recordAt: instant('record_at').notNull(),
    /** Whether it says that the record was archived, or came back. */
    tellsArchived: boolean('tells_archived').notNull(),
    values: json('values').$type<ToldValue[]>().notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.learntAt, t.version] }),
    /** Few, and asked for with every record. */
    index('fact_sets_archived')
      .on(t.tenantId, t.crm, t.object, t.recordId)
      .where(sql`${t.tellsArchived}`),
  ],
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
    /** Who became whom, both ways: few, and asked for with every record. */
    index('relations_became')
      .on(t.tenantId, t.crm, t.object, t.recordId)
      .where(sql`${t.kind} = 'became'`),
    index('relations_was')
      .on(t.tenantId, t.crm, t.toObject, t.toId)
      .where(sql`${t.kind} = 'became'`),
  ],
);
