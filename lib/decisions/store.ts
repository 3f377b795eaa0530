import { and, desc, eq, inArray, isNotNull, lte, sql } from 'drizzle-orm';
import { answers, decisions, moments } from '#drizzle/schema/decisions.ts';
import type { Answer } from '#lib/core/answer.ts';
import type { Decision, DecisionStatus } from '#lib/core/decision.ts';
import type { Suggestion, Task } from '#lib/core/proposal.ts';
import { Actor } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

type Row = typeof decisions.$inferSelect;

export const decisionOf = (row: Row): Decision => ({
  id: row.id,
  tenantId: row.tenantId,
  subject: { crm: row.crm, object: row.object, id: row.recordId } as Subject,
  task: row.task as Task,
  status: row.status,
  statusReason: row.statusReason,
  changesHash: row.changesHash,
  suggestion: row.suggestion,
  lineage: row.lineage,
  createdAt: row.createdAt,
});

const first = (rows: Row[]): Decision | null => (rows[0] ? decisionOf(rows[0]) : null);

export const byTrigger = async (tx: TenantTx, key: string) =>
  first(await tx.sql.select().from(decisions).where(eq(decisions.triggerKey, key)).limit(1));

export async function byId(tx: TenantTx, id: string, lock: boolean): Promise<Decision | null> {
  const query = tx.sql.select().from(decisions).where(eq(decisions.id, id)).limit(1);
  return first(await (lock ? query.for('update') : query));
}

export const about = (subject: Subject) =>
  and(
    eq(decisions.crm, subject.crm),
    eq(decisions.object, subject.object),
    eq(decisions.recordId, subject.id),
  );

/** One decision about a subject and task is recorded at a time, until the transaction ends. */
export const lockTask = (tx: TenantTx, { crm, object, id }: Subject, task: Task) =>
  tx.sql.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${['decide', tx.tenantId, crm, object, id, task].join('\n')}, 0))`,
  );

/** Ends what stands at one of `from` for the subject and task, and returns it as it stood. */
export async function supersede(
  tx: TenantTx,
  { subject, task, from }: { subject: Subject; task: Task; from: DecisionStatus[] },
  { by, at }: { by: string; at: Instant },
) {
  const old = await tx.sql
    .select({ id: decisions.id, status: decisions.status })
    .from(decisions)
    .where(and(about(subject), eq(decisions.task, task), inArray(decisions.status, from)))
    .for('update');
  if (old.length > 0)
    await tx.sql
      .update(decisions)
      .set({ status: 'superseded', supersededBy: by, updatedAt: at })
      .where(
        inArray(
          decisions.id,
          old.map(row => row.id),
        ),
      );
  return old;
}

export async function insert(tx: TenantTx, decision: Decision, triggerKey: string): Promise<void> {
  const { subject, suggestion } = decision;
  const change = suggestion.outcome === 'propose' ? suggestion.changes[0] : undefined;
  await tx.sql.insert(decisions).values({
    ...decision,
    crm: subject.crm,
    object: subject.object,
    recordId: subject.id,
    triggerKey,
    ownerId: change?.kind === 'task' ? change.ownerId : null,
    supersededBy: null,
    updatedAt: decision.createdAt,
    expiresAt: suggestion.outcome === 'propose' ? suggestion.expiresAt : null,
  });
}

/** The status before, or null when the decision stood at none of `from`. */
export async function compareAndSet(
  tx: TenantTx,
  id: string,
  move: { from: readonly DecisionStatus[]; to: DecisionStatus; reason: string | null },
  at: Instant,
): Promise<DecisionStatus | null> {
  const [row] = await tx.sql
    .select({ status: decisions.status })
    .from(decisions)
    .where(eq(decisions.id, id))
    .for('update');
  if (!row || !move.from.includes(row.status)) return null;
  await tx.sql
    .update(decisions)
    .set({ status: move.to, statusReason: move.reason, updatedAt: at })
    .where(eq(decisions.id, id));
  return row.status;
}

export async function insertAnswer(
  tx: TenantTx,
  decisionId: string,
  idempotencyKey: string,
  by: Actor,
  answer: Answer,
  at: Instant,
) {
  await tx.sql.insert(answers).values({
    tenantId: tx.tenantId,
    decisionId,
    idempotencyKey,
    kind: answer.kind,
    changesHash: answer.changesHash,
    by,
    reason: answer.reason ?? null,
    until: answer.until ?? null,
    at,
  });
}

export async function replaceSuggestion(
  tx: TenantTx,
  id: string,
  suggestion: Suggestion,
  changesHash: string | null,
  at: Instant,
) {
  await tx.sql.update(decisions).set({ suggestion, changesHash, updatedAt: at }).where(eq(decisions.id, id));
}

export async function answeredWith(
  tx: TenantTx,
  decisionId: string,
  idempotencyKey: string,
): Promise<boolean> {
  const rows = await tx.sql
    .select({ kind: answers.kind })
    .from(answers)
    .where(and(eq(answers.decisionId, decisionId), eq(answers.idempotencyKey, idempotencyKey)));
  return rows.length > 0;
}

/** The newest approval (or approving edit), with the hash of what it covers. */
export async function lastApproval(tx: TenantTx, decisionId: string) {
  const [row] = await tx.sql
    .select()
    .from(answers)
    .where(and(eq(answers.decisionId, decisionId), inArray(answers.kind, ['approve', 'edit'])))
    .orderBy(desc(answers.at))
    .limit(1);
  return row ? { by: Actor.parse(row.by), changesHash: row.changesHash, at: row.at } : null;
}

export async function firstMoment(
  tx: TenantTx,
  decisionId: string,
  kind: string,
  at: Instant,
  by: string | null,
): Promise<void> {
  await tx.sql
    .insert(moments)
    .values({ tenantId: tx.tenantId, decisionId, kind, at, by })
    .onConflictDoNothing();
}

/** Open decisions whose time is over. */
export async function expired(tx: TenantTx, now: Instant): Promise<{ id: string }[]> {
  return tx.sql
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        inArray(decisions.status, ['open', 'snoozed']),
        isNotNull(decisions.expiresAt),
        lte(decisions.expiresAt, now),
      ),
    )
    .limit(500);
}

/** Decisions about these subjects whose changes the CRM confirmed, with when it did. */
export async function carriedOutFor(
  tx: TenantTx,
  subjects: readonly Subject[],
): Promise<{ id: string; subject: Subject; at: Instant }[]> {
  const [first] = subjects;
  if (!first) return [];
  const ids = subjects.map(subject => subject.id);
  const rows = await tx.sql
    .select({ id: decisions.id, recordId: decisions.recordId, at: moments.at })
    .from(decisions)
    .innerJoin(moments, and(eq(moments.decisionId, decisions.id), eq(moments.kind, 'applied')))
    .where(
      and(
        eq(decisions.crm, first.crm),
        eq(decisions.object, first.object),
        inArray(decisions.recordId, ids),
        eq(decisions.status, 'applied'),
      ),
    );
  return rows.map(({ id, recordId, at }) => ({ id, at, subject: { ...first, id: recordId } }));
}

/** Decisions that have been on their way into the CRM, or out of it again, since before that time. */
export async function standingStill(tx: TenantTx, before: Instant) {
  return tx.sql
    .select({ id: decisions.id, status: decisions.status })
    .from(decisions)
    .where(and(inArray(decisions.status, ['approved', 'undoing']), lte(decisions.updatedAt, before)))
    .limit(500);
}
