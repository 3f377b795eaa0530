import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type { Change } from '#lib/core/proposal.ts';
import type { Actor, Scope } from '#lib/core/scope.ts';
import type { TenantSettings } from '#lib/core/settings.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { CedarRequest } from './authorize.ts';
import type { Approval, JudgeContext, OwnedRecord } from './types.ts';

type Attributes = Record<string, CedarValueJson>;

/** Cedar has no null: what is not known is left out. */
const known = (attributes: Record<string, CedarValueJson | undefined>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, CedarValueJson] => entry[1] != null),
  );

const actorUid = (actor: Actor): TypeAndId => ({ type: 'Actor', id: actor.id });

const actorEntity = (actor: Actor): EntityJson => ({
  uid: actorUid(actor),
  attrs: known({ ownerId: actor.ownerId }),
  parents: [{ type: 'Role', id: actor.role }],
});

const tenantUid = (scope: Scope): TypeAndId => ({ type: 'Tenant', id: scope.tenantId });

export function aboutTenant(scope: Scope, action: string, context: Attributes = {}): CedarRequest {
  const entities = [actorEntity(scope.actor)];
  return { principal: actorUid(scope.actor), action, resource: tenantUid(scope), context, entities };
}

export function aboutRecord(scope: Scope, action: string, { subject, ownerId }: OwnedRecord): CedarRequest {
  const resource = { type: 'Record', id: subjectKey(subject) };
  const record: EntityJson = {
    uid: resource,
    attrs: known({ crm: subject.crm, object: subject.object, ownerId }),
    parents: [tenantUid(scope)],
  };
  const entities = [record, actorEntity(scope.actor)];
  return { principal: actorUid(scope.actor), action, resource, context: {}, entities };
}

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
