import type { Scope } from '#lib/core/scope.ts';
import { mayDo } from '#lib/may.ts';
import { readMonitor } from '#lib/monitor/monitor.ts';
import { decisionsAt } from '#lib/decisions/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { inboxRows } from './inbox.ts';
import type { OpsView } from './types.ts';

/** What operations watch. Throws AppError('forbidden'). */
export async function opsView(tx: TenantTx, scope: Scope, now: Date): Promise<OpsView> {
  await mayDo(tx, scope, 'view_ops');
  return {
    ...(await readMonitor(tx, now)),
    parked: await inboxRows(tx, await decisionsAt(tx, { statuses: ['parked'] })),
  };
}
