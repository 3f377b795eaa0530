import type { Receipt } from '#lib/core/answer.ts';
import type { Decision } from '#lib/core/decision.ts';
import { AppError, isRetryable } from '#lib/core/errors.ts';
import type { Change, Proposal } from '#lib/core/proposal.ts';
import type { Actor, Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import { openSession, type SessionOptions } from '#lib/crm/session.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { ageHours, isOptedOut } from './decide.ts';
import type { Flow } from './flow.ts';
import { bindRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';

/**
 * Approved or allowed → CRM changed. Judged again first, with the policies, facts and settings of this moment; then
 * the contact budget is reserved under a row lock; then written, once, with a receipt. What policy or the CRM refuses
 * parks the decision with the words of who refused. Throws AppError('unavailable' | 'limited') to be tried again:
 * a write that took effect before the fault is found by its key and not repeated.
 */
export async function apply(
  flow: Flow,
  scope: Scope,
  decisionId: string,
  s: Stages = stages,
): Promise<Decision> {
  const now = flow.now();
  const ready = await flow.db.tenant(scope.tenantId, async tx => {
    const decision = await s.decisions.load(tx, decisionId, true);
    if (decision.status !== 'approved' || decision.suggestion.outcome !== 'propose') return null;
    const refusal = await judgeAgain(tx, scope, decision, decision.suggestion, 'apply', now, s);
    if (refusal === null) {
      const by = await approverOf(tx, scope, decision, s);
      return {
        decision,
        proposal: decision.suggestion,
        by,
      };
    }
    await s.decisions.moveStatus(
      tx,
      scope,
      decision,
      { from: ['approved'], to: 'parked', reason: refusal },
      now,
    );
    return null;
  });
  if (ready) await write(flow, scope, ready, s);
  return flow.db.tenant(scope.tenantId, tx => s.decisions.load(tx, decisionId));
}

async function write(flow: Flow, scope: Scope, ready: ReadyToWrite, s: Stages): Promise<void> {
  const { decision, proposal, by } = ready;
  try {
    const session = await openSession(flow.db, scope.tenantId, interactive(flow));
    const { receipts } = await s.writeback.apply(flow.db, s.writeback.openWriter(session), {
      decision: { id: decision.id, tenantId: scope.tenantId, suggestion: proposal },
      changes: proposal.changes,
      approvedBy: by.name,
      now: flow.now(),
    });
    await finish(flow, scope, decision, 'apply', receipts, s);
  } catch (error) {
    if (!(error instanceof AppError) || isRetryable(error)) throw error;
    await park(flow, scope, decision.id, error.message, s);
  }
}

interface ReadyToWrite {
  decision: Decision;
  proposal: Proposal;
  by: Actor;
}

/** Somebody waits for what is written. */
const interactive = (flow: Flow): SessionOptions => ({
  key: flow.sealingKey,
  clock: flow.now,
  urgency: 'interactive',
});

/** An undo that has not ended after this time is taken for one whose process died. */
const undoneWithinMs = 60_000;

/** Takes back what a decision changed: an `apply` of the receipts' values from before, judged like any other. */
export async function undo(
  flow: Flow,
  scope: Scope,
  decisionId: string,
  s: Stages = stages,
): Promise<Decision> {
  const now = flow.now();
  const ready = await flow.db.tenant(scope.tenantId, async tx => {
    const found = await s.decisions.load(tx, decisionId, true);
    if (found.status === 'undone' || found.suggestion.outcome !== 'propose') return null;
    const refusal = await judgeAgain(tx, scope, found, found.suggestion, 'undo', now, s);
    if (refusal !== null) return { refusal };
    const moved = await s.decisions.moveStatus(
      tx,
      scope,
      found,
      { from: ['applied', 'undoing'], to: 'undoing', reason: null },
      now,
    );
    if (!moved)
      throw new AppError('conflict', `Only what was applied can be undone; this is ${found.status}.`, {
        decision: found,
      });
    await enqueue(
      tx,
      'undo',
      { decisionId, by: scope.actor },
      { key: decisionId, startAfter: new Date(now.getTime() + undoneWithinMs) },
    );
    const { suggestion } = found;
    const receipts = await s.writeback.receiptsOf(tx, decisionId);
    return { found, suggestion, receipts };
  });
  // Thrown after the commit: that policy refused is on the record.
  if (ready && 'refusal' in ready) throw new AppError('forbidden', ready.refusal);
  if (ready) {
    const { found, suggestion, receipts } = ready;
    try {
      const session = await openSession(flow.db, scope.tenantId, interactive(flow));
      const undone = await s.writeback.undo(flow.db, s.writeback.openWriter(session), {
        decision: { id: decisionId, tenantId: scope.tenantId, suggestion },
        receipts,
        now: flow.now(),
      });
      await finish(flow, scope, found, 'undo', undone.receipts, s);
    } catch (error) {
      await backToApplied(flow, scope, found, error, s);
    }
  }
  return flow.db.tenant(scope.tenantId, tx => s.decisions.load(tx, decisionId));
}

/** Carries an undo to its end whose process died on the way. One that ended, well or not, is left as it is. */
export async function finishUndo(
  flow: Flow,
  scope: Scope,
  decisionId: string,
  s: Stages = stages,
): Promise<void> {
  const { status } = await flow.db.tenant(scope.tenantId, tx => s.decisions.load(tx, decisionId));
  if (status === 'undoing') await undo(flow, scope, decisionId, s);
}

/** Null when policy lets every change through, else why not. */
async function judgeAgain(
  tx: TenantTx,
  scope: Scope,
  decision: Decision,
  proposal: Proposal,
  moment: 'apply' | 'undo',
  now: Date,
  s: Stages,
): Promise<string | null> {
  const { policySet, settings } = bindRelease(await s.releases.current(tx));
  const facts = await s.graph.factsAbout(tx, decision.subject, toInstant(now));
  // Whoever asks for an undo answers for it, not who approved what is taken back.
  const approval = moment === 'undo' ? null : await s.decisions.lastApproval(tx, decision.id);
  const touchesThisWeek = await s.writeback.touchesAround(
    tx,
    decision.subject,
    toInstant(now),
    proposal.changes.map(change => change.id),
  );
  const changesHash = s.decisions.hashChanges(proposal.changes);
  const judge = (change: Change): Verdict =>
    s.policy.judge(
      change,
      {
        scope,
        moment,
        settings,
        confidence: proposal.confidence,
        subjectOwnerId: facts.owner?.id ?? null,
        optedOut: isOptedOut(facts),
        guardrailsPassed: decision.lineage.checks.every(check => check.outcome !== 'blocked'),
        factsAgeHours: ageHours(facts),
        injectionSignal: decision.lineage.shield.some(
          r => r.guardrail === 'injection' && r.outcome === 'signal',
        ),
        approval: approval && {
          by: approval.by,
          changesHash: approval.changesHash,
          coversHash: approval.changesHash === changesHash,
          approvedAt: approval.at,
        },
        touchesThisWeek,
      },
      policySet,
    );
  const verdicts = proposal.changes.map(judge);
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'judged-again',
    decisionId: decision.id,
    public: {
      moment,
      effects: verdicts.map(v => v.effect),
      policies: [...new Set(verdicts.flatMap(v => v.policies))],
      policySet: policySet.hash,
    },
    private: {},
  });
  const refused = verdicts.filter(v => v.effect !== 'allow');
  if (refused.length > 0) return refused.map(v => v.reason).join(' ');
  if (moment === 'undo') return null;
  return reserve(tx, decision.subject, proposal.changes, settings.touchesPerWeek, s);
}

