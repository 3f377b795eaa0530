import { sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { SentEvent } from '#lib/core/sent-event.ts';
import type { CrmEvent, CrmRecord } from '#lib/core/record.ts';
import { bytes, instant, subjectColumns, tenantId } from '../columns/columns.ts';

/**
 * Every version of every record as read, never changed: normalised, and raw in the CRM's words. Both are within `sealed`,
 * under the data key `key_id`. Rows from before there were data keys hold them as `record` and `raw`, until they are
 * sealed too.
 */
export const recordVersions = pgTable(
  'record_versions',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    version: text('version').notNull(),
    /** Of the content; of a sealed row it says nothing to who has not the key. */
    hash: text('hash').notNull(),
    updatedAt: instant('updated_at').notNull(),
    learntAt: instant('learnt_at').notNull(),
    /** Null where `record` says it. */
    archived: boolean('archived'),
    keyId: text('key_id'),
    sealed: bytes('sealed'),
    record: json('record').$type<CrmRecord>(),
    raw: json('raw').$type<unknown>(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.version] }),
    index().on(t.tenantId, t.object, t.learntAt),
    /** Those that are still to be sealed: counting them must not take a pass over all. */
    index('record_versions_plain')
      .on(t.tenantId)
      .where(sql`${t.keyId} is null`),
  ],
);

/**
 * The keys under which payloads are sealed: one of the tenant, and one of each person or group of people that payloads are
 * about. A destroyed key has no `wrapped` any more, and what it sealed stays shut.
 */
export const dataKeys = pgTable(
  'data_keys',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** '' for the tenant, a person's subject key, or `group:` with the hash of several. */
    owner: text('owner').notNull(),
    /** Of a group's key: the subject keys of its people. */
    people: text('people').array(),
    wrapped: text('wrapped'),
    madeAt: instant('made_at').notNull(),
    destroyedAt: instant('destroyed_at'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('data_keys_live')
      .on(t.tenantId, t.owner)
      .where(sql`${t.destroyedAt} is null`),
    index('data_keys_group')
      .using('gin', t.people)
      .where(sql`${t.people} is not null`),
  ],
);

/** How far each object's backfill and reconcile poll have come. */
export const syncStates = pgTable(
  'sync_states',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    object: text('object').notNull(),
    cursor: text('cursor'),
    done: boolean('done').notNull(),
    records: integer('records').notNull(),
    /** The newest modification time that has been read. */
    modifiedUpTo: instant('modified_up_to'),
    lastAt: instant('last_at').notNull(),
    problem: text('problem'),
    /** Where the search for lost changes stands; null before the first. */
    poll: jsonb('poll').$type<PollState>(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object] })],
);

/** A search for lost changes goes on where it was: by modification, then by deletion, then id by id. */
export interface PollState {
  /** The search under way, by modification: when it began, and its next page. Null between searches. */
  pending: { startedAt: string; after: string | null } | null;
  /** Deletions up to here are known. */
  removedUpTo: string | null;
  /** The last id that was looked for; null at the beginning of a round. */
  sweptTo: string | null;
  /** The last id that was read again for its links; null or absent at the beginning of a round. */
  rereadTo?: string | null;
}

/** Following what a CRM tells as it happens: which process does it, so that one is enough, and how it goes. */
export const changeFeeds = pgTable(
  'change_feeds',
  {
    tenantId: tenantId(),
    /** Whoever follows, until the lease ends; null while nobody does. */
    holder: text('holder'),
    until: instant('until'),
    /** Null before the first attempt. */
    state: jsonb('state').$type<FeedState>(),
  },
  t => [primaryKey({ columns: [t.tenantId] })],
);

/** `polling`: the account tells nothing, so that changes are looked for. */
export interface FeedState {
  status: 'following' | 'polling' | 'failing';
  /** A sentence for people. */
  text: string;
}

