import { and, count, desc, eq, gte, inArray, lt, max, sql } from 'drizzle-orm';
import {
  answers,
  auditLog,
  decisions,
  latestScores,
  ledgerHeads,
  ledgerLeaves,
  moments,
  runs,
  scores,
  sentEmails,
} from '#drizzle/schema/decisions.ts';
import type { Decision, DecisionStatus } from '#lib/core/decision.ts';
import type { Score } from '#lib/core/score.ts';
import { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { decisionOf, isAbout } from './store.ts';

import { load } from './decisions.ts';

export { newestScores } from './store-scores.ts';

/**
 * The newest decision about a subject, whatever became of it. With `earlier`, what the subject was before, one about
 * any of them: first one that still waits, so that none is lost from sight.
 */
export async function newestDecision(
  tx: TenantTx,
  subject: Subject,
  earlier: readonly Subject[] = [],
): Promise<Decision | null> {
  const waits = inArray(decisions.status, ['open', 'snoozed', 'parked', 'approved']);
  const [row] = await tx.sql
    .select()
    .from(decisions)
    .where(isAbout(decisions, [subject, ...earlier]))
    .orderBy(...(earlier.length > 0 ? [desc(waits)] : []), desc(decisions.createdAt))
    .limit(1);
  return row ? decisionOf(row) : null;
}

export interface DecisionLine {
  id: string;
  status: DecisionStatus;
  statusReason: string | null;
  at: Instant;
  outcome: 'propose' | 'abstain';
}

/** Decisions about a subject and what it was before, newest first. */
export async function decisionsAbout(
  tx: TenantTx,
  subject: Subject,
  earlier: readonly Subject[] = [],
  limit = 20,
): Promise<DecisionLine[]> {
  const rows = await tx.sql
    .select({
      id: decisions.id,
      status: decisions.status,
      statusReason: decisions.statusReason,
      at: decisions.createdAt,
      outcome: sql<'propose' | 'abstain'>`${decisions.suggestion} ->> 'outcome'`,
    })
    .from(decisions)
    .where(isAbout(decisions, [subject, ...earlier]))
    .orderBy(desc(decisions.createdAt))
    .limit(limit);
  return rows;
}

/** Decisions at one of these statuses, newest first; with `ownerId`, one rep's and nobody's. */
export async function decisionsAt(
  tx: TenantTx,
  filter: { statuses: readonly DecisionStatus[]; ownerId?: string | null },
  limit = 500,
): Promise<Decision[]> {
  const rows = await tx.sql
    .select()
    .from(decisions)
    .where(
      and(
        inArray(decisions.status, [...filter.statuses]),
        filter.ownerId
          ? sql`(${decisions.ownerId} = ${filter.ownerId} or ${decisions.ownerId} is null)`
          : undefined,
      ),
    )
    .orderBy(desc(decisions.createdAt))
    .limit(limit);
  return rows.map(decisionOf);
}

export async function countDecisions(tx: TenantTx): Promise<Map<DecisionStatus, number>> {
  const rows = await tx.sql
    .select({ status: decisions.status, n: count() })
    .from(decisions)
    .groupBy(decisions.status);
  return new Map(rows.map(row => [row.status, row.n]));
}

export async function countAnswersSince(tx: TenantTx, since: Instant): Promise<number> {
  const [row] = await tx.sql.select({ n: count() }).from(answers).where(gte(answers.at, since));
  return row?.n ?? 0;
}

export const answersTo = (tx: TenantTx, decisionId: string) =>
  tx.sql.select().from(answers).where(eq(answers.decisionId, decisionId)).orderBy(desc(answers.at));

export const momentsOf = (tx: TenantTx, decisionId: string) =>
  tx.sql
    .select({ kind: moments.kind, at: moments.at, by: moments.by })
    .from(moments)
    .where(eq(moments.decisionId, decisionId))
    .orderBy(moments.at);

export interface SentLine {
  decisionId: string;
  email: Subject;
  at: Instant;
  /** In [0, 1]: the share of the draft that was changed. */
  edited: number;
  reasons: string[];
}

/** What is known to have been sent of these suggestions, oldest first. */
export async function sentOf(tx: TenantTx, decisionIds: readonly string[]): Promise<SentLine[]> {
  if (decisionIds.length === 0) return [];
  const rows = await tx.sql
    .select()
    .from(sentEmails)
    .where(inArray(sentEmails.decisionId, [...decisionIds]))
    .orderBy(sentEmails.at);
  return rows.map(({ decisionId, at, edited, reasons, crm, object, recordId }) => ({
    decisionId,
    email: Subject.parse({ crm, object, id: recordId }),
    at,
    edited,
    reasons,
  }));
}

export const auditOf = (tx: TenantTx, decisionId: string) =>
  tx.sql
    .select({
      seq: ledgerLeaves.seq,
      at: auditLog.at,
      kind: auditLog.kind,
      by: auditLog.actor,
      entry: auditLog.entry,
      leaf: auditLog.leaf,
    })
    .from(auditLog)
    .leftJoin(ledgerLeaves, eq(ledgerLeaves.auditId, auditLog.id))
    .where(eq(auditLog.decisionId, decisionId))
    .orderBy(auditLog.at, auditLog.id);

/** The newest score of a subject; where it has none, the newest of what it was before. */
export async function latestScore(
  tx: TenantTx,
  subject: Subject,
  earlier: readonly Subject[] = [],
): Promise<Score | null> {
  const [row] = await tx.sql
    .select({ score: latestScores.score })
    .from(latestScores)
    .where(isAbout(latestScores, [subject, ...earlier]))
    .orderBy(desc(isAbout(latestScores, [subject])), desc(latestScores.scoredAt))
    .limit(1);
  return row?.score ?? null;
}

/** The score before the one given at `before`; of a subject that had none, that of what it was before. */
export async function scoreBefore(
  tx: TenantTx,
  subject: Subject,
  before: Instant,
  earlier: readonly Subject[] = [],
): Promise<Score | null> {
  const [row] = await tx.sql
    .select({ score: scores.score })
    .from(scores)
    .where(and(isAbout(scores, [subject, ...earlier]), lt(scores.scoredAt, before)))
    .orderBy(desc(isAbout(scores, [subject])), desc(scores.scoredAt))
    .limit(1);
  return row?.score ?? null;
}

export async function readLedger(
  tx: TenantTx,
): Promise<{ entries: number; sequenced: number; root: string | null }> {
  const [entries] = await tx.sql.select({ n: count() }).from(auditLog);
  const [head] = await tx.sql.select().from(ledgerHeads).orderBy(desc(ledgerHeads.size)).limit(1);
  return { entries: entries?.n ?? 0, sequenced: head?.size ?? 0, root: head?.root ?? null };
}

/** Milliseconds between two moments of the same decision, for all that have both since a time. */
export async function momentGaps(tx: TenantTx, from: string, to: string, since: Instant): Promise<number[]> {
  const rows = await tx.sql
    .select({
      decisionId: moments.decisionId,
      first: sql<string>`min(${moments.at}) filter (where ${moments.kind} = ${from})`,
      last: max(moments.at),
    })
    .from(moments)
    .where(and(inArray(moments.kind, [from, to]), gte(moments.at, since)))
    .groupBy(moments.decisionId)
    .having(sql`count(*) = 2`);
  return rows.map(row => new Date(row.last ?? 0).getTime() - new Date(row.first).getTime());
}

/** Throws AppError('not_found'). */
export const decisionById = (tx: TenantTx, id: string): Promise<Decision> => load(tx, id);

export async function hasFinishedRun(tx: TenantTx): Promise<boolean> {
  const rows = await tx.sql.select({ id: runs.id }).from(runs).where(eq(runs.state, 'done')).limit(1);
  return rows.length > 0;
}
