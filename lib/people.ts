import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { crmUsers } from '#lib/graph/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { mayDo } from './may.ts';
import {
  appoint,
  endLaunchKeys,
  endSessions,
  makeLaunchKey,
  mayStepDown,
  peopleWithRoles,
  GivenRole,
} from './sign-in/sign-in.ts';
import { stages, type Stages } from './stages.ts';

export { GivenRole };

/**
 * An admin gives a user of the CRM a role; on the record, and in force with that person's next request.
 * Throws AppError('forbidden'), AppError('not_found') for nobody of this CRM, AppError('conflict') when no admin would be left.
 */
export async function giveRole(
  tx: TenantTx,
  scope: Scope,
  given: { userId: string; role: GivenRole },
  now: Date,
  s: Stages = stages,
): Promise<void> {
  await mayDo(tx, scope, 'change_settings', s);
  const known = [...(await crmUsers(tx)), ...(await peopleWithRoles(tx))];
  const person = known.find(({ userId }) => userId === given.userId);
  if (!person) throw new AppError('not_found', 'Nobody in the CRM has this user id. Read the owners again.');
  if (given.role !== 'admin' && !(await mayStepDown(tx, given.userId)))
    throw new AppError('conflict', 'Nobody would be left as admin: make somebody else an admin first.');
  await makeRole(tx, person, given.role, { id: scope.actor.id, now }, s);
}

/** Whoever installs Sidecard is its first admin: an admin of the CRM has just shown that they are one. */
export const appointInstaller = (
  tx: TenantTx,
  person: { userId: string; name: string },
  now: Date,
  s: Stages = stages,
): Promise<void> => makeRole(tx, person, 'admin', { id: 'service:set-up', now }, s);

async function makeRole(
  tx: TenantTx,
  { userId, name }: { userId: string; name: string },
  role: GivenRole,
  by: { id: string; now: Date },
  s: Stages,
): Promise<void> {
  await appoint(tx, { userId, name }, role, by);
  await s.decisions.audit(tx, by.id, by.now, {
    kind: 'role-given',
    decisionId: null,
    public: { role },
    private: { userId, name },
  });
}

/** Who is an admin of Sidecard. */
export const adminsOf = async (tx: TenantTx) =>
  (await peopleWithRoles(tx)).filter(({ role }) => role === 'admin');

/**
 * Where Sidecard has admins, nobody else connects its CRM: in Salesforce anybody may consent, and another's access would
 * undo what an admin decided. Throws AppError('forbidden').
 */
export async function mayConnect(tx: TenantTx, userId: string): Promise<void> {
  const admins = await adminsOf(tx);
  if (admins.length === 0 || admins.some(admin => admin.userId === userId)) return;
  throw new AppError(
    'forbidden',
    `Only an admin of Sidecard may connect the CRM, such as ${admins[0]?.name}. Nothing was connected.`,
  );
}

/** An admin ends somebody's sessions, or one; says how many ended. Throws AppError('forbidden'). */
export async function signOutOthers(
  tx: TenantTx,
  scope: Scope,
  which: { id: string } | { userId: string },
  now: Date,
): Promise<number> {
  await mayDo(tx, scope, 'change_settings');
  return endSessions(tx, which, now);
}

/** A new key for the CRM's server, in place of those before. Answered once. Throws AppError('forbidden'). */
export async function renewLaunchKey(
  tx: TenantTx,
  scope: Scope,
  now: Date,
  s: Stages = stages,
): Promise<string> {
  await mayDo(tx, scope, 'change_settings', s);
  await endLaunchKeys(tx, null, now);
  await noteKey(tx, scope, 'made', now, s);
  return makeLaunchKey(tx, scope.actor.id, now);
}

/** Ends all keys of the CRM's server: its card opens nothing until another is made. Throws AppError('forbidden'). */
export async function endAllLaunchKeys(
  tx: TenantTx,
  scope: Scope,
  now: Date,
  s: Stages = stages,
): Promise<void> {
  await mayDo(tx, scope, 'change_settings', s);
  await endKeys(tx, scope, now, s);
}

/** Ends every session but the actor's own, and all keys of the CRM's server: the CRM vouches for nobody any more. */
export async function cutOffOthers(tx: TenantTx, scope: Scope, now: Date, s: Stages = stages): Promise<void> {
  await endSessions(tx, { but: scope.actor.id }, now);
  await endKeys(tx, scope, now, s);
}

async function endKeys(tx: TenantTx, scope: Scope, now: Date, s: Stages): Promise<void> {
  if ((await endLaunchKeys(tx, null, now)) > 0) await noteKey(tx, scope, 'ended', now, s);
}

const noteKey = (tx: TenantTx, { actor }: Scope, to: 'made' | 'ended', now: Date, s: Stages) =>
  s.decisions.audit(tx, actor.id, now, {
    kind: 'launch-key-changed',
    decisionId: null,
    public: { now: to },
    private: {},
  });
