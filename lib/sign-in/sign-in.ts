import type { Actor } from '#lib/core/scope.ts';
import { DAY_MS, HOUR_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { roleOf } from './roles.ts';
import {
  endLaunches,
  endSignIns,
  findSignIn,
  insertLaunch,
  insertSignIn,
  insertUsedLaunch,
  listSignIns,
  removeOver,
  takeLaunch,
  touchSignIn,
} from './store.ts';
import { hashOfToken, newToken } from './token.ts';
import { Source, type Person, type SignedIn } from './types.ts';

export { appoint, mayStepDown, peopleWithRoles, roleOf } from './roles.ts';
export {
  acceptEventsKey,
  acceptLaunchKey,
  endEventsKey,
  endLaunchKeys,
  eventsKeysInForce,
  launchKeysInForce,
  makeEventsKey,
  makeLaunchKey,
  type ServerKey,
} from './keys.ts';
export { tenantOfToken } from './token.ts';
export { GivenRole, type Person, type SignedIn, type Source } from './types.ts';

const longest = 24 * HOUR_MS;
const longestIdle = 8 * HOUR_MS;
const launchMs = 60_000;
/** The card asks every few seconds: that it is used is written once a minute. */
const touchEvery = 60_000;

const later = (now: Date, ms: number): Instant => toInstant(now.getTime() + ms);

/**
 * Begins a session for somebody whom the CRM vouched for, always with a new token: one that was there before is never
 * adopted. In force until 24 hours after the CRM vouched, or 8 hours have passed without use. The token is answered once.
 */
export async function signIn(
  tx: TenantTx,
  person: Person,
  source: Source,
  now: Date,
  vouchedAt: Date = now,
): Promise<{ token: string; expiresAt: Instant }> {
  const { token, hash } = newToken('ses', tx.tenantId);
  const expiresAt = later(vouchedAt, longest);
  const at = toInstant(now);
  await removeOver(tx, later(now, -longest));
  await insertSignIn(tx, {
    ...person,
    id: newId('sig'),
    tokenHash: hash,
    source,
    createdAt: at,
    lastUsedAt: at,
    expiresAt,
    endedAt: null,
  });
  return { token, expiresAt };
}

/**
 * Who holds this session, with the role they have now; null for one that is unknown, ended or over. `known`: who they are by
 * what has been learnt since they came in.
 */
export async function whoHolds(
  tx: TenantTx,
  token: string,
  now: Date,
  known: (tx: TenantTx, person: Person) => Promise<Person> = (_, person) => Promise.resolve(person),
): Promise<Actor | null> {
  const hash = hashOfToken(token);
  const row = await findSignIn(tx, hash, toInstant(now), later(now, -longestIdle));
  if (!row) return null;
  if (Date.parse(row.lastUsedAt) <= now.getTime() - touchEvery) await touchSignIn(tx, hash, toInstant(now));
  const { userId, ownerId, name, email } = row;
  return actorOf(tx, await known(tx, { userId, ownerId, name, email }));
}

/** Somebody whom the CRM vouched for, as they act here. */
export const actorOf = async (tx: TenantTx, person: Person): Promise<Actor> => ({
  id: person.userId,
  name: person.name,
  role: await roleOf(tx, person.userId),
  ownerId: person.ownerId,
});

export const signOut = async (tx: TenantTx, token: string, now: Date): Promise<void> => {
  await endSignIns(tx, { tokenHash: hashOfToken(token) }, toInstant(now));
};

/**
 * Ends one session, a person's, or all but a person's, as when the CRM is disconnected; says how many. Launches of these
 * people that are on their way end too: each would begin another session.
 */
export async function endSessions(
  tx: TenantTx,
  which: { id?: string; userId?: string; but?: string },
  now: Date,
): Promise<number> {
  const ended = await endSignIns(tx, which, toInstant(now));
  const { id, ...whose } = which;
  if (id === undefined) await endLaunches(tx, whose, toInstant(now));
  else for (const userId of ended) await endLaunches(tx, { userId }, toInstant(now));
  return ended.length;
}

/** Sessions in force, the last used first. */
export async function sessionsInForce(tx: TenantTx, now: Date): Promise<SignedIn[]> {
  const rows = await listSignIns(tx, toInstant(now), later(now, -longestIdle));
  return rows.map(({ tokenHash: _, endedAt: __, source, ...row }) => ({
    ...row,
    source: Source.parse(source),
  }));
}

/**
 * A token that opens one page of ours (`place`, a path) for one person, once, within 60 seconds. `vouchedAt`: when the CRM said
 * who it is, from which the session counts.
 */
export async function mintLaunch(
  tx: TenantTx,
  person: Person,
  launch: { source: Source; place: string },
  now: Date,
  vouchedAt: Date = now,
): Promise<string> {
  const { token, hash } = newToken('lau', tx.tenantId);
  await insertLaunch(tx, {
    ...person,
    ...launch,
    tokenHash: hash,
    createdAt: toInstant(vouchedAt),
    expiresAt: later(now, launchMs),
    usedAt: null,
  });
  return token;
}

/**
 * A launch for whoever holds this session, as for a tab of their own; null when the session is not in force. What it begins is
 * over with this session, so that nobody stays in by going on and on.
 */
export async function mintLaunchFor(
  tx: TenantTx,
  token: string,
  place: string,
  now: Date,
): Promise<string | null> {
  const row = await findSignIn(tx, hashOfToken(token), toInstant(now), later(now, -longestIdle));
  if (!row) return null;
  const { userId, ownerId, name, email, source, expiresAt } = row;
  const vouchedAt = new Date(Date.parse(expiresAt) - longest);
  const launch = { source: Source.parse(source), place };
  return mintLaunch(tx, { userId, ownerId, name, email }, launch, now, vouchedAt);
}

/** How long a request of the CRM is remembered, so that it counts once. */
const rememberMs = 30 * DAY_MS;

/** Notes a signed request of the CRM that opens `place`; false for one that came before. */
export const noteOnce = (
  tx: TenantTx,
  request: string,
  person: Person,
  launch: { source: Source; place: string },
  now: Date,
): Promise<boolean> =>
  insertUsedLaunch(tx, {
    ...person,
    ...launch,
    tokenHash: hashOfToken(request),
    createdAt: toInstant(now),
    expiresAt: later(now, rememberMs),
    usedAt: toInstant(now),
  });

/** Uses a launch token up and begins the session that it stands for; null for one that is unknown, used or over. */
export async function redeemLaunch(
  tx: TenantTx,
  token: string,
  now: Date,
): Promise<{ token: string; expiresAt: Instant; place: string } | null> {
  const launch = await takeLaunch(tx, hashOfToken(token), toInstant(now));
  if (!launch) return null;
  const { userId, ownerId, name, email, place } = launch;
  const source = Source.parse(launch.source);
  const vouchedAt = new Date(launch.createdAt);
  const session = await signIn(tx, { userId, ownerId, name, email }, source, now, vouchedAt);
  return { ...session, place };
}
