import { randomBytes } from 'node:crypto';
import { ORGANIZATION_ID } from '../ids.ts';
import { ADMIN_ID, type Org } from '../org.ts';
import { readSetting, writeSetting } from '../store/settings.ts';

/** The access token that is always valid. */
const SANDBOX_TOKEN = 'sandbox';
const ACCESS_MS = 2 * 3_600_000;

/** An external client app of the org. `certificate` (PEM) lets it use the JWT bearer flow. */
export type App = {
  clientId: string;
  clientSecret: string;
  redirectUris: string[];
  certificate?: string | undefined;
  /** Each refresh gives a new refresh token and ends the old one. */
  rotateRefreshTokens: boolean;
  requirePkce: boolean;
  accessTokenMs: number;
};

export type Session = {
  token: string;
  kind: 'access' | 'refresh';
  clientId: string;
  userId: string;
  scope: string;
  expiresAt: number | null;
};

export function listApps(org: Org): App[] {
  return readSetting<App[]>(org.store, 'apps') ?? [];
}

export function saveApp(org: Org, app: Partial<App> & { clientId: string }): App {
  const old = listApps(org).find(({ clientId }) => clientId === app.clientId);
  const defaults = {
    clientSecret: randomBytes(24).toString('hex'),
    redirectUris: [],
    rotateRefreshTokens: false,
  };
  const whole: App = { ...defaults, requirePkce: true, accessTokenMs: ACCESS_MS, ...old, ...app };
  writeSetting(org.store, 'apps', [
    ...listApps(org).filter(({ clientId }) => clientId !== app.clientId),
    whole,
  ]);
  return whole;
}

export function findSession(org: Org, token: string, kind: Session['kind'] = 'access'): Session | undefined {
  if (token === SANDBOX_TOKEN && kind === 'access') {
    return { token, kind, clientId: 'sandbox', userId: ADMIN_ID, scope: 'full', expiresAt: null };
  }
  const row = org.store.get('SELECT * FROM sf_session WHERE token = ? AND kind = ?', token, kind);
  if (!row) return undefined;
  const expiresAt = row['expires_at'] == null ? null : Number(row['expires_at']);
  if (expiresAt !== null && expiresAt <= org.store.now()) return undefined;
  return {
    token,
    kind,
    clientId: String(row['client']),
    userId: String(row['user_id']),
    scope: String(row['scope']),
    expiresAt,
  };
}

export function openSession(
  org: Org,
  kind: Session['kind'],
  app: App,
  userId: string,
  scope: string,
): Session {
  const secret = randomBytes(48).toString('base64url');
  const token = kind === 'access' ? `${ORGANIZATION_ID.slice(0, 15)}!AQ${secret}` : `5Aep${secret}`;
  const expiresAt = kind === 'access' ? org.store.now() + app.accessTokenMs : null;
  const sql = 'INSERT INTO sf_session VALUES (?, ?, ?, ?, ?, ?)';
  org.store.run(sql, token, kind, app.clientId, userId, scope, expiresAt);
  return { token, kind, clientId: app.clientId, userId, scope, expiresAt };
}

export function closeSession(org: Org, token: string): boolean {
  return org.store.run('DELETE FROM sf_session WHERE token = ?', token) > 0;
}

/** Ends what an app may do for a user: a revoked refresh token takes its access tokens along. */
export function closeSessionsOf(org: Org, clientId: string, userId: string): void {
  org.store.run('DELETE FROM sf_session WHERE client = ? AND user_id = ?', clientId, userId);
}
