import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
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
    record: jsonb('record').$type<CrmRecord>().notNull(),
    raw: jsonb('raw').$type<unknown>().notNull(),
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
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object] })],
);

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
