import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { endKeys, insertKey, isInForce, listKeys, noteKeyUse } from './store-keys.ts';
import { hashOfToken, newToken } from './token.ts';

export interface ServerKey {
  id: string;
  /** What it is for, as whoever made it named it. */
  name: string | null;
  madeBy: string;
  madeAt: Instant;
  lastUsedAt: Instant | null;
}

/** What kind of token stands for each purpose. */
const kinds = { launch: 'key', events: 'evt' } as const;
type Purpose = keyof typeof kinds;

async function makeKey(
  tx: TenantTx,
  purpose: Purpose,
  { by, name }: { by: string; name: string | null },
  now: Date,
): Promise<{ id: string; key: string }> {
  const { token, hash } = newToken(kinds[purpose], tx.tenantId);
  const id = newId('sig');
  await insertKey(tx, {
    tokenHash: hash,
    id,
    purpose,
    name,
    madeBy: by,
    madeAt: toInstant(now),
    lastUsedAt: null,
    endedAt: null,
  });
  return { id, key: token };
}

const inForce = async (tx: TenantTx, purpose: Purpose): Promise<ServerKey[]> =>
  (await listKeys(tx, purpose)).map(({ id, name, madeBy, madeAt, lastUsedAt }) => ({
    id,
    name,
    madeBy,
    madeAt,
    lastUsedAt,
  }));

/** A key with which the CRM's server vouches for its users. Answered once, and kept only as a hash. */
export const makeLaunchKey = async (tx: TenantTx, by: string, now: Date): Promise<string> =>
  (await makeKey(tx, 'launch', { by, name: null }, now)).key;

/** Whether this key is in force; notes that it was used. */
export const acceptLaunchKey = (tx: TenantTx, key: string, now: Date): Promise<boolean> =>
  noteKeyUse(tx, 'launch', hashOfToken(key), toInstant(now));

/** Keys in force, the newest first; what they are is not known here any more. */
export const launchKeysInForce = (tx: TenantTx): Promise<ServerKey[]> => inForce(tx, 'launch');

/** Ends one key, or with null all; says how many. */
export const endLaunchKeys = (tx: TenantTx, id: string | null, now: Date): Promise<number> =>
  endKeys(tx, 'launch', id, toInstant(now));

/** A key with which a website or a product sends events, and nothing else. Answered once, and kept only as a hash. */
export const makeEventsKey = (
  tx: TenantTx,
  made: { by: string; name: string },
  now: Date,
): Promise<{ id: string; key: string }> => makeKey(tx, 'events', made, now);

/** Batches come every second: that a key is used is written once a minute. */
const noteEvery = 60_000;

/** Whether this key is in force; notes that it is used. */
export async function acceptEventsKey(tx: TenantTx, key: string, now: Date): Promise<boolean> {
  const hash = hashOfToken(key);
  if (!(await isInForce(tx, 'events', hash))) return false;
  await noteKeyUse(tx, 'events', hash, toInstant(now), toInstant(now.getTime() - noteEvery));
  return true;
}

/** Events keys in force, the newest first. */
export const eventsKeysInForce = (tx: TenantTx): Promise<ServerKey[]> => inForce(tx, 'events');

/** Ends one events key; false where none in force has this id. */
export const endEventsKey = async (tx: TenantTx, id: string, now: Date): Promise<boolean> =>
  (await endKeys(tx, 'events', id, toInstant(now))) > 0;
