import type { Decision } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { enqueue } from '#lib/jobs/define.ts';
import { finish, openWriter } from './carry-out.ts';
import { destinationOf } from './destination.ts';
import type { Flow } from './flow.ts';
import { judgeAgain } from './judge-again.ts';
import { stages, type Stages } from './stages.ts';

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
    const { suggestion } = found;
    const to = await destinationOf(tx, found, suggestion, now, s);
    const refusal = await judgeAgain(tx, scope, found, suggestion, to, 'undo', now, s);
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
    const receipts = await s.writeback.receiptsOf(tx, decisionId);
    const heirs = await s.graph.heirsOf(
      tx,
      receipts.map(one => one.ref),
      toInstant(now),
    );
    return {
      found,
      suggestion,
      // What was written to a record that is another by now is taken back there.
      receipts: receipts.map(one => ({ ...one, ref: heirs.get(subjectKey(one.ref)) ?? one.ref })),
    };
  });
  // Thrown after the commit: that policy refused is on the record.
  if (ready && 'refusal' in ready) throw new AppError('forbidden', ready.refusal.words);
  if (ready) {
    const { found, suggestion, receipts } = ready;
    try {
      const undone = await s.writeback.undo(flow.db, await openWriter(flow, scope, s), {
        decision: { id: decisionId, tenantId: scope.tenantId, suggestion },
        receipts,
        by: scope.actor.name,
        now: flow.now(),
      });
      await finish(flow, scope, found, { direction: 'undo', receipts: undone.receipts, redirected: [] }, s);
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
  if (status !== 'undoing') return;
  try {
    await undo(flow, scope, decisionId, s);
  } catch (error) {
    // Refused before anything was asked of the CRM: it must not stay under way for ever.
    const found = await flow.db.tenant(scope.tenantId, tx => s.decisions.load(tx, decisionId));
    if (found.status === 'undoing') await backToApplied(flow, scope, found, error, s);
    throw error;
  }
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
