import type { Answer, Receipt } from '#lib/core/answer.ts';
import type { Decision, DecisionStatus, Lineage, Trigger } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Change, Suggestion } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { storable } from '#lib/core/storable.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { strictest, type Verdict } from '#lib/core/verdict.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { newId } from '#lib/platform/ids.ts';
import { enqueue } from '#lib/jobs/define.ts';
import { audit } from './ledger.ts';
import { recordScores } from './scores.ts';
import type { SentMatch } from './match-sent.ts';
import { insertSent } from './store-sent.ts';
import * as store from './store.ts';

export { audit, sequence } from './ledger.ts';
export { verify, type Verification } from './verify.ts';
export { auditScoresWritten, finishRun, recordScores, startRun } from './scores.ts';
export type { AuditEvent } from './audit-event.ts';

/** What an approval covers: the SHA-256 of exactly these changes. */
export const hashChanges = (changes: readonly Change[]): string => hashOf(changes);

/** How long somebody who gave way waits before looking again: the other is in the CRM by then, or parked. */
const lookAgainMs = 10 * 60_000;

/**
 * Records a decision with its whole lineage, in one transaction with its audit entry, its score, the end of the open
 * proposal that it supersedes (`earlier`: those of what the subject was before, too), and the job that carries it out
 * where policy allowed it unattended. A proposal gives way to one that was approved for the same task and is not yet
 * in the CRM: it is superseded at once, and the matter is looked at again later. A trigger that was decided before
 * returns that decision: a job delivered twice decides once.
 */
export async function record(
  tx: TenantTx,
  scope: Scope,
  found: Lineage,
  now: Date,
  earlier: readonly Subject[] = [],
): Promise<Decision> {
  const lineage = storable(found);
  const triggerKey = hashOf(lineage.trigger);
  await store.lockTask(tx, lineage.trigger.subject, lineage.trigger.task);
  const recorded = await store.byTrigger(tx, triggerKey);
  if (recorded) return recorded;

  const { trigger, suggestion, verdicts } = lineage;
  const id = newId('dec');
  const at = toInstant(now);
  const lives = [trigger.subject, ...earlier];
  const wanted = statusOf(suggestion, verdicts);
  const first = isProposed(wanted) ? await store.underway(tx, lives, trigger.task) : null;
  const status = first ? 'superseded' : wanted;
  const superseded = await store.supersede(
    tx,
    { lives, task: trigger.task, from: supersededBy(wanted) },
    { by: id, at },
  );
  const decision = {
    id,
    tenantId: tx.tenantId,
    subject: trigger.subject,
    task: trigger.task,
    status,
    statusReason: first ? gaveWay : reasonOf(suggestion, status, verdicts),
    changesHash: suggestion.outcome === 'propose' ? hashChanges(suggestion.changes) : null,
    suggestion,
    lineage,
    createdAt: at,
  } satisfies Decision;
  await store.insert(tx, decision, triggerKey, first?.id ?? null);
  await store.firstMoment(tx, id, 'made', at, scope.actor.id);
  for (const old of superseded)
    await audit(tx, scope.actor.id, now, {
      kind: 'status-changed',
      decisionId: old.id,
      public: { from: old.status, to: 'superseded' },
      private: { by: id },
    });
  if (lineage.score) await recordScores(tx, [{ subject: trigger.subject, score: lineage.score }], null);
  await audit(tx, scope.actor.id, now, {
    kind: 'decision-recorded',
    decisionId: id,
    public: {
      task: trigger.task,
      status,
      release: lineage.release.id,
      policySet: lineage.reading.policySet,
      model: lineage.score?.model ?? null,
      effects: verdicts.map(v => v.effect),
      supersedes: superseded.map(old => old.id),
    },
    private: { subject: trigger.subject, lineageHash: hashOf(lineage), suggestionHash: hashOf(suggestion) },
  });
  if (status === 'approved') await enqueue(tx, 'apply', { decisionId: id }, { key: id, priority: 10 });
  if (first) await lookAgain(tx, lineage, first.id, now);
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
  return decision;
}

const gaveWay = 'An approved suggestion for the same matter is being written to the CRM first.';

const isProposed = (status: DecisionStatus): boolean => status === 'open' || status === 'approved';

const lookAgain = (tx: TenantTx, { trigger }: Lineage, after: string, now: Date): Promise<void> => {
  const at = new Date(now.getTime() + lookAgainMs);
  const again: Trigger = { ...trigger, kind: 'schedule', events: [], at: toInstant(at) };
  return enqueue(tx, 'decide', again, { key: `after ${after}`, startAfter: at });
};

/**
 * What a newer decision ends. One that asks for a person's yes, or has it, also takes the place of a parked one: both
 * approved would be two touches for one matter. Without a new proposal the parked one stays where a person sees it.
 */
const supersededBy = (status: DecisionStatus): DecisionStatus[] =>
  isProposed(status) ? ['open', 'snoozed', 'parked'] : ['open', 'snoozed'];

