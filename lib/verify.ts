import type { TenantTx } from '#lib/platform/db.ts';
import { stages, type Stages } from './stages.ts';

/** Rebuilds the tenant's ledger and proves it. */
export const verify = (tx: TenantTx, s: Stages = stages): ReturnType<Stages['decisions']['verify']> =>
  s.decisions.verify(tx);
