import { and, desc, eq, inArray, isNotNull, lte, or, sql, type Column, type SQL } from 'drizzle-orm';
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

/** Condition that a row of a table is about one of these subjects; true of none where there are none. */
export function isAbout(
  table: { crm: Column; object: Column; recordId: Column },
  subjects: readonly Subject[],
): SQL {
  const kinds = Map.groupBy(subjects, ({ crm, object }) => `${crm} ${object}`);
  const ofKind = (all: readonly Subject[]) =>
    and(
      eq(table.crm, all[0]?.crm),
      eq(table.object, all[0]?.object),
      inArray(
        table.recordId,
        all.map(subject => subject.id),
      ),
    );
  return or(...[...kinds.values()].map(ofKind)) ?? sql`false`;
}

/** One decision about a subject and task is recorded at a time, until the transaction ends. */
export const lockTask = (tx: TenantTx, { crm, object, id }: Subject, task: Task) =>
  tx.sql.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${['decide', tx.tenantId, crm, object, id, task].join('\n')}, 0))`,
  );

/** The oldest decision that was approved for one of the subjects and the task, and is not yet in the CRM; locked. */
export async function underway(tx: TenantTx, lives: readonly Subject[], task: Task) {
  const [row] = await tx.sql
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(isAbout(decisions, lives), eq(decisions.task, task), eq(decisions.status, 'approved')))
    .orderBy(decisions.createdAt)
    .limit(1)
    .for('update');
  return row ?? null;
}

/** Decisions about these subjects that wait for a person, or could not be carried out. */
export const waitingFor = (tx: TenantTx, subjects: readonly Subject[]): Promise<{ id: string }[]> =>
  tx.sql
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(isAbout(decisions, subjects), inArray(decisions.status, ['open', 'snoozed', 'parked'])));

/** Ends what stands at one of `from` for the subjects and task, and returns it as it stood. */
export async function supersede(
  tx: TenantTx,
  { lives, task, from }: { lives: readonly Subject[]; task: Task; from: DecisionStatus[] },
  { by, at }: { by: string; at: Instant },
) {
  const old = await tx.sql
    .select({ id: decisions.id, status: decisions.status })
    .from(decisions)
    .where(and(isAbout(decisions, lives), eq(decisions.task, task), inArray(decisions.status, from)))
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

export async function insert(
  tx: TenantTx,
  decision: Decision,
  triggerKey: string,
  supersededBy: string | null,
): Promise<void> {
  const { subject, suggestion } = decision;
  const change = suggestion.outcome === 'propose' ? suggestion.changes[0] : undefined;
  await tx.sql.insert(decisions).values({
    ...decision,
    crm: subject.crm,
    object: subject.object,
    recordId: subject.id,
    triggerKey,
    ownerId: change?.kind === 'task' ? change.ownerId : null,
    supersededBy,
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
  if (subjects.length === 0) return [];
  const rows = await tx.sql
    .select({
      id: decisions.id,
      crm: decisions.crm,
      object: decisions.object,
      recordId: decisions.recordId,
      at: moments.at,
    })
    .from(decisions)
    .innerJoin(moments, and(eq(moments.decisionId, decisions.id), eq(moments.kind, 'applied')))
    .where(and(isAbout(decisions, subjects), eq(decisions.status, 'applied')));
  return rows.map(({ id, at, crm, object, recordId }) => ({
    id,
    at,
    subject: { crm, object, id: recordId } as Subject,
  }));
}

/** Decisions that have been on their way into the CRM since before that time. */
export async function standingStill(tx: TenantTx, before: Instant) {
  return tx.sql
    .select({ id: decisions.id })
    .from(decisions)
    .where(and(eq(decisions.status, 'approved'), lte(decisions.updatedAt, before)))
    .limit(500);
}
