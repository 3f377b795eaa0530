import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { findRole, listRoles, lockAdmins, saveRole } from './store-roles.ts';
import { GivenRole } from './types.ts';

/** The role that a user of the CRM has here: what an admin gave, else rep. */
export async function roleOf(tx: TenantTx, userId: string): Promise<GivenRole> {
  const role = await findRole(tx, userId);
  return role === null ? 'rep' : GivenRole.parse(role);
}

/** Gives a role, in force with the person's next request; who may do so is asked before. */
export const appoint = (
  tx: TenantTx,
  person: { userId: string; name: string },
  role: GivenRole,
  by: { id: string; now: Date },
): Promise<void> =>
  saveRole(tx, {
    userId: person.userId,
    name: person.name,
    role: GivenRole.parse(role),
    givenBy: by.id,
    givenAt: toInstant(by.now),
  });

/** Whether an admin would be left without this one. Until the transaction ends, nobody else can step down. */
export async function mayStepDown(tx: TenantTx, userId: string): Promise<boolean> {
  const admins = await lockAdmins(tx);
  return !admins.includes(userId) || admins.length > 1;
}

export interface PersonWithRole {
  userId: string;
  name: string;
  role: GivenRole;
  givenAt: Instant;
}

/** Everybody who was ever given a role, by name. */
export async function peopleWithRoles(tx: TenantTx): Promise<PersonWithRole[]> {
  const rows = await listRoles(tx);
  return rows.map(({ userId, name, role, givenAt }) => ({
    userId,
    name,
    role: GivenRole.parse(role),
    givenAt,
  }));
}