function statusOf(suggestion: Suggestion, verdicts: readonly Verdict[]): DecisionStatus {
  if (suggestion.outcome === 'abstain') return 'abstained';
  return ({ allow: 'approved', ask: 'open', deny: 'denied' } as const)[strictest(verdicts)];
}

function reasonOf(
  suggestion: Suggestion,
  status: DecisionStatus,
  verdicts: readonly Verdict[],
): string | null {
  if (suggestion.outcome === 'abstain') return suggestion.reason;
  return status === 'denied'
    ? verdicts
        .filter(v => v.effect === 'deny')
        .map(v => v.reason)
        .join(' ')
    : null;
}

/** Throws AppError('not_found'). With `lock`, nobody else changes it until the transaction ends. */
export async function load(tx: TenantTx, id: string, lock = false): Promise<Decision> {
  // No id has a null character, and no database takes one.
  const found = id.includes('\0') ? null : await store.byId(tx, id, lock);
  if (!found) throw new AppError('not_found', `There is no decision ${id}.`);
  return found;
}

/** Moves a decision on, if it still stands at one of `from`; says whether it did. */
export async function moveStatus(
  tx: TenantTx,
  scope: Scope,
  decision: Pick<Decision, 'id'>,
  move: { from: readonly DecisionStatus[]; to: DecisionStatus; reason: string | null },
  now: Date,
): Promise<boolean> {
  const was = await store.compareAndSet(tx, decision.id, move, toInstant(now));
  if (was === null) return false;
  await audit(tx, scope.actor.id, now, {
    kind: 'status-changed',
    decisionId: decision.id,
    public: { from: was, to: move.to },
    private: { reason: move.reason },
  });
  await enqueue(tx, 'sequence', {}, { key: tx.tenantId });
  return true;
}

/** Keeps an answer; `suggestion` is what now stands where the person edited it. Null when the key was used before. */
export async function keepAnswer(
  tx: TenantTx,
  scope: Scope,
  decision: Decision,
  given: { answer: Answer; idempotencyKey: string; suggestion: Suggestion },
  now: Date,
): Promise<void> {
  const { answer, suggestion } = given;
  const changesHash = suggestion.outcome === 'propose' ? hashChanges(suggestion.changes) : null;
  await store.insertAnswer(
    tx,
    decision.id,
    given.idempotencyKey,
    scope.actor,
    { ...answer, changesHash: changesHash ?? '' },
    toInstant(now),
  );
  await store.replaceSuggestion(tx, decision.id, suggestion, changesHash, toInstant(now));
  await store.firstMoment(tx, decision.id, 'answered', toInstant(now), scope.actor.id);
  await audit(tx, scope.actor.id, now, {
    kind: 'answered',
    decisionId: decision.id,
    public: { answer: answer.kind, changesHash },
    private: {
      reason: answer.reason ?? null,
      until: answer.until ?? null,
      suggestionHash: hashOf(suggestion),
    },
  });
}

export const answeredWith = store.answeredWith;
export const lastApproval = store.lastApproval;
export const expireOpen = store.expired;
export const carriedOutFor = store.carriedOutFor;
export const waitingFor = store.waitingFor;
export const standingStill = store.standingStill;
export { decisionsAbout, erase, removeScores } from './store-erase.ts';
export { held } from './store-held.ts';
export { newestScores } from './store-scores.ts';
export { suggestionsOf, unsentFor, type Unsent } from './store-sent.ts';
export { matchSentEmail, SENT_WITHIN_DAYS, type SentMatch } from './match-sent.ts';

/** Keeps when something first happened to a decision; later repetitions change nothing. */
export const keepMoment = (
  tx: TenantTx,
  scope: Scope,
  id: string,
  kind: Moment,
  at: Instant,
): Promise<void> => store.firstMoment(tx, id, kind, at, scope.actor.id);

/** Keeps that a suggestion's e-mail was sent; one that is known already changes nothing. */
export async function keepSent(
  tx: TenantTx,
  scope: Scope,
  email: { ref: Subject; at: Instant },
  match: SentMatch,
): Promise<void> {
  if (await insertSent(tx, email, match)) await keepMoment(tx, scope, match.decisionId, 'sent', email.at);
}

export type Moment =
  'made' | 'shown' | 'opened' | 'answered' | 'applied' | 'undone' | 'sent' | 'first-touch' | 'outcome';

/** Notes in the ledger what the CRM confirmed; `redirected`: changes that went to another record than was proposed. */
export async function auditReceipts(
  tx: TenantTx,
  scope: Scope,
  decisionId: string,
  direction: 'apply' | 'undo',
  receipts: readonly Receipt[],
  now: Date,
  redirected: readonly { from: Subject; to: Subject }[] = [],
): Promise<void> {
  await audit(tx, scope.actor.id, now, {
    kind: 'crm-changed',
    decisionId,
    public: {
      direction,
      receipts: receipts.length,
      ...(redirected.length > 0 && { redirected: redirected.length }),
    },
    private: {
      receiptsHash: hashOf(receipts),
      refs: receipts.map(receipt => receipt.ref),
      ...(redirected.length > 0 && { redirected }),
    },
  });
}
