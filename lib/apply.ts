import type { Decision } from '#lib/core/decision.ts';
import { AppError, isRetryable } from '#lib/core/errors.ts';
import type { Proposal } from '#lib/core/proposal.ts';
import type { Actor, Scope } from '#lib/core/scope.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { finish, openWriter } from './carry-out.ts';
import { destinationOf, type Destination } from './destination.ts';
import type { Flow } from './flow.ts';
import { judgeAgain } from './judge-again.ts';
import { stages, type Stages } from './stages.ts';

/**
 * Approved or allowed → CRM changed. Judged again first, with the policies, facts and settings of this moment; then
 * the contact budget is reserved under a row lock; then written, once, with a receipt. What was proposed for a record
 * that lives on as another is written to that one. What policy or the CRM refuses parks the decision with the words of
 * who refused; where the record was deleted, it ends. Throws AppError('unavailable' | 'limited') to be tried again:
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
    const proposal = decision.suggestion;
    const to = await destinationOf(tx, decision, proposal, now, s);
    const refusal = await judgeAgain(tx, scope, decision, proposal, to, 'apply', now, s);
    if (refusal === null) return { decision, proposal, to, by: await approverOf(tx, scope, decision, s) };
    await s.decisions.moveStatus(
      tx,
      scope,
      decision,
      { from: ['approved'], to: refusal.gone ? 'expired' : 'parked', reason: refusal.words },
      now,
    );
    return null;
  });
  if (ready) await write(flow, scope, ready, s);
  return flow.db.tenant(scope.tenantId, tx => s.decisions.load(tx, decisionId));
}

interface ReadyToWrite {
  decision: Decision;
  proposal: Proposal;
  to: Destination;
  by: Actor;
}

async function write(flow: Flow, scope: Scope, ready: ReadyToWrite, s: Stages): Promise<void> {
  const { decision, proposal, to, by } = ready;
  try {
    const { receipts } = await s.writeback.apply(flow.db, await openWriter(flow, scope, s), {
      decision: { id: decision.id, tenantId: scope.tenantId, suggestion: proposal },
      changes: to.changes,
      approvedBy: by.name,
      now: flow.now(),
    });
    await finish(flow, scope, decision, { direction: 'apply', receipts, redirected: to.redirected }, s);
  } catch (error) {
    if (!(error instanceof AppError) || isRetryable(error)) throw error;
    await park(flow, scope, decision.id, error.message, s);
  }
}

async function approverOf(tx: TenantTx, scope: Scope, decision: Decision, s: Stages): Promise<Actor> {
  return (await s.decisions.lastApproval(tx, decision.id))?.by ?? scope.actor;
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
