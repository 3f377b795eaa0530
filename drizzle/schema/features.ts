import { bigint, boolean, integer, json, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** The newest features of each subject by schema: what a run scores in batches. One that was erased has none. */
export const featureRows = pgTable(
  'feature_rows',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    /** Hash of the feature schema, whose order is that of `values`, and of the policy set under which facts were read. */
    schema: text('schema').notNull(),
    asOf: instant('as_of').notNull(),
    /** Keys of the records that it was read from, and how often these had changed by then, all together. */
    sources: text('sources').array().notNull(),
    changes: bigint('changes', { mode: 'number' }).notNull(),
    /** Whether the lead was neither won nor lost, and when somebody last was or will be in touch. */
    open: boolean('open').notNull(),
    lastTouchAt: instant('last_touch_at'),
    values: json('values').$type<(number | string | null)[]>().notNull(),
    /** What the values say in words and what shows it: for the reasons of a score. */
    words: json('words').$type<unknown>().notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.schema] })],
);

/** How often something was learnt of a record, or of what stands around it. `*`: of many records at once. */
export const recordChanges = pgTable(
  'record_changes',
  {
    tenantId: tenantId(),
    key: text('key').notNull(),
    changes: bigint('changes', { mode: 'number' }).notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.key] })],
);

/** How far deriving everybody's features anew has come: where one that was cut off goes on. */
export const featureRebuilds = pgTable(
  'feature_rebuilds',
  {
    tenantId: tenantId(),
    schema: text('schema').notNull(),
    startedAt: instant('started_at').notNull(),
    /** The last subject that is done, by key. */
    after: text('after').notNull(),
    rows: integer('rows').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.schema] })],
);
