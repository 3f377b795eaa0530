import type { Scope } from '#lib/core/scope.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { mayDo } from './may.ts';
import { stages, type Stages } from './stages.ts';

/** Rebuilds the tenant's ledger and proves it. */
export const verify = (tx: TenantTx, s: Stages = stages): ReturnType<Stages['decisions']['verify']> =>
  s.decisions.verify(tx);

/** The same for somebody who asks. Throws AppError('forbidden') for who may not look beyond their own records. */
export async function verifyFor(tx: TenantTx, scope: Scope, s: Stages = stages): ReturnType<typeof verify> {
  await mayDo(tx, scope, 'view_pipeline', s);
  return verify(tx, s);
}
