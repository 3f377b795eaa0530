import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { launchKeys, peopleRoles } from '#drizzle/schema/sign-in.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { KeyRow } from './store.ts';

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

export async function insertKey(tx: TenantTx, row: KeyRow): Promise<void> {
  await tx.sql.insert(launchKeys).values({ tenantId: tx.tenantId, ...row });
}

/** Notes the use of a key in force; false when there is none. */
export async function noteKeyUse(tx: TenantTx, tokenHash: string, now: Instant): Promise<boolean> {
  const used = await tx.sql
    .update(launchKeys)
    .set({ lastUsedAt: now })
    .where(and(eq(launchKeys.tokenHash, tokenHash), isNull(launchKeys.endedAt)))
    .returning({ id: launchKeys.id });
  return used.length > 0;
}

export const listKeys = (tx: TenantTx): Promise<KeyRow[]> =>
  tx.sql.select().from(launchKeys).where(isNull(launchKeys.endedAt)).orderBy(desc(launchKeys.madeAt));

export async function endKeys(tx: TenantTx, id: string | null, now: Instant): Promise<number> {
  const ended = await tx.sql
    .update(launchKeys)
    .set({ endedAt: now })
    .where(and(isNull(launchKeys.endedAt), id === null ? undefined : eq(launchKeys.id, id)))
    .returning({ id: launchKeys.id });
  return ended.length;
}
