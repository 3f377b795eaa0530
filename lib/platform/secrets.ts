import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#lib/core/errors.ts';

/** A 256-bit key and the short name under which sealed values remember it. */
export interface SealingKey {
  id: string;
  key: Buffer;
  /** Keys from before: what was sealed with them still opens, and nothing is sealed with them any more. */
  older?: readonly SealingKey[];
}

export const sealingKeyFrom = (hex: string): SealingKey => {
  const key = Buffer.from(hex, 'hex');
  if (key.length !== 32)
    throw new AppError('bad_input', 'SIDECARD_KEY must be 64 hexadecimal digits (32 bytes).');
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
};

/** The newest key with the ones before it: the ring that opens everything which is stored. */
export const keyRing = (newest: SealingKey, olderHex: readonly string[]): SealingKey => ({
  ...newest,
  older: olderHex.map(sealingKeyFrom),
});

/**
 * The key in a file that only this user can read; made on first use. Processes that start at the same time all get the
 * same one: each writes a whole file of its own, and the first to give it the name has made the key.
 */
export function sealingKeyInFile(file: string): SealingKey {
  try {
    return sealingKeyFrom(readFileSync(file, 'utf8').trim());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(own, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  return sealingKeyFrom(readFileSync(file, 'utf8').trim());
}

/** AES-256-GCM; the tenant is bound in, so that one tenant's sealed value does not open as another's. */
export function seal({ id, key }: SealingKey, tenantId: string, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(tenantId));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return [
    'v1',
    id,
    nonce.toString('base64url'),
    sealed.toString('base64url'),
    cipher.getAuthTag().toString('base64url'),
  ].join('.');
}

/** Throws AppError('unavailable') when it was sealed with a key that is not here, for another tenant, or was tampered with. */
export function unseal(ring: SealingKey, tenantId: string, sealed: string): string {
  const [version, keyId, nonce, body, tag] = sealed.split('.');
  if (version !== 'v1' || !nonce || !body || !tag)
    throw new AppError('unavailable', 'A stored secret is not in a known form.');
  const key = [ring, ...(ring.older ?? [])].find(one => one.id === keyId)?.key;
  if (key === undefined)
    throw new AppError(
      'unavailable',
      `A stored secret was sealed with key ${keyId}, and this process has key ${ring.id}: restore the key.`,
    );
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url')).setAAD(
      Buffer.from(tenantId),
    );
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString(
      'utf8',
    );
  } catch (error) {
    throw new AppError(
      'unavailable',
      'A stored secret cannot be opened: it was changed, or belongs to another tenant.',
      {},
      error,
    );
  }
}

/** The value sealed anew with the newest key; null when it already is. Throws as `unseal` does. */
export const reseal = (ring: SealingKey, tenantId: string, sealed: string): string | null =>
  sealed.split('.')[1] === ring.id ? null : seal(ring, tenantId, unseal(ring, tenantId, sealed));
