import { toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { endKeys, insertKey, listKeys, noteKeyUse } from './store-roles.ts';
import { hashOfToken, newToken } from './token.ts';

/** A key with which the CRM's server vouches for its users. Answered once, and kept only as a hash. */
export async function makeLaunchKey(tx: TenantTx, by: string, now: Date): Promise<string> {
  const { token, hash } = newToken('key', tx.tenantId);
  await insertKey(tx, {
    tokenHash: hash,
    id: newId('sig'),
    madeBy: by,
    madeAt: toInstant(now),
    lastUsedAt: null,
    endedAt: null,
  });
  return token;
}

/** Whether this key is in force; notes that it was used. */
export const acceptLaunchKey = (tx: TenantTx, key: string, now: Date): Promise<boolean> =>
  noteKeyUse(tx, hashOfToken(key), toInstant(now));

/** Keys in force, the newest first; what they are is not known here any more. */
export const launchKeysInForce = async (
  tx: TenantTx,
): Promise<{ id: string; madeBy: string; madeAt: Instant; lastUsedAt: Instant | null }[]> =>
  (await listKeys(tx)).map(({ id, madeBy, madeAt, lastUsedAt }) => ({ id, madeBy, madeAt, lastUsedAt }));

/** Ends one key, or with null all; says how many. */
export const endLaunchKeys = (tx: TenantTx, id: string | null, now: Date): Promise<number> =>
  endKeys(tx, id, toInstant(now));