/** Webhook events, written before they are acknowledged. The key makes a repeated delivery a no-op. */
export const inboundEvents = pgTable(
  'inbound_events',
  {
    tenantId: tenantId(),
    key: text('key').notNull(),
    ...subjectColumns(),
    event: jsonb('event').$type<CrmEvent>().notNull(),
    receivedAt: instant('received_at').notNull(),
    takenAt: instant('taken_at'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.key] }),
    index().on(t.tenantId, t.crm, t.object, t.recordId, t.takenAt),
  ],
);

/** Records that changed and wait until they are quiet: the row decides when, the queue only wakes us. */
export const unsettledRecords = pgTable(
  'unsettled_records',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    /** When the wait began: it may be prolonged, but not for ever. */
    firstAt: instant('first_at').notNull(),
    /** When it is over; while somebody works on the record, when they are given up. */
    dueAt: instant('due_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId] })],
);

/** Each time that a file was imported: how far it came, so that a killed import goes on, and what became of its rows. */
export const importRuns = pgTable(
  'import_runs',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    object: text('object').notNull(),
    fileName: text('file_name').notNull(),
    fileHash: text('file_hash').notNull(),
    mappingHash: text('mapping_hash').notNull(),
    mapping: jsonb('mapping').$type<unknown>().notNull(),
    startedAt: instant('started_at').notNull(),
    lastAt: instant('last_at').notNull(),
    finishedAt: instant('finished_at'),
    /** Rows from this line of the file on have not been taken. */
    nextLine: integer('next_line').notNull(),
    created: integer('created').notNull(),
    updated: integer('updated').notNull(),
    unchanged: integer('unchanged').notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index().on(t.tenantId, t.object, t.fileHash, t.mappingHash),
  ],
);

/** By what names rows of files know each other: an id, an e-mail address, a domain, a name. */
export const importKeys = pgTable(
  'import_keys',
  {
    tenantId: tenantId(),
    object: text('object').notNull(),
    by: text('by').notNull(),
    key: text('key').notNull(),
    recordId: text('record_id').notNull(),
    /** `link`: only others have named it so far. `row`: it came as a row. `id`: as a row with an id of its own. */
    origin: text('origin').$type<'link' | 'row' | 'id'>().notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.object, t.by, t.key] })],
);

/** How files with a header were last mapped: the next one with the same columns needs no mapping. */
export const importMappings = pgTable(
  'import_mappings',
  {
    tenantId: tenantId(),
    object: text('object').notNull(),
    mark: text('mark').notNull(),
    mapping: jsonb('mapping').$type<unknown>().notNull(),
    fileName: text('file_name').notNull(),
    savedAt: instant('saved_at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.object, t.mark] })],
);

/**
 * Every event that was ever taken over the events interface, by the sender's id, so that one that comes again is known.
 * What it told is in the graph, or here while its subject is not known.
 */
export const sentEvents = pgTable(
  'sent_events',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** Of all that it tells: another content under the same id is refused. */
    hash: text('hash').notNull(),
    receivedAt: instant('received_at').notNull(),
    /** The subject's key, or `email:…`, for which it waits; null once it is in the graph. */
    waitsFor: text('waits_for'),
    /** The event, while it waits. */
    event: json('event').$type<SentEvent>(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    /** Few, and looked for with every record that is read. */
    index('sent_events_waiting')
      .on(t.tenantId, t.waitsFor)
      .where(sql`${t.waitsFor} is not null`),
  ],
);

/** How many events a tenant may send now: it is refilled steadily, and each event takes one. */
export const eventBudgets = pgTable(
  'event_budgets',
  {
    tenantId: tenantId(),
    left: doublePrecision('left_over').notNull(),
    at: instant('at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId] })],
);

/** People who were erased, as hashes of their record and addresses: nothing of them is stored again. */
export const suppressedPeople = pgTable(
  'suppressed_people',
  { tenantId: tenantId(), hash: text('hash').notNull(), at: instant('at').notNull() },
  t => [primaryKey({ columns: [t.tenantId, t.hash] })],
);
