import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import { findApp, type App } from './apps.ts';
import { dropRefreshToken, findToken, issueTokens, takeCode } from './tokens.ts';

/** Why no token is given, in OAuth's words and in HubSpot's older ones. */
export class Denial extends Error {
  readonly error: 'invalid_client' | 'invalid_grant' | 'invalid_request' | 'unsupported_grant_type';
  readonly status: string;

  constructor(error: Denial['error'], status: string, message: string) {
    super(message);
    this.name = 'Denial';
    this.error = error;
    this.status = status;
  }
}

type Form = Record<string, string>;

function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** The app that a form names and whose secret it knows. */
export function requireApp(store: Store, form: Form): App {
  const app = findApp(store, form['client_id'] ?? '');
  if (!app) throw new Denial('invalid_client', 'BAD_CLIENT_ID', 'missing or unknown client id');
  if (!equal(form['client_secret'] ?? '', app.clientSecret)) {
    throw new Denial('invalid_client', 'BAD_CLIENT_SECRET', 'missing or invalid client secret');
  }
  return app;
}

function answer(app: App, tokens: { accessToken: string; refreshToken: string }, consent: object) {
  return {
    token_type: 'bearer',
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    expires_in: app.accessTokenSeconds,
    hub_id: PORTAL_ID,
    ...consent,
  };
}

function checkVerifier(challenge: string | null, verifier: string | undefined): void {
  if (challenge === null && verifier === undefined) return;
  const found = createHash('sha256')
    .update(verifier ?? '')
    .digest('base64url');
  if (challenge !== null && equal(found, challenge)) return;
  throw new Denial('invalid_grant', 'BAD_CODE_VERIFIER', 'code_verifier does not match the code_challenge');
}

/** Turns a consent's code into tokens. A code is good once, for a minute, and for its redirect URI. */
export function exchangeCode(store: Store, form: Form) {
  const app = requireApp(store, form);
  const code = takeCode(store, form['code'] ?? '');
  if (!code || code.clientId !== app.clientId || code.expiresAt <= store.now()) {
    throw new Denial('invalid_grant', 'BAD_AUTH_CODE', 'missing or unknown auth code');
  }
  if (form['redirect_uri'] !== code.redirectUri) {
    throw new Denial('invalid_grant', 'BAD_REDIRECT_URI', 'redirect_uri does not match the one consented to');
  }
  checkVerifier(code.challenge, form['code_verifier']);
  const { clientId, scopes, userId } = code;
  const tokens = issueTokens(store, app, { grantId: randomUUID(), clientId, scopes, userId });
  return answer(app, tokens, { user_id: userId, scopes });
}

/** Gives a new access token for a refresh token, and a new refresh token where the app rotates them. */
export function refreshTokens(store: Store, form: Form) {
  const app = requireApp(store, form);
  const token = findToken(store, form['refresh_token'] ?? '');
  if (!token || token.kind !== 'refresh' || token.clientId !== app.clientId) {
    throw new Denial('invalid_grant', 'BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
  }
  if (app.rotatesRefreshTokens) dropRefreshToken(store, token.token);
  const kept = app.rotatesRefreshTokens ? undefined : token.token;
  return answer(app, issueTokens(store, app, token, kept), { user_id: token.userId, scopes: token.scopes });
}

/** What a token is and may do; `active: false` for one that is unknown or has expired. */
export function introspect(store: Store, form: Form) {
  const app = requireApp(store, form);
  const token = findToken(store, form['token'] ?? '');
  const ends = token?.expiresAt ?? Number.POSITIVE_INFINITY;
  if (!token || token.clientId !== app.clientId || ends <= store.now()) return { active: false };
  return {
    active: true,
    token_type: 'bearer',
    token_use: token.kind === 'access' ? 'access_token' : 'refresh_token',
    hub_id: PORTAL_ID,
    user_id: token.userId,
    client_id: app.clientId,
    app_id: app.appId,
    scopes: token.scopes,
    ...(token.expiresAt !== null && { expires_in: Math.floor((ends - store.now()) / 1_000) }),
  };
}
