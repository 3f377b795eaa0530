import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { bindRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';

/** Throws AppError('forbidden') with policy's reason when this scope may not read the subject. */
export async function mayRead(
  tx: TenantTx,
  scope: Scope,
  subject: Subject,
  s: Stages = stages,
): Promise<void> {
  insist(await reading(tx, scope, subject, s));
}

export const canRead = async (
  tx: TenantTx,
  scope: Scope,
  subject: Subject,
  s: Stages = stages,
): Promise<boolean> => (await reading(tx, scope, subject, s)).effect === 'allow';

async function reading(tx: TenantTx, scope: Scope, subject: Subject, s: Stages): Promise<Verdict> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  return s.policy.mayRead(scope, { subject, ownerId: await s.graph.ownerOf(tx, subject) }, policySet);
}

type TenantAction = Parameters<typeof stages.policy.mayDo>[1];

/** Throws AppError('forbidden') when this scope may not do that to the tenant as a whole. */
export async function mayDo(
  tx: TenantTx,
  scope: Scope,
  action: Extract<TenantAction, 'view_pipeline' | 'view_ops' | 'change_settings'>,
  s: Stages = stages,
): Promise<void> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  const verdict = s.policy.mayDo(scope, action, 'tenant', policySet);
  if (verdict.effect !== 'allow')
    throw new AppError('forbidden', verdict.reason, { policies: verdict.policies });
}

/** Policy's word on whether this scope may answer suggestions about a subject: the one question of buttons and answers. */
export async function mayAnswer(
  tx: TenantTx,
  scope: Scope,
  subject: Subject,
  s: Stages = stages,
): Promise<Verdict> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  return s.policy.mayDo(scope, 'answer', { subject, ownerId: await s.graph.ownerOf(tx, subject) }, policySet);
}

/** Throws AppError('forbidden') when this scope may not have a suggestion made for the subject. */
export async function mayAsk(
  tx: TenantTx,
  scope: Scope,
  subject: Subject,
  s: Stages = stages,
): Promise<void> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  const record = { subject, ownerId: await s.graph.ownerOf(tx, subject) };
  const verdict = s.policy.mayDo(scope, 'ask_for_suggestion', record, policySet);
  insist(verdict);
}

function insist(verdict: Verdict): void {
  if (verdict.effect !== 'allow')
    throw new AppError('forbidden', verdict.reason, { policies: verdict.policies });
}

export async function mayChangeSettings(tx: TenantTx, scope: Scope, s: Stages = stages): Promise<boolean> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  return s.policy.mayDo(scope, 'change_settings', 'tenant', policySet).effect === 'allow';
}
