import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type { Actor } from '#lib/core/scope.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { OwnedRecord } from './types.ts';

export type Attributes = Record<string, CedarValueJson>;

/** Cedar has no null: what is not known is left out. */
export const known = (attributes: Record<string, CedarValueJson | null | undefined>): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, CedarValueJson] => entry[1] != null),
  );

export const actorUid = ({ id }: Pick<Actor, 'id'>): TypeAndId => ({ type: 'Actor', id });

export const actorEntity = (actor: Actor): EntityJson => ({
  uid: actorUid(actor),
  attrs: known({ ownerId: actor.ownerId }),
  parents: [{ type: 'Role', id: actor.role }],
});

export const tenantUid = (id: string): TypeAndId => ({ type: 'Tenant', id });

export const recordEntity = (
  tenantId: string,
  { subject, ownerId }: OwnedRecord,
): EntityJson & { uid: TypeAndId } => ({
  uid: { type: 'Record', id: subjectKey(subject) },
  attrs: known({ crm: subject.crm, object: subject.object, ownerId }),
  parents: [tenantUid(tenantId)],
});
