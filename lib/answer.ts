import type { Answer } from '#lib/core/answer.ts';
import type { Decision, DecisionStatus, Trigger } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Change, Suggestion } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { storable } from '#lib/core/storable.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Flow } from './flow.ts';
import { learnFromAnswer } from './learn-from-answer.ts';
import { mayAnswer } from './may.ts';
import { stages, type Stages } from './stages.ts';

/** What can still be answered: a parked decision can be approved again once its cause is gone, or rejected. */
const answerable: readonly DecisionStatus[] = ['open', 'snoozed', 'parked'];
const rejectionHolds = 14 * DAY_MS;
const longestSnooze = 90 * DAY_MS;

/**
 * A person approves, edits, rejects, asks or snoozes. An approval covers exactly the changes whose hash it carries;
 * the CRM is changed by a job that commits with the answer. The same idempotency key again is the same answer.
 * Throws AppError('conflict') with the current decision when the changes are others, or it is no longer open;
 * AppError('forbidden') when policy says that this person may not answer.
 */
export async function answer(
  flow: Flow,
  scope: Scope,
  decisionId: string,
  said: { answer: Answer; idempotencyKey: string },
  s: Stages = stages,
): Promise<Decision> {
  const now = flow.now();
  const given = storable(said);
  return flow.db.tenant(scope.tenantId, async tx => {
    const decision = await s.decisions.load(tx, decisionId, true);
    const may = await mayAnswer(tx, scope, decision.subject, s);
    if (may.effect !== 'allow') throw new AppError('forbidden', may.reason, { policies: may.policies });
    if (await s.decisions.answeredWith(tx, decisionId, given.idempotencyKey)) return decision;
    if (!answerable.includes(decision.status))
      throw new AppError('conflict', `This suggestion can no longer be answered: it is ${decision.status}.`, {
        decision,
      });
    insistOnTime(decision, given.answer, now);
    if (given.answer.changesHash !== decision.changesHash)
      throw new AppError(
        'conflict',
        'The suggestion has changed since you saw it. Look at it again and answer once more.',
        { decision },
      );
    const suggestion = edited(decision.suggestion, given.answer);
    await s.decisions.keepAnswer(tx, scope, decision, { ...given, suggestion }, now);
    await carryOut(tx, scope, decision, given.answer, now, s);
    if (given.answer.kind === 'edit' || given.answer.kind === 'reject')
      await learnFromAnswer(tx, scope, decision, { answer: given.answer, edited: suggestion }, now, s);
    return s.decisions.load(tx, decisionId);
  });
}

async function carryOut(
  tx: TenantTx,
  scope: Scope,
  decision: Decision,
  answer: Answer,
  now: Date,
  s: Stages,
): Promise<void> {
  const move = (to: DecisionStatus, reason: string | null) =>
    s.decisions.moveStatus(tx, scope, decision, { from: answerable, to, reason }, now);
  const remember = (kind: 'rejected-suggestion' | 'snoozed', text: string, until: Date) =>
    s.memory.remember(tx, {
      id: newId('mem'),
      state: 'confirmed',
      scope: 'account',
      subject: decision.subject,
      holder: null,
      kind,
      text,
      author: scope.actor.id,
      authorName: scope.actor.name,
      source: { kind: 'answer', decisionId: decision.id },
      confidence: 1,
      at: toInstant(now),
      expiresAt: toInstant(until),
    });
  switch (answer.kind) {
    case 'approve':
    case 'edit':
      await move('approved', null);
      return enqueue(tx, 'apply', { decisionId: decision.id }, { key: decision.id, priority: 10 });
    case 'reject':
      await move('rejected', answer.reason ?? null);
      return remember('rejected-suggestion', answer.reason ?? '', new Date(now.getTime() + rejectionHolds));
    case 'snooze': {
      const until = new Date(answer.until ?? now);
      await move('snoozed', `until ${toInstant(until)}`);
      await remember('snoozed', `Snoozed by ${scope.actor.name}`, until);
      const { task, subject } = decision;
      const trigger: Trigger = { kind: 'schedule', task, subject, events: [], at: toInstant(until) };
      return enqueue(tx, 'decide', trigger, { key: `snooze ${decision.id}`, startAfter: until });
    }
    case 'question':
      return;
  }
}

/** What is over cannot be approved any more, and nobody snoozes for ever. */
function insistOnTime({ suggestion }: Decision, answer: Answer, now: Date): void {
  const approves = answer.kind === 'approve' || answer.kind === 'edit';
  if (approves && suggestion.outcome === 'propose' && suggestion.expiresAt <= toInstant(now))
    throw new AppError('conflict', 'The time for this suggestion is over. Ask for a new one.');
  const ahead = answer.until === undefined ? 0 : Date.parse(answer.until) - now.getTime();
  if (answer.kind === 'snooze' && (ahead <= 0 || ahead > longestSnooze))
    throw new AppError('bad_input', 'Snooze until a time that is ahead, and within 90 days.');
}

/** The suggestion as the person wants it: wording and time may differ, what it is about may not. */
function edited(suggestion: Suggestion, answer: Answer): Suggestion {
  if (answer.kind !== 'edit' || suggestion.outcome === 'abstain') return suggestion;
  const changes = answer.changes ?? [];
  const same =
    changes.length === suggestion.changes.length &&
    changes.every((change, i) => sameTarget(change, suggestion.changes[i]));
  if (!same)
    throw new AppError(
      'bad_input',
      'An edit may change wording and time, not which record is changed, how many changes there are or their kind.',
    );
  const task = changes.find(change => change.kind === 'task');
  return { ...suggestion, changes, sendAt: task ? task.dueAt : suggestion.sendAt };
}

function sameTarget(a: Change, b: Change | undefined): boolean {
  if (!b || a.id !== b.id || a.kind !== b.kind) return false;
  if (
    a.subject.crm !== b.subject.crm ||
    a.subject.object !== b.subject.object ||
    a.subject.id !== b.subject.id
  )
    return false;
  if (a.kind === 'task' && b.kind === 'task')
    return a.channel === b.channel && a.ownerId === b.ownerId && (a.draft === null) === (b.draft === null);
  if (a.kind === 'field' && b.kind === 'field') return a.field === b.field && a.from === b.from;
  if (a.kind === 'assignment' && b.kind === 'assignment') return a.from === b.from && a.to === b.to;
  return true;
}

/** How long an event waits for somebody of whom nothing is known: it may tell of a person who cannot be found to be erased. */
const parkedDays = 90;

/** How long an approved decision may wait for the CRM before its job is taken to be lost. */
const interruptedMs = 10 * 60_000;

/**
 * Ends what nobody answered in time, which never means approval, and takes up approvals whose job was lost. An undo
 * that was interrupted has a job of its own, which was sent when it began. Events about nobody who became known are forgotten.
 */
export async function tidy(flow: Flow, scope: Scope, s: Stages = stages): Promise<void> {
  const now = flow.now();
  const reason = 'Nobody answered in time, so nothing was done.';
  await flow.db.tenant(scope.tenantId, async tx => {
    for (const decision of await s.decisions.expireOpen(tx, toInstant(now)))
      await s.decisions.moveStatus(
        tx,
        scope,
        decision,
        { from: ['open', 'snoozed'], to: 'expired', reason },
        now,
      );
    const before = toInstant(now.getTime() - interruptedMs);
    for (const { id } of await s.decisions.standingStill(tx, before))
      await enqueue(tx, 'apply', { decisionId: id }, { key: id });
    await s.ingest.endOldParking(tx, toInstant(now.getTime() - parkedDays * DAY_MS));
  });
}
