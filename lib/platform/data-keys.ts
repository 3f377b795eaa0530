import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { AppError } from '#lib/core/errors.ts';
import { reseal, seal, unseal, type SealingKey } from './secrets.ts';

/** A 256-bit key that seals payloads. It is stored only wrapped, that is sealed by the process's key ring. */
export interface DataKey {
  id: string;
  key: Buffer;
}

const idBytes = 9;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** The form in which a payload is sealed, as its first byte. */
const form = 1;
/** Payloads are short: a small window takes half the time, and a quarter of the memory that is thrown away after each. */
const compression = { level: 1, windowBits: 12, memLevel: 5 };

export function newDataKeys(count: number): DataKey[] {
  const each = idBytes + keyBytes;
  const random = randomBytes(count * each);
  return Array.from({ length: count }, (_, i) => ({
    id: random.toString('base64url', i * each, i * each + idBytes),
    key: random.subarray(i * each + idBytes, (i + 1) * each),
  }));
}

/** A wrapped key opens for its tenant and under its own id alone. */
const wrapContext = (tenantId: string, id: string): string => `${tenantId} data key ${id}`;

export const wrapDataKey = (ring: SealingKey, tenantId: string, { id, key }: DataKey): string =>
  seal(ring, wrapContext(tenantId, id), key.toString('base64url'));

/** Throws AppError('unavailable') when it was wrapped with a key that is not here. */
export const unwrapDataKey = (ring: SealingKey, tenantId: string, id: string, wrapped: string): DataKey => ({
  id,
  key: Buffer.from(unseal(ring, wrapContext(tenantId, id), wrapped), 'base64url'),
});

/** Wrapped anew with the newest key; null when it already is. Throws as `unwrapDataKey` does. */
export const rewrapDataKey = (
  ring: SealingKey,
  tenantId: string,
  id: string,
  wrapped: string,
): string | null => reseal(ring, wrapContext(tenantId, id), wrapped);

/** Random bytes come many at once: asking for twelve costs as much as sealing with them. */
const pool = { bytes: Buffer.alloc(0), at: 0 };
function nextNonce(): Buffer {
  if (pool.at === pool.bytes.length) {
    pool.bytes = randomBytes(1024 * nonceBytes);
    pool.at = 0;
  }
  pool.at += nonceBytes;
  return pool.bytes.subarray(pool.at - nonceBytes, pool.at);
}

/**
 * A text compressed, then sealed with AES-256-GCM under a nonce of its own. It opens again only with the same key and the
 * same context: what it belongs to, so that it does not pass for another's.
 */
export function sealPayload({ key }: DataKey, context: string, plain: string): Buffer {
  const nonce = nextNonce();
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const text = Buffer.from(plain);
  const chunkSize = Math.min(65_536, Math.max(1024, text.length >> 1));
  const body = cipher.update(deflateRawSync(text, { ...compression, chunkSize }));
  return Buffer.concat([Buffer.of(form), nonce, body, cipher.final(), cipher.getAuthTag()]);
}

/** Inverse of `sealPayload`. Throws AppError('unavailable') for another key or context, or when it was changed. */
export function openPayload({ key }: DataKey, context: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== form || bytes.length < 1 + nonceBytes + tagBytes)
    throw new AppError('unavailable', 'A stored payload is not in a known form.');
  const body = 1 + nonceBytes;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, body))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(-tagBytes));
    const compressed = Buffer.concat([decipher.update(bytes.subarray(body, -tagBytes)), decipher.final()]);
    return inflateRawSync(compressed).toString('utf8');
  } catch (error) {
    throw new AppError(
      'unavailable',
      'A stored payload cannot be opened: it was changed, or belongs to something else.',
      {},
      error,
    );
  }
}

/** Tells equal contents apart from others for who has the key, and nothing to who has not: hexadecimal HMAC-SHA-256. */
export const markOf = ({ key }: DataKey, contentHash: string): string =>
  createHmac('sha256', key).update(`content ${contentHash}`).digest('hex');
