import type { Scope } from '#lib/core/scope.ts';
import { AppError } from '#lib/core/errors.ts';
import {
  connectionOf,
  cutConnection,
  openConnection,
  revokeAccess,
  type OpenConnection,
} from '#lib/crm/connections.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Flow } from './flow.ts';
import { mayDo } from './may.ts';
import { cutOffOthers } from './people.ts';
import { stages, type Stages } from './stages.ts';

/**
 * Cuts the connection to the CRM: secrets are forgotten here and revoked there, work that needs the CRM stops, and what
 * was approved meanwhile is parked for a person. Records, decisions and the ledger stay. Nobody is vouched for any more: all
 * sessions end but those of the admin who did this, who sees that it worked and can read on and connect again, and so do the
 * keys of the CRM's server. Answers with what became of the access at the CRM. Throws AppError('forbidden' | 'not_found' | 'conflict').
 */
export async function disconnect(flow: Flow, scope: Scope, s: Stages = stages): Promise<{ revoked: string }> {
  const open = await flow.db.tenant(scope.tenantId, async tx => {
    await mayDo(tx, scope, 'change_settings', s);
    const connection = await connectionOf(tx);
    if (connection === null) throw new AppError('not_found', 'No CRM is connected.');
    if (connection.state.status === 'disconnected')
      throw new AppError('conflict', 'The CRM is disconnected already.');
    const opened = await openWithKey(tx, flow);
    await cutConnection(tx, { by: scope.actor.name, now: flow.now() });
    await s.decisions.audit(tx, scope.actor.id, flow.now(), {
      kind: 'crm-disconnected',
      decisionId: null,
      public: { crm: connection.crm },
      private: { accountId: connection.accountId },
    });
    await cutOffOthers(tx, scope, flow.now(), s);
    return opened;
  });
  // Afterwards: the CRM may take its time, and here everything has stopped already.
  if (open === null)
    return {
      revoked:
        'The access was forgotten here. It could not be revoked in the CRM, since the key that sealed it is not here: remove the app there.',
    };
  return { revoked: await revokeAccess(open) };
}

/** Null when the key with which the secrets were sealed is lost: cutting the connection must not need it. */
async function openWithKey(tx: TenantTx, flow: Flow): Promise<OpenConnection | null> {
  try {
    return await openConnection(tx, flow.sealingKey);
  } catch (error) {
    if (error instanceof AppError && error.code === 'unavailable') return null;
    throw error;
  }
}
