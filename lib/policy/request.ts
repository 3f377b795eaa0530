import type { PrivacyClass, Purpose } from '#lib/core/privacy.ts';
import type { Change } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { CedarRequest } from './authorize.ts';
import { actorEntity, actorUid, known, recordEntity, tenantUid, type Attributes } from './entities.ts';
import type { Approval, JudgeContext, OwnedRecord } from './types.ts';

export function aboutTenant(scope: Scope, action: string, context: Attributes = {}): CedarRequest {
  const entities = [actorEntity(scope.actor)];
  return { principal: actorUid(scope.actor), action, resource: tenantUid(scope.tenantId), context, entities };
}

export function aboutRecord(
  scope: Scope,
  action: string,
  owned: OwnedRecord,
  context: Attributes = {},
): CedarRequest {
  const record = recordEntity(scope.tenantId, owned);
  const resource = { type: 'Record', id: subjectKey(owned.subject) };
  const entities = [record, actorEntity(scope.actor)];
  return { principal: actorUid(scope.actor), action, resource, context, entities };
}

/** Whether something may be used for a purpose: nobody's question but the product's own. */
export const aboutClass = (purpose: Purpose, privacyClass: PrivacyClass): CedarRequest => ({
  principal: { type: 'Purpose', id: purpose },
  action: 'use_class',
  resource: { type: 'PrivacyClass', id: privacyClass },
  context: {},
  entities: [],
});

export function aboutChange(change: Change, context: JudgeContext, action: string): CedarRequest {
  const { scope } = context;
  const approval = approvalAt(context);
  const request = aboutRecord(scope, action, { subject: change.subject, ownerId: context.subjectOwnerId });
  if (approval && approval.by.id !== scope.actor.id) request.entities.push(actorEntity(approval.by));
  return { ...request, context: changeContext(change, context, approval) };
}

/** At propose there is no approval yet, whatever is handed in; asking in person for an undo is one. */
function approvalAt(context: JudgeContext): Pick<Approval, 'by' | 'coversHash'> | null {
  if (context.moment === 'propose') return null;
  if (context.moment === 'undo' && !context.approval) return { by: context.scope.actor, coversHash: true };
  return context.approval;
}

/** One question for any number of scores: they go into fields of their own, and whose they are changes nothing. */
export const aboutScores = (scope: Scope, { writes, killSwitch }: TenantSettings): CedarRequest =>
  aboutTenant(scope, 'write_scores', { writeScores: writes.score, killSwitch });

function changeContext(
  change: Change,
  context: JudgeContext,
  approval: Pick<Approval, 'by' | 'coversHash'> | null,
): Attributes {
  const { settings } = context;
  const { task, note, field, assignment } = settings.writes;
  return known({
    moment: context.moment,
    writes: { task, note, field, assignment },
    killSwitch: settings.killSwitch,
    touchesPerWeek: settings.touchesPerWeek,
    touchesThisWeek: context.touchesThisWeek,
    confidenceBasisPoints: Math.round(context.confidence * 10_000),
    optedOut: context.optedOut,
    routingOwner: settings.routingOwner,
    outreachOwner: settings.outreachOwner,
    inSequence: context.inSequence ?? false,
    objected: context.objected ?? false,
    guardrailsPassed: context.guardrailsPassed,
    injectionSignal: context.injectionSignal,
    factsAgeMinutes: Math.min(Math.ceil(context.factsAgeHours * 60), Number.MAX_SAFE_INTEGER),
    approval: approval
      ? { by: { __entity: actorUid(approval.by) }, coversTheseChanges: approval.coversHash }
      : undefined,
    channel: change.kind === 'task' ? change.channel : undefined,
    hasDraft: change.kind === 'task' && change.draft !== null,
    field: change.kind === 'field' ? change.field : undefined,
    amountMinor: context.amountMinor,
    currency: context.currency,
  });
}
