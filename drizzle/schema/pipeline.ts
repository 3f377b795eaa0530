import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { instant, minorUnits, tenantId } from '../columns/columns.ts';

export const pipelineStages = pgTable(
  'pipeline_stages',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    pipelineId: text('pipeline_id').notNull(),
    stageId: text('stage_id').notNull(),
    pipelineName: text('pipeline_name').notNull(),
    name: text('name').notNull(),
    position: integer('position').notNull(),
    /** The CRM's win probability of the stage, in basis points. */
    probabilityBp: integer('probability_bp').notNull(),
    closed: boolean('closed').notNull(),
    won: boolean('won').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.pipelineId, t.stageId] })],
);

export const deals = pgTable(
  'deals',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    recordId: text('record_id').notNull(),
    version: text('version').notNull(),
    name: text('name').notNull(),
    pipelineId: text('pipeline_id').notNull(),
    stageId: text('stage_id').notNull(),
    /** Null where the CRM has none: counted apart, never taken for zero. */
    amountMinor: minorUnits('amount_minor'),
    currency: text('currency').notNull(),
    closeDate: instant('close_date'),
    ownerId: text('owner_id'),
    accountId: text('account_id'),
    createdAt: instant('created_at').notNull(),
    stageSince: instant('stage_since').notNull(),
    closedAt: instant('closed_at'),
    state: text('state').$type<'open' | 'won' | 'lost'>().notNull(),
    people: integer('people').notNull(),
    lastTouchAt: instant('last_touch_at'),
    lastReplyAt: instant('last_reply_at'),
    /** E-mails sent and calls that reached nobody since the other side was last heard. */
    unanswered: integer('unanswered').notNull(),
    /** The last activity that is planned: until then there is a next step. */
    plannedUntil: instant('planned_until'),
    /** How often the close date was moved to a later day. */
    pushes: integer('pushes').notNull(),
    /** What is wrong with the record's own values, e.g. `unreadable-amount`: shown, never corrected. */
    problems: jsonb('problems').$type<string[]>().notNull(),
    archived: boolean('archived').notNull(),
    refreshedAt: instant('refreshed_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.recordId] }),
    index().on(t.tenantId, t.state, t.pipelineId, t.stageId),
    index().on(t.tenantId, t.ownerId, t.state),
  ],
);

/** What happened to deals: one row a movement (`added`, `stage`, `close-date`, `amount`), from the CRM's own history. */
export const dealChanges = pgTable(
  'deal_changes',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    recordId: text('record_id').notNull(),
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
    fromValue: text('from_value'),
    toValue: text('to_value'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.recordId, t.kind, t.at] }), index().on(t.tenantId, t.at)],
);

/** One stay of a deal in a stage: what is usual is learnt from those of won deals. */
export const dealSpells = pgTable(
  'deal_spells',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    recordId: text('record_id').notNull(),
    stageId: text('stage_id').notNull(),
    enteredAt: instant('entered_at').notNull(),
    leftAt: instant('left_at'),
    /** The longest time in it without a touch; null where none is recorded. */
    silenceHours: integer('silence_hours'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.recordId, t.enteredAt] }),
    index().on(t.tenantId, t.stageId),
  ],
);

/** Totals kept up to date with each deal that changes, so that the page never adds up a million rows. */
export const dealRollups = pgTable(
  'deal_rollups',
  {
    tenantId: tenantId(),
    crm: text('crm').notNull(),
    pipelineId: text('pipeline_id').notNull(),
    stageId: text('stage_id').notNull(),
    ownerId: text('owner_id').notNull(),
    currency: text('currency').notNull(),
    count: integer('count').notNull(),
    missingAmount: integer('missing_amount').notNull(),
    amountMinor: minorUnits('amount_minor').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.pipelineId, t.stageId, t.ownerId, t.currency] })],
);
