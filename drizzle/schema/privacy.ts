import { sql } from 'drizzle-orm';
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ErasureReceipt } from '#lib/core/erasure.ts';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** Erasures, due and done. One that is done no longer says of whom: only its hash. */
export const erasures = pgTable(
  'erasures',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    /** Null once it is done. */
    crm: text('crm'),
    object: text('object'),
    recordId: text('record_id'),
    personHash: text('person_hash').notNull(),
    /** `crm`: the CRM deleted the person for good. */
    origin: text('origin').$type<'asked' | 'crm'>().notNull(),
    by: text('by').notNull(),
    at: instant('at').notNull(),
    state: text('state').$type<'due' | 'done'>().notNull(),
    doneAt: instant('done_at'),
    receipt: jsonb('receipt').$type<ErasureReceipt>(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index().on(t.tenantId, t.at),
    uniqueIndex('one_due_erasure')
      .on(t.tenantId, t.personHash)
      .where(sql`${t.state} = 'due'`),
  ],
);

/** Who must not be erased for now, why and until when. */
export const legalHolds = pgTable(
  'legal_holds',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    ...subjectColumns(),
    reason: text('reason').notNull(),
    by: text('by').notNull(),
    byName: text('by_name').notNull(),
    at: instant('at').notNull(),
    endsAt: instant('ends_at').notNull(),
    liftedAt: instant('lifted_at'),
    liftedBy: text('lifted_by'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.id] }), index().on(t.tenantId, t.crm, t.object, t.recordId)],
);

/** Who objected to being profiled, since when, and until when. */
export const objections = pgTable(
  'objections',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    ...subjectColumns(),
    reason: text('reason').notNull(),
    by: text('by').notNull(),
    byName: text('by_name').notNull(),
    at: instant('at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('one_objection')
      .on(t.tenantId, t.crm, t.object, t.recordId)
      .where(sql`${t.withdrawnAt} is null`),
  ],
);
