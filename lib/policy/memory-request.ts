import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { Memory } from '#lib/core/memory.ts';
import type { Task } from '#lib/core/proposal.ts';
import type { Role, Scope } from '#lib/core/scope.ts';
import type { CedarRequest } from './authorize.ts';
import { actorEntity, actorUid, known, recordEntity, tenantUid } from './entities.ts';
import type { OwnedRecord } from './types.ts';

/** An agent at work, and in whose name: the owner of the record. */
export type AgentAtWork = { tenantId: string; task: Task; ownerId: string | null; role: Role | null };

/** A memory as policy sees it: its text plays no part. `about`: null where it is about no record. */
export type JudgedMemory = Pick<Memory, 'scope' | 'kind' | 'holder'> & {
  id: string;
  about: OwnedRecord | null;
};

export function aboutRecall(agent: AgentAtWork, memory: JudgedMemory): CedarRequest {
  const principal = { type: 'Agent', id: agent.task };
  const attrs = known({ ownerId: agent.ownerId, role: agent.role && { __entity: roleUid(agent.role) } });
  return aboutMemory(agent.tenantId, 'recall', memory, { uid: principal, attrs, parents: [] });
}

export const aboutMemoryOf = (scope: Scope, verb: 'see' | 'teach', memory: JudgedMemory): CedarRequest =>
  aboutMemory(scope.tenantId, `${verb}_${memory.scope}_memory`, memory, actorEntity(scope.actor));

const roleUid = (role: string) => ({ type: 'Role', id: role });

function aboutMemory(
  tenantId: string,
  action: string,
  { id, scope, kind, holder, about }: JudgedMemory,
  principal: EntityJson,
): CedarRequest {
  const resource = { type: 'Memory', id };
  const record = about && recordEntity(tenantId, about);
  const user = holder?.kind === 'user' ? holder : null;
  const memory: EntityJson = {
    uid: resource,
    attrs: known({
      scope,
      kind,
      about: record ? { __entity: record.uid } : undefined,
      holder: user ? { __entity: actorUid(user) } : undefined,
      holderOwnerId: user?.ownerId,
      holderRole: holder?.kind === 'role' ? { __entity: roleUid(holder.role) } : undefined,
    }),
    parents: [tenantUid(tenantId)],
  };
  const entities = [memory, principal, ...(record ? [record] : [])];
  return { principal: principal.uid as CedarRequest['principal'], action, resource, context: {}, entities };
}
