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
 * SHA-256 of what tells two versions of a record apart. It takes JSON as it comes, many times faster than the canonical
 * form: for comparing what one reader wrote, not for what others must be able to reproduce.
 */
export const contentHash = ({
  fields,
  history,
  links,
  archived,
}: {
  fields: Record<string, unknown>;
  history: unknown;
  links: unknown;
  archived: boolean;
}): string =>
  sha256(
    JSON.stringify([Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)), history, links, archived]),
  );

/**
 * A salted commitment: reveals nothing once the salt is erased, proves the value while it is kept. The salt's text is the
 * key, since decoding would let several texts pass for one salt.
 */
export const commit = (salt: string, value: unknown): string =>
  createHmac('sha256', salt).update(canonicalJson(value)).digest('hex');

export const newSalt = (): string => randomBytes(32).toString('hex');
