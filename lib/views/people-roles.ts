import type { Scope } from '#lib/core/scope.ts';
import { connectionOf } from '#lib/crm/read.ts';
import { crmUsers } from '#lib/graph/read.ts';
import { mayChangeSettings } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { launchKeysInForce, peopleWithRoles, sessionsInForce, type GivenRole } from '#lib/sign-in/sign-in.ts';

export interface PeopleView {
  /** The CRM's users, and whoever was given a role, by name. */
  people: { userId: string; name: string; email: string | null; role: GivenRole; isSelf: boolean }[];
  /** Who is signed in now; the last used first. */
  sessions: { id: string; name: string; from: string; lastUsedAt: string; expiresAt: string }[];
  /** The key with which Salesforce's server vouches for its users; null where the CRM needs none. */
  launchKey: null | { madeAt: string | null; lastUsedAt: string | null };
}

const sources = {
  'hubspot card': 'HubSpot card',
  'salesforce card': 'Salesforce card',
  canvas: 'Salesforce Canvas',
  oauth: 'the CRM’s consent page',
} as const;

/** Who may do what, and who is signed in, for an admin; null for anybody else. */
export async function peopleView(tx: TenantTx, scope: Scope, now: Date): Promise<PeopleView | null> {
  if (!(await mayChangeSettings(tx, scope))) return null;
  const connection = await connectionOf(tx);
  const given = await peopleWithRoles(tx);
  const roles = new Map(given.map(({ userId, role }) => [userId, role]));
  const users = await crmUsers(tx);
  const known = new Set(users.map(({ userId }) => userId));
  const left = given.filter(({ userId }) => !known.has(userId)).map(one => ({ ...one, email: null }));
  const [key = null] = await launchKeysInForce(tx);
  return {
    people: [...users, ...left]
      .map(({ userId, name, email }) => ({
        userId,
        name,
        email,
        role: roles.get(userId) ?? ('rep' as const),
        isSelf: userId === scope.actor.id,
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    sessions: (await sessionsInForce(tx, now)).map(({ id, name, source, lastUsedAt, expiresAt }) => ({
      id,
      name,
      from: sources[source],
      lastUsedAt,
      expiresAt,
    })),
    launchKey:
      connection?.crm === 'salesforce'
        ? { madeAt: key?.madeAt ?? null, lastUsedAt: key?.lastUsedAt ?? null }
        : null,
  };
}
