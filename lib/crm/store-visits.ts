import { and, eq, lte } from 'drizzle-orm';
import { crmVisits } from '#drizzle/schema/crm.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

type VisitRow = Omit<typeof crmVisits.$inferSelect, 'tenantId'>;

/** Keeps a visit that begins, and forgets those whose time is over. */
export async function saveVisit(tx: TenantTx, row: VisitRow, now: Instant): Promise<void> {
  await tx.sql
    .delete(crmVisits)
    .where(and(eq(crmVisits.tenantId, tx.tenantId), lte(crmVisits.expiresAt, now)));
  await tx.sql.insert(crmVisits).values({ tenantId: tx.tenantId, ...row });
}

/** Takes a visit out, so that nobody uses it twice; null where there is none. */
export async function takeVisit(tx: TenantTx, stateHash: string): Promise<VisitRow | null> {
  const [row] = await tx.sql
    .delete(crmVisits)
    .where(and(eq(crmVisits.tenantId, tx.tenantId), eq(crmVisits.stateHash, stateHash)))
    .returning();
  return row ?? null;
}
