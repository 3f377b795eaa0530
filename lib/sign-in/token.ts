import { randomBytes } from 'node:crypto';
import { sha256 } from '#lib/platform/hash.ts';

/** What a token is for stands in front, so that one never passes for another: session, launch, key, events key. */
export type TokenKind = 'ses' | 'lau' | 'key' | 'evt';

const shape = /^(ses|lau|key|evt)\.([\w-]{1,200})\.[\w-]{43}$/;

/**
 * A new secret of 256 random bits. It names its tenant, since rows are seen by tenant alone; naming another finds nothing
 * there. Kept only as `hash`.
 */
export function newToken(kind: TokenKind, tenantId: string): { token: string; hash: string } {
  const token = `${kind}.${Buffer.from(tenantId).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
  return { token, hash: hashOfToken(token) };
}

/** Where to look a token up: by its hash, never by itself, so that comparing takes as long whatever was guessed. */
export const hashOfToken = (token: string): string => sha256(token);

/** The tenant that a token says it is of; null for what is no token of this kind, as one that names a tenant in no text. */
export function tenantOfToken(kind: TokenKind, token: string): string | null {
  const [, found, written] = shape.exec(token) ?? [];
  if (found !== kind || written === undefined) return null;
  const tenant = Buffer.from(written, 'base64url').toString('utf8');
  return /[\p{Cc}\uFFFD]/u.test(tenant) ? null : tenant;
}
