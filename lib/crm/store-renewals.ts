import { and, eq, sql } from 'drizzle-orm';
import { crmRenewals } from '#drizzle/schema/crm.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** Takes the lease where nobody holds it, or who held it let it run out. Says whether it is the caller's now. */
export async function takeLease(
  tx: TenantTx,
  { holder, now, until }: { holder: string; now: Instant; until: Instant },
): Promise<boolean> {
  const taken = await tx.sql
    .insert(crmRenewals)
    .values({ tenantId: tx.tenantId, holder, until })
    .onConflictDoUpdate({
      target: crmRenewals.tenantId,
      set: { holder, until },
      setWhere: sql`${crmRenewals.holder} is null or ${crmRenewals.until} <= ${now}`,
    })
    .returning({ holder: crmRenewals.holder });
  return taken.length > 0;
}

export async function endLease(tx: TenantTx, holder: string): Promise<void> {
  await tx.sql
    .update(crmRenewals)
    .set({ holder: null, until: null })
    .where(and(eq(crmRenewals.tenantId, tx.tenantId), eq(crmRenewals.holder, holder)));
}

/** What the CRM would not renew by; null when it never refused. */
export async function refusedHashOf(tx: TenantTx): Promise<string | null> {
  const [row] = await tx.sql
    .select({ refusedHash: crmRenewals.refusedHash })
    .from(crmRenewals)
    .where(eq(crmRenewals.tenantId, tx.tenantId));
  return row?.refusedHash ?? null;
}

export async function keepRefusedHash(tx: TenantTx, refusedHash: string): Promise<void> {
  await tx.sql.update(crmRenewals).set({ refusedHash }).where(eq(crmRenewals.tenantId, tx.tenantId));
}

export async function forgetRenewals(tx: TenantTx): Promise<void> {
  await tx.sql.delete(crmRenewals).where(eq(crmRenewals.tenantId, tx.tenantId));
}
