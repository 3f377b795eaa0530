import { sql } from 'drizzle-orm';
import { boolean, index, json, pgTable, primaryKey, real, text } from 'drizzle-orm/pg-core';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** The newest known state of each record that is not an activity: for lists and names. History is in `fact_sets`. */
export const entities = pgTable(
  'entities',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    name: text('name').notNull(),
    email: text('email'),
    /** Lower case, as addresses are compared. A column of its own: row-level security lets no index on a function be used. */
    emailKey: text('email_key').generatedAlwaysAs(sql`lower("email")`),
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
    /** Whom an event or a message names by address. */
    index('entities_email')
      .on(t.tenantId, t.emailKey)
      .where(sql`${t.emailKey} is not null`),
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
    /** Of an activity: when it takes place, by the version that says the latest. */
    touchAt: instant('touch_at'),
  },
  t => [
    primaryKey({
      columns: [t.tenantId, t.crm, t.object, t.recordId, t.toObject, t.toId, t.kind, t.learntAt],
    }),
    index().on(t.tenantId, t.crm, t.toObject, t.toId, t.object),
    /** The newest activities with somebody. */
    index('relations_touch')
      .on(t.tenantId, t.crm, t.toObject, t.toId, t.touchAt.desc())
      .where(sql`${t.touchAt} is not null`),
    /** Who became whom, both ways: few, and asked for with every record. */
    index('relations_became')
      .on(t.tenantId, t.crm, t.object, t.recordId)
      .where(sql`${t.kind} = 'became'`),
    index('relations_was')
      .on(t.tenantId, t.crm, t.toObject, t.toId)
      .where(sql`${t.kind} = 'became'`),
  ],
);

/**
 * By what people and accounts are found, as their records now have it: the same one by `phone:…`, `name:…`, `domain:…` and
 * `firm:…`, accounts alike by `industry:…`.
 */
export const identityKeys = pgTable(
  'identity_keys',
  {
    tenantId: tenantId(),
    key: text('key').notNull(),
    ...subjectColumns(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.key, t.crm, t.object, t.recordId] })],
);

/**
 * Records that are or may be one person or account, told from either side in a row of its own. What is said anew ends what
 * was said before, so that it is known what held at any time. No reason repeats what stands in the records.
 */
export const identities = pgTable(
  'identities',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    otherCrm: text('other_crm').notNull(),
    otherObject: text('other_object').notNull(),
    otherId: text('other_id').notNull(),
    state: text('state').notNull(),
    reason: text('reason').notNull(),
    confidence: real('confidence').notNull(),
    /** `rule`, or the id of the person who said so. */
    by: text('by').notNull(),
    learntAt: instant('learnt_at').notNull(),
    endedAt: instant('ended_at'),
  },
  t => [
    primaryKey({
      columns: [t.tenantId, t.crm, t.object, t.recordId, t.otherCrm, t.otherObject, t.otherId, t.learntAt],
    }),
    index('identities_open')
      .on(t.tenantId, t.state, t.learntAt)
      .where(sql`${t.endedAt} is null`),
  ],
);

/**
 * Events that were sent to us, by the sender's id: what somebody did on a website, in a mailing, in the product.
 * Append-only. `learnt_at` is when the record that it is about was known too: an event may have waited for it.
 */
export const interactions = pgTable(
  'interactions',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    ...subjectColumns(),
    source: text('source').$type<'marketing' | 'product'>().notNull(),
    type: text('type').notNull(),
    /** When it happened, by the sender's word. */
    at: instant('at').notNull(),
    learntAt: instant('learnt_at').notNull(),
    /** As sent. */
    properties: json('properties').$type<Record<string, unknown>>().notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('interactions_subject').on(t.tenantId, t.crm, t.object, t.recordId, t.at),
  ],
);
