import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
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

/** Which of these this scope may read, with two queries for all. */
export async function readableAmong(
  tx: TenantTx,
  scope: Scope,
  subjects: readonly Subject[],
  s: Stages = stages,
): Promise<Set<SubjectKey>> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  const owners = await s.graph.ownersOf(tx, subjects);
  const may = (subject: Subject) =>
    s.policy.mayRead(scope, { subject, ownerId: owners.get(subjectKey(subject)) ?? null }, policySet);
  return new Set(subjects.filter(subject => may(subject).effect === 'allow').map(subjectKey));
}

async function reading(tx: TenantTx, scope: Scope, subject: Subject, s: Stages): Promise<Verdict> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  return s.policy.mayRead(scope, { subject, ownerId: await s.graph.ownerOf(tx, subject) }, policySet);
}

type TenantAction = Parameters<typeof stages.policy.mayDo>[1];

/** Throws AppError('forbidden') when this scope may not do that to the tenant as a whole. */
export async function mayDo(
  tx: TenantTx,
  scope: Scope,
  action: Extract<
    TenantAction,
    'view_pipeline' | 'view_ops' | 'change_settings' | 'send_events' | 'view_privacy'
  >,
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

type PrivacyAction = 'erase' | 'object' | 'hold' | 'access';

/** Which of these a scope may do with what is known of people whom nobody owns: for showing buttons. */
export async function privacyActions(
  tx: TenantTx,
  scope: Scope,
  s: Stages = stages,
): Promise<Record<PrivacyAction, boolean>> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  const record = { subject: { crm: 'csv', object: 'contacts', id: 'anybody' }, ownerId: null } as const;
  const can = (action: PrivacyAction): boolean =>
    s.policy.mayDo(scope, action, record, policySet).effect === 'allow';
  return { erase: can('erase'), object: can('object'), hold: can('hold'), access: can('access') };
}

/** Throws AppError('forbidden') when this scope may not do that with what is known of a person. */
export async function mayAct(
  tx: TenantTx,
  scope: Scope,
  action: PrivacyAction,
  subject: Subject,
  s: Stages = stages,
): Promise<void> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  const record = { subject, ownerId: await s.graph.ownerOf(tx, subject) };
  insist(s.policy.mayDo(scope, action, record, policySet));
}

function insist(verdict: Verdict): void {
  if (verdict.effect !== 'allow')
    throw new AppError('forbidden', verdict.reason, { policies: verdict.policies });
}

export async function mayChangeSettings(tx: TenantTx, scope: Scope, s: Stages = stages): Promise<boolean> {
  const { policySet } = bindRelease(await s.releases.current(tx));
  return s.policy.mayDo(scope, 'change_settings', 'tenant', policySet).effect === 'allow';
}
