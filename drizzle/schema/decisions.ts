import { sql } from 'drizzle-orm';
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { DecisionStatus, Lineage } from '#lib/core/decision.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import type { Band, Score } from '#lib/core/score.ts';
import type { Actor } from '#lib/core/scope.ts';
import { instant, subjectColumns, tenantId } from '../columns/columns.ts';

export const decisions = pgTable(
  'decisions',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    ...subjectColumns(),
    task: text('task').notNull(),
    status: text('status').$type<DecisionStatus>().notNull(),
    statusReason: text('status_reason'),
    /** Hash of the trigger: one trigger makes one decision, however often its job is delivered. */
    triggerKey: text('trigger_key').notNull(),
    changesHash: text('changes_hash'),
    suggestion: jsonb('suggestion').$type<Suggestion>().notNull(),
    lineage: jsonb('lineage').$type<Lineage>().notNull(),
    ownerId: text('owner_id'),
    supersededBy: text('superseded_by'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    expiresAt: instant('expires_at'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index().on(t.tenantId, t.crm, t.object, t.recordId, t.createdAt),
    index().on(t.tenantId, t.status, t.createdAt),
    uniqueIndex().on(t.tenantId, t.triggerKey),
    /** One open proposal for a subject and task: a newer one supersedes it, in one transaction. */
    uniqueIndex('one_open_decision')
      .on(t.tenantId, t.crm, t.object, t.recordId, t.task)
      .where(sql`${t.status} = 'open'`),
  ],
);

/** What a person said. The idempotency key makes a repeated request the same answer. */
export const answers = pgTable(
  'answers',
  {
    tenantId: tenantId(),
    decisionId: text('decision_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    kind: text('kind').notNull(),
    changesHash: text('changes_hash').notNull(),
    by: jsonb('by').$type<Actor>().notNull(),
    reason: text('reason'),
    until: instant('until'),
    at: instant('at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.decisionId, t.idempotencyKey] })],
);

/** When things first happened to a decision: made, shown, opened, answered, applied, undone, sent, first touch, outcome. */
export const moments = pgTable(
  'moments',
  {
    tenantId: tenantId(),
    decisionId: text('decision_id').notNull(),
    kind: text('kind').notNull(),
    at: instant('at').notNull(),
    by: text('by'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.decisionId, t.kind] })],
);

/** E-mails in the CRM that came from a suggestion: what was really sent. Of a person's own e-mails none stands here. */
export const sentEmails = pgTable(
  'sent_emails',
  {
    tenantId: tenantId(),
    decisionId: text('decision_id').notNull(),
    ...subjectColumns(),
    at: instant('at').notNull(),
    /** In [0, 1]: the share of the draft that was changed. */
    edited: doublePrecision('edited').notNull(),
    reasons: jsonb('reasons').$type<string[]>().notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.decisionId] }),
    uniqueIndex().on(t.tenantId, t.crm, t.object, t.recordId),
  ],
);

/** Append-only. `entry` holds no personal data: that is in `audit_private`, and here only as a salted commitment. */
export const auditLog = pgTable(
  'audit_log',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    at: instant('at').notNull(),
    kind: text('kind').notNull(),
    decisionId: text('decision_id'),
    actor: text('actor').notNull(),
    entry: jsonb('entry').$type<Record<string, unknown>>().notNull(),
    /** SHA-256(0x00 ‖ canonical JSON of the entry), hex: the leaf of RFC 6962. */
    leaf: text('leaf').notNull(),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index().on(t.tenantId, t.decisionId),
    index().on(t.tenantId, t.at),
  ],
);

/** Salt and value of each commitment; erasing the row keeps the tree verifiable. */
export const auditPrivate = pgTable(
  'audit_private',
  {
    tenantId: tenantId(),
    auditId: text('audit_id').notNull(),
    salt: text('salt').notNull(),
    value: jsonb('value').$type<unknown>().notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.auditId] })],
);

/** Entries that the tree does not hold yet: what the sequencer reads, however long the log has become. */
export const ledgerWaiting = pgTable(
  'ledger_waiting',
  {
    tenantId: tenantId(),
    at: instant('at').notNull(),
    auditId: text('audit_id').notNull(),
    leaf: text('leaf').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.at, t.auditId] })],
);

/** Order of the leaves in the tree, given in batches by the sequencer: rows never wait for each other's lock. */
export const ledgerLeaves = pgTable(
  'ledger_leaves',
  {
    tenantId: tenantId(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    auditId: text('audit_id').notNull(),
    leaf: text('leaf').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.seq] }), uniqueIndex().on(t.tenantId, t.auditId)],
);

/**
 * Tree heads: after `size` leaves the root is `root`; `frontier` holds the full subtrees' hashes, left to right. Heads are
 * a chain: `previous` is the size of the one before, `at` the time of the newest entry.
 */
export const ledgerHeads = pgTable(
  'ledger_heads',
  {
    tenantId: tenantId(),
    size: bigint('size', { mode: 'number' }).notNull(),
    root: text('root').notNull(),
    frontier: jsonb('frontier').$type<string[]>().notNull(),
    previous: bigint('previous', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.size] })],
);

/** Every score that was given; the newest by subject is in `latest_scores`. */
export const scores = pgTable(
  'scores',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    scoredAt: instant('scored_at').notNull(),
    score: jsonb('score').$type<Score>().notNull(),
    runId: text('run_id'),
  },
  t => [
    primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId, t.scoredAt] }),
    index().on(t.tenantId, t.runId),
  ],
);

export const latestScores = pgTable(
  'latest_scores',
  {
    tenantId: tenantId(),
    ...subjectColumns(),
    value: integer('value').notNull(),
    band: text('band').$type<Band>().notNull(),
    probability: doublePrecision('probability').notNull(),
    scoredAt: instant('scored_at').notNull(),
    score: jsonb('score').$type<Score>().notNull(),
  },
  t => [primaryKey({ columns: [t.tenantId, t.crm, t.object, t.recordId] }), index().on(t.tenantId, t.value)],
);

/** Many at once: one manifest in the ledger, with the Merkle root over the run's rows. */
export const runs = pgTable(
  'runs',
  {
    tenantId: tenantId(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    releaseId: text('release_id').notNull(),
    state: text('state').$type<'running' | 'done' | 'failed'>().notNull(),
    rows: integer('rows').notNull(),
    root: text('root'),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
    problem: text('problem'),
  },
  t => [primaryKey({ columns: [t.tenantId, t.id] })],
);
