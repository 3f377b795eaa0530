import type { Receipt } from '#lib/core/answer.ts';
import type { Decision } from '#lib/core/decision.ts';
import type { Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import { openSession } from '#lib/crm/session.ts';
import { redirectionInWords, type Destination } from './destination.ts';
import type { Flow } from './flow.ts';
import type { Stages } from './stages.ts';

/** Opens the CRM for writing what somebody waits for. */
export const openWriter = async (flow: Flow, scope: Scope, s: Stages) =>
  s.writeback.openWriter(
    await openSession(flow.db, scope.tenantId, {
      key: flow.sealingKey,
      clock: flow.now,
      urgency: 'interactive',
    }),
  );

/** Notes on the record that the CRM confirmed a decision's changes, or that they were taken back. */
export async function finish(
  flow: Flow,
  scope: Scope,
  decision: Decision,
  done: {
    direction: 'apply' | 'undo';
    receipts: readonly Receipt[];
    redirected: Destination['redirected'];
  },
  s: Stages,
): Promise<void> {
  const { direction, receipts, redirected } = done;
  const now = flow.now();
  const [from, to] =
    direction === 'apply' ? (['approved', 'applied'] as const) : (['undoing', 'undone'] as const);
  const reason = direction === 'apply' ? redirectionInWords(redirected) : null;
  await flow.db.tenant(scope.tenantId, async tx => {
    const moved = await s.decisions.moveStatus(tx, scope, decision, { from: [from], to, reason }, now);
    if (!moved) return;
    await s.decisions.keepMoment(tx, scope, decision.id, to, toInstant(now));
    await s.decisions.auditReceipts(tx, scope, decision.id, direction, receipts, now, redirected);
    if (direction === 'undo')
      await s.writeback.releaseBudget(
        tx,
        receipts.map(receipt => receipt.changeId),
      );
  });
}
