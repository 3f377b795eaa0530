import { boolean, index, integer, json, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { CrmEvent, CrmRecord } from '#lib/core/record.ts';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** Every version of every record as read, never changed: `raw` in the CRM's words, `record` normalised. */
export const recordVersions = pgTable(
  'record_versions',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    version: text('version').notNull(),
    hash: text('hash').notNull(),
    updatedAt: instant('updated_at').notNull(),
    learntAt: instant('learnt_at').notNull(),
    record: json('record').$type<CrmRecord>().notNull(),
    raw: json('raw').$type<unknown>().notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.version] }),
    index().on(t.tenantId, t.object, t.learntAt),
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
