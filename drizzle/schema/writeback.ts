import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Receipt } from '#lib/core/answer.ts';
import type { Band } from '#lib/core/score.ts';
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

/** Far enough from a score that was tried already, which is then known: another band, or three points. */
const movedFrom = (tried: 'written' | 'refused') =>
  `(${tried}_score is null or ${tried}_band <> band or abs(${tried}_score - score) >= 3)`;

/** Each person's score in the CRM's own fields: as it is, as the CRM confirmed it, and as the CRM did not take it. */
export const writtenScores = pgTable(
  'written_scores',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    score: integer('score').notNull(),
    band: text('band').$type<Band>().notNull(),
    scoredAt: instant('scored_at').notNull(),
    writtenScore: integer('written_score'),
    writtenBand: text('written_band').$type<Band>(),
    writtenAt: instant('written_at'),
    refusedScore: integer('refused_score'),
    refusedBand: text('refused_band').$type<Band>(),
    refusedAt: instant('refused_at'),
    /** Why the CRM did not take it, in the CRM's words. */
    problem: text('problem'),
    /** What was refused is not tried again until the score has moved. */
    due: boolean('due')
      .notNull()
      .generatedAlwaysAs(sql.raw(`${movedFrom('written')} and ${movedFrom('refused')}`)),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId] }),
    index('written_scores_due')
      .on(t.tenantId, t.crm, t.object, t.recordId)
      .where(sql`${t.due}`),
    index('written_scores_refused')
      .on(t.tenantId, t.refusedAt)
      .where(sql`${t.problem} is not null`),
  ],
);
