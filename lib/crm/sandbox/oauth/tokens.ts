import { randomBytes, randomUUID } from 'node:crypto';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { App } from './apps.ts';

/** A token of a connected app. Times in milliseconds; a refresh token has no end. */
export type Token = {
  token: string;
  kind: 'access' | 'refresh';
  grantId: string;
  clientId: string;
  scopes: string[];
  userId: number;
  expiresAt: number | null;
};

/** A consent that waits to be turned into tokens. */
export type Code = {
  code: string;
  clientId: string;
  redirectUri: string;
  scopes: string[];
  /** The PKCE challenge, if the app sent one. */
  challenge: string | null;
  userId: number;
  expiresAt: number;
};

type Consent = Pick<Token, 'grantId' | 'clientId' | 'scopes' | 'userId'>;

const CODE_LIVES_MS = 60_000;

export function issueCode(store: Store, consent: Omit<Code, 'code' | 'expiresAt'>): string {
  const code = randomUUID();
  const { clientId, redirectUri, scopes, challenge, userId } = consent;
  store.run(
    'INSERT INTO oauth_code VALUES (?, ?, ?, ?, ?, ?, ?)',
    code,
    clientId,
    redirectUri,
    scopes.join(' '),
    challenge,
    userId,
    store.now() + CODE_LIVES_MS,
  );
  return code;
}

/** Takes a code, which is good once only. */
export function takeCode(store: Store, code: string): Code | undefined {
  const row = store.get('SELECT * FROM oauth_code WHERE code = ?', code);
  if (!row) return undefined;
  store.run('DELETE FROM oauth_code WHERE code = ?', code);
  return {
    code,
    clientId: String(row['client_id']),
    redirectUri: String(row['redirect_uri']),
    scopes: String(row['scopes']).split(' '),
    challenge: row['challenge'] == null ? null : String(row['challenge']),
    userId: Number(row['user_id']),
    expiresAt: Number(row['expires_at']),
  };
}

function saveToken(store: Store, kind: Token['kind'], consent: Consent, expiresAt: number | null): string {
  const token = `${kind === 'access' ? 'sbx-at' : 'sbx-rt'}-${randomBytes(24).toString('base64url')}`;
  const { grantId, clientId, scopes, userId } = consent;
  store.run(
    'INSERT INTO oauth_token VALUES (?, ?, ?, ?, ?, ?, ?)',
    token,
    kind,
    grantId,
    clientId,
    scopes.join(' '),
    userId,
    expiresAt,
  );
  return token;
}

/** New tokens for a consent. Without `refreshToken` a new one is made. */
export function issueTokens(
  store: Store,
  app: App,
  consent: Consent,
  refreshToken?: string,
): { accessToken: string; refreshToken: string } {
  const expiresAt = store.now() + app.accessTokenSeconds * 1_000;
  return {
    accessToken: saveToken(store, 'access', consent, expiresAt),
    refreshToken: refreshToken ?? saveToken(store, 'refresh', consent, null),
  };
}

export function findToken(store: Store, token: string): Token | undefined {
  const row = store.get('SELECT * FROM oauth_token WHERE token = ?', token);
  return (
    row && {
      token,
      kind: row['kind'] as Token['kind'],
      grantId: String(row['grant_id']),
      clientId: String(row['client_id']),
      scopes: String(row['scopes']).split(' '),
      userId: Number(row['user_id']),
      expiresAt: row['expires_at'] == null ? null : Number(row['expires_at']),
    }
  );
}

/** Lets an access token end now; it is still known, as one that has expired. */
export function expireToken(store: Store, token: string): void {
  store.run("UPDATE oauth_token SET expires_at = ? WHERE token = ? AND kind = 'access'", store.now(), token);
}

/** Ends a token; a refresh token takes every token of its consent with it. */
export function revokeToken(store: Store, { token, kind, grantId }: Token): void {
  if (kind === 'refresh') store.run('DELETE FROM oauth_token WHERE grant_id = ?', grantId);
  else store.run('DELETE FROM oauth_token WHERE token = ?', token);
}

/** Ends a refresh token alone, when another has taken its place. */
export function dropRefreshToken(store: Store, token: string): void {
  store.run('DELETE FROM oauth_token WHERE token = ?', token);
}
