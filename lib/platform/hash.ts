import canonicalize from 'canonicalize';
import { createHmac, hash, randomBytes } from 'node:crypto';

/** Canonical JSON (RFC 8785): the one byte sequence that a value is hashed as. Throws on what JSON cannot hold. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('undefined has no canonical JSON');
  return text;
}

export const sha256 = (data: string | Uint8Array): string => hash('sha256', data);

/** SHA-256 of a value's canonical JSON, hex. */
export const hashOf = (value: unknown): string => sha256(canonicalJson(value));

let lastNames: { given: readonly string[]; sorted: readonly string[]; digest: string } | null = null;

/** Names in order, with their digest: kept, since thousands of records in a row have the same. */
function orderOf(names: readonly string[]) {
  if (lastNames?.given.length !== names.length || !names.every((name, i) => name === lastNames?.given[i])) {
    const sorted = names.toSorted();
    lastNames = { given: names, sorted, digest: sha256(JSON.stringify(sorted)) };
  }
  return lastNames;
}

/**
 * SHA-256 of what tells two versions of a record apart, whatever order its fields come in. It takes JSON as it comes,
 * many times faster than the canonical form: for comparing what one reader wrote, not for what others must be able to
 * reproduce.
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
}): string => {
  const { sorted, digest } = orderOf(Object.keys(fields));
  return sha256(JSON.stringify([digest, sorted.map(name => fields[name]), history, links, archived]));
};

/**
 * A salted commitment: reveals nothing once the salt is erased, proves the value while it is kept. The salt's text is the
 * key, since decoding would let several texts pass for one salt.
 */
export const commit = (salt: string, value: unknown): string =>
  createHmac('sha256', salt).update(canonicalJson(value)).digest('hex');

export const newSalt = (): string => randomBytes(32).toString('hex');