/** Null when each touch has its place in the person's budget, else why not. */
async function reserve(
  tx: TenantTx,
  person: Subject,
  changes: readonly Change[],
  limit: number,
  s: Stages,
): Promise<string | null> {
  for (const change of changes) {
    if (change.kind !== 'task') continue;
    const { ok, used } = await s.writeback.reserveBudget(tx, person, change.id, change.dueAt, limit);
    if (!ok)
      return `This person has ${used} suggested touches in seven days already, and ${limit} are allowed.`;
  }
  return null;
}

async function approverOf(tx: TenantTx, scope: Scope, decision: Decision, s: Stages): Promise<Actor> {
  return (await s.decisions.lastApproval(tx, decision.id))?.by ?? scope.actor;
}

async function finish(
  flow: Flow,
  scope: Scope,
  decision: Decision,
  direction: 'apply' | 'undo',
  receipts: readonly Receipt[],
  s: Stages,
): Promise<void> {
  const now = flow.now();
  const [from, to, moment] =
    direction === 'apply'
      ? (['approved', 'applied', 'applied'] as const)
      : (['undoing', 'undone', 'undone'] as const);
  await flow.db.tenant(scope.tenantId, async tx => {
    const moved = await s.decisions.moveStatus(tx, scope, decision, { from: [from], to, reason: null }, now);
    if (!moved) return;
    await s.decisions.keepMoment(tx, scope, decision.id, moment, toInstant(now));
    await s.decisions.auditReceipts(tx, scope, decision.id, direction, receipts, now);
    if (direction === 'undo')
      await s.writeback.releaseBudget(
        tx,
        receipts.map(receipt => receipt.changeId),
      );
  });
}

async function backToApplied(
  flow: Flow,
  scope: Scope,
  decision: Decision,
  error: unknown,
  s: Stages,
): Promise<never> {
  const reason = error instanceof AppError ? error.message : 'The undo failed unexpectedly; try again.';
  await flow.db.tenant(scope.tenantId, tx =>
    s.decisions.moveStatus(
      tx,
      scope,
      decision,
      { from: ['undoing'], to: 'applied', reason: `Not undone: ${reason}` },
      flow.now(),
    ),
  );
  throw error;
}

/**
 * Shows an approved decision that could not be carried out to a person, with the reason. What it had reserved of the
 * contact budget is freed, unless a write was begun: that may have reached the CRM all the same.
 */
export async function park(
  flow: Flow,
  scope: Scope,
  decisionId: string,
  reason: string,
  s: Stages = stages,
): Promise<void> {
  await flow.db.tenant(scope.tenantId, async tx => {
    const decision = await s.decisions.load(tx, decisionId, true);
    const move = { from: ['approved'], to: 'parked', reason } as const;
    const moved = await s.decisions.moveStatus(tx, scope, decision, move, flow.now());
    if (!moved || decision.suggestion.outcome !== 'propose') return;
    const begun = await s.writeback.writesOf(tx, decisionId);
    const unsure = new Set(begun.filter(write => write.state !== 'refused').map(write => write.changeId));
    const free = decision.suggestion.changes.map(change => change.id).filter(id => !unsure.has(id));
    await s.writeback.releaseBudget(tx, free);
  });
}
