import canonicalize from 'canonicalize';
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** Canonical JSON (RFC 8785): the one byte sequence that a value is hashed as. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
}

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** SHA-256 of a value's canonical JSON, hex. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));

/**
 * A salted commitment: reveals nothing once the salt is erased, proves the value while it is kept. The salt's text is the
 * key, since decoding would let several texts pass for one salt.
 */
export const commit = (salt: string, value: unknown): string =>
  createHmac('sha256', salt).update(canonicalJson(value)).digest('hex');

export const newSalt = (): string => randomBytes(32).toString('hex');
