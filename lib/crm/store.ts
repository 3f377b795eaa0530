import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { crmConnections } from '#drizzle/schema/crm.ts';
import type { SystemTx, TenantTx } from '#lib/platform/db.ts';

export type ConnectionRow = typeof crmConnections.$inferSelect;

/** The tenant's one connection: inserted, or replaced as a whole. Says whether it is the first. */
export async function saveConnection(
  tx: TenantTx,
  row: Omit<ConnectionRow, 'tenantId'>,
): Promise<{ isNew: boolean }> {
  const [written] = await tx.sql
    .insert(crmConnections)
    .values({ tenantId: tx.tenantId, ...row })
    .onConflictDoUpdate({ target: crmConnections.tenantId, set: row })
    // A row that this statement inserted has no deleting transaction; one that it replaced has.
    .returning({ isNew: sql<boolean>`(xmax = 0)` });
  return { isNew: written?.isNew ?? false };
}

export async function loadConnection(tx: TenantTx): Promise<ConnectionRow | null> {
  const [row] = await tx.sql.select().from(crmConnections).where(eq(crmConnections.tenantId, tx.tenantId));
  return row ?? null;
}

/** The same, and until the transaction ends nobody else changes it, nor makes the first one. */
export async function lockConnection(tx: TenantTx): Promise<ConnectionRow | null> {
  await tx.sql.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`connection:${tx.tenantId}`}, 0))`,
  );
  const [row] = await tx.sql
    .select()
    .from(crmConnections)
    .where(eq(crmConnections.tenantId, tx.tenantId))
    .for('update');
  return row ?? null;
}

export async function saveSecrets(
  tx: TenantTx,
  set: { sealedSecrets: string | null; apiUrl?: string },
): Promise<void> {
  await tx.sql.update(crmConnections).set(set).where(eq(crmConnections.tenantId, tx.tenantId));
}

export async function saveState(tx: TenantTx, state: ConnectionRow['state']): Promise<void> {
  await tx.sql.update(crmConnections).set({ state }).where(eq(crmConnections.tenantId, tx.tenantId));
}

/** Null too for an account that was disconnected. */
export async function findTenant(tx: SystemTx, crm: string, accountId: string): Promise<string | null> {
  const [row] = await tx.sql
    .select({ tenantId: crmConnections.tenantId })
    .from(crmConnections)
    .where(
      and(
        eq(crmConnections.crm, crm),
        eq(crmConnections.accountId, accountId),
        isNotNull(crmConnections.sealedSecrets),
      ),
    );
  return row?.tenantId ?? null;
}

export const loadConnections = (tx: SystemTx): Promise<ConnectionRow[]> =>
  tx.sql.select().from(crmConnections).orderBy(asc(crmConnections.connectedAt), asc(crmConnections.tenantId));
