import { asc, eq } from 'drizzle-orm';
import { peopleRoles } from '#drizzle/schema/sign-in.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export type RoleRow = Omit<typeof peopleRoles.$inferSelect, 'tenantId'>;

export async function saveRole(tx: TenantTx, row: RoleRow): Promise<void> {
  await tx.sql
    .insert(peopleRoles)
    .values({ tenantId: tx.tenantId, ...row })
    .onConflictDoUpdate({ target: [peopleRoles.tenantId, peopleRoles.userId], set: row });
}

export const listRoles = (tx: TenantTx): Promise<RoleRow[]> =>
  tx.sql.select().from(peopleRoles).orderBy(asc(peopleRoles.name), asc(peopleRoles.userId));

export async function findRole(tx: TenantTx, userId: string): Promise<string | null> {
  const [row] = await tx.sql
    .select({ role: peopleRoles.role })
    .from(peopleRoles)
    .where(eq(peopleRoles.userId, userId));
  return row?.role ?? null;
}

/** The user ids of admins, locked until the transaction ends, so that two cannot step down at once. */
export async function lockAdmins(tx: TenantTx): Promise<string[]> {
  const rows = await tx.sql
    .select({ userId: peopleRoles.userId })
    .from(peopleRoles)
    .where(eq(peopleRoles.role, 'admin'))
    .orderBy(asc(peopleRoles.userId))
    .for('update');
  return rows.map(row => row.userId);
}
