import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { mayDo } from './may.ts';
import {
  acceptEventsKey,
  endEventsKey,
  eventsKeysInForce,
  makeEventsKey,
  tenantOfToken,
  type ServerKey,
} from './sign-in/sign-in.ts';
import { stages, type Stages } from './stages.ts';

const mostKeys = 20;

/**
 * A new key with which a website or a product sends events; on the record, and answered this once. Throws
 * AppError('forbidden'), AppError('conflict') where there are too many.
 */
export async function addEventsKey(
  tx: TenantTx,
  scope: Scope,
  name: string,
  now: Date,
  s: Stages = stages,
): Promise<{ id: string; key: string }> {
  await mayDo(tx, scope, 'change_settings', s);
  if ((await eventsKeysInForce(tx)).length >= mostKeys)
    throw new AppError(
      'conflict',
      `There are ${mostKeys} events keys. End one that is not used any more first.`,
    );
  await note(tx, scope, 'made', now, s);
  return makeEventsKey(tx, { by: scope.actor.id, name }, now);
}

/** Ends a key: what is sent with it is refused from now on. Throws AppError('forbidden'), AppError('not_found'). */
export async function dropEventsKey(
  tx: TenantTx,
  scope: Scope,
  id: string,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  await mayDo(tx, scope, 'change_settings', s);
  if (!(await endEventsKey(tx, id, now)))
    throw new AppError('not_found', 'No events key in force has this id. It may have been ended already.');
  await note(tx, scope, 'ended', now, s);
}

/** The keys in force, the newest first. Throws AppError('forbidden'). */
export async function listEventsKeys(tx: TenantTx, scope: Scope): Promise<ServerKey[]> {
  await mayDo(tx, scope, 'change_settings');
  return eventsKeysInForce(tx);
}

/** The tenant for which a key may send events. Throws AppError('unauthenticated') for one that is not in force. */
export async function tenantOfEventsKey(flow: Flow, key: string): Promise<string> {
  const tenantId = tenantOfToken('evt', key);
  const accepted =
    tenantId !== null && (await flow.db.tenant(tenantId, tx => acceptEventsKey(tx, key, flow.now())));
  if (!accepted)
    throw new AppError(
      'unauthenticated',
      'This events key is not in force: it was ended, or it is not one of ours. An admin makes one under Settings.',
    );
  return tenantId;
}

const note = (tx: TenantTx, { actor }: Scope, to: 'made' | 'ended', now: Date, s: Stages) =>
  s.decisions.audit(tx, actor.id, now, {
    kind: 'events-key-changed',
    decisionId: null,
    public: { now: to },
    private: {},
  });
