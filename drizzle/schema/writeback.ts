import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Receipt } from '#lib/core/answer.ts';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

/** One row a change and direction: reserved before the CRM is called, so that a crash in between is seen and repaired. */
export const writes = pgTable(
  'writes',
  {
    tenantId: tenantId(),
    changeId: text('change_id').notNull(),
    direction: text('direction').$type<'apply' | 'undo'>().notNull(),
    decisionId: text('decision_id').notNull(),
    state: text('state').$type<'reserved' | 'done' | 'refused'>().notNull(),
    attempts: integer('attempts').notNull(),
    /** Field values as they were before we wrote, kept before we do: without it a crash would make undo blind. */
    before: jsonb('before').$type<Record<string, string | null>>(),
    receipt: jsonb('receipt').$type<Receipt>(),
    problem: text('problem'),
    reservedAt: instant('reserved_at').notNull(),
    settledAt: instant('settled_at'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.changeId, t.direction] }), index().on(t.tenantId, t.decisionId)],
);

/** Touches that were promised to a person, for the contact budget. */
export const contactBudget = pgTable(
  'contact_budget',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    changeId: text('change_id').notNull(),
    at: instant('at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.changeId] })],
);

/** One row a person, locked while the budget is counted and reserved. */
export const contactBudgetLocks = pgTable(
  'contact_budget_locks',
  { tenantId: tenantId(), ...subjectColumns() },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId] })],
);
