import { eq } from 'drizzle-orm';
import { crmTraffic } from '#drizzle/schema/crm.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** The tenant's state as it was kept; null before there is any. */
export async function loadTraffic(tx: TenantTx): Promise<unknown> {
  const [row] = await tx.sql
    .select({ state: crmTraffic.state })
    .from(crmTraffic)
    .where(eq(crmTraffic.tenantId, tx.tenantId));
  return row?.state ?? null;
}

/** The same, and until the transaction ends nobody else changes it; made from `first` where there is none. */
export async function lockTraffic(tx: TenantTx, first: object): Promise<unknown> {
  const read = () =>
    tx.sql
      .select({ state: crmTraffic.state })
      .from(crmTraffic)
      .where(eq(crmTraffic.tenantId, tx.tenantId))
      .for('update');
  const [row] = await read();
  if (row) return row.state;
  await tx.sql.insert(crmTraffic).values({ tenantId: tx.tenantId, state: first }).onConflictDoNothing();
  return (await read())[0]?.state;
}

export async function saveTraffic(tx: TenantTx, state: object): Promise<void> {
  await tx.sql
    .insert(crmTraffic)
    .values({ tenantId: tx.tenantId, state })
    .onConflictDoUpdate({ target: crmTraffic.tenantId, set: { state } });
}

export async function forgetTraffic(tx: TenantTx): Promise<void> {
  await tx.sql.delete(crmTraffic).where(eq(crmTraffic.tenantId, tx.tenantId));
}
