import {
  createHash,
  createHmac,
  createPublicKey,
  createVerify,
  timingSafeEqual,
  X509Certificate,
} from 'node:crypto';
import { ORGANIZATION_ID } from '../ids.ts';
import type { Org } from '../org.ts';
import { rowsOf } from '../store/rows.ts';
import { closeSession, findSession, listApps, openSession, type App } from './sessions.ts';

/** A code that a consent gave out, good once and for ten minutes. */
export type Consent = {
  clientId: string;
  redirectUri: string;
  challenge: string | undefined;
  userId: string;
  scope: string;
  expiresAt: number;
};
export type Consents = Map<string, Consent>;

/** OAuth's own no: its word, and a sentence. */
export class OAuthRefusal extends Error {
  readonly error: string;
  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

type Form = Record<string, string>;
type Granted = { app: App; userId: string; scope: string; refreshToken?: string };

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];

function same(a: string, b: string): boolean {
  const [one, other] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()];
  return timingSafeEqual(one, other);
}

export function requireApp(org: Org, clientId: string | undefined): App {
  const app = listApps(org).find(one => one.clientId === clientId);
  if (!app) throw new OAuthRefusal('invalid_client_id', 'client identifier invalid');
  return app;
}

/** The app of a form; its secret must be right, and present where `secret` is "required". */
export function authenticateApp(org: Org, form: Form, secret: 'required' | 'optional' = 'required'): App {
  const app = requireApp(org, form['client_id']);
  const given = form['client_secret'];
  if (given === undefined && secret === 'optional') return app;
  if (given === undefined || !same(given, app.clientSecret))
    throw new OAuthRefusal('invalid_client', 'invalid client credentials');
  return app;
}

function redeemCode(org: Org, consents: Consents, form: Form): Granted {
  const consent = consents.get(form['code'] ?? '');
  consents.delete(form['code'] ?? '');
  if (!consent || consent.expiresAt <= org.store.now())
    throw new OAuthRefusal('invalid_grant', 'expired authorization code');
  const app = authenticateApp(org, form, consent.challenge === undefined ? 'required' : 'optional');
  if (consent.clientId !== app.clientId)
    throw new OAuthRefusal('invalid_grant', 'invalid authorization code');
  if (consent.redirectUri !== form['redirect_uri']) {
    throw new OAuthRefusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (consent.challenge !== undefined) {
    const verifier = form['code_verifier'] ?? '';
    const right =
      /^[\w.~-]{43,128}$/.test(verifier) &&
      createHash('sha256').update(verifier).digest('base64url') === consent.challenge;
    if (!right) throw new OAuthRefusal('invalid_grant', 'invalid code verifier');
  }
  const refresh = /\b(refresh_token|offline_access)\b/.test(consent.scope);
  const { userId, scope } = consent;
  return {
    app,
    userId,
    scope,
    ...(refresh ? { refreshToken: openSession(org, 'refresh', app, userId, scope).token } : {}),
  };
}

function redeemRefresh(org: Org, form: Form): Granted {
  const app = authenticateApp(org, form, 'optional');
  const session = findSession(org, form['refresh_token'] ?? '', 'refresh');
  if (session?.clientId !== app.clientId)
    throw new OAuthRefusal('invalid_grant', 'expired access/refresh token');
  const { userId, scope } = session;
  if (!app.rotateRefreshTokens) return { app, userId, scope };
  closeSession(org, session.token);
  return { app, userId, scope, refreshToken: openSession(org, 'refresh', app, userId, scope).token };
}

function readPart(part: string | undefined): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    throw new OAuthRefusal('invalid_grant', 'invalid assertion');
  }
}

function redeemAssertion(org: Org, form: Form, instanceUrl: string): Granted {
  const [head, body, signature] = (form['assertion'] ?? '').split('.');
  const claims = readPart(body);
  const app = requireApp(org, String(claims['iss']));
  if (!app.certificate || readPart(head)['alg'] !== 'RS256')
    throw new OAuthRefusal('invalid_grant', 'invalid assertion');
  const isCertificate = app.certificate.includes('BEGIN CERTIFICATE');
  const key = isCertificate
    ? new X509Certificate(app.certificate).publicKey
    : createPublicKey(app.certificate);
  const verifier = createVerify('RSA-SHA256').update(`${head}.${body}`);
  if (!verifier.verify(key, Buffer.from(signature ?? '', 'base64url')))
    throw new OAuthRefusal('invalid_grant', 'invalid assertion');
  const audience = String(claims['aud']).replace(/\/$/, '');
  if (![...LOGIN_HOSTS, instanceUrl].includes(audience))
    throw new OAuthRefusal('invalid_grant', 'audience is invalid');
  const now = org.store.now() / 1000;
  const expires = Number(claims['exp']);
  if (!(expires > now && expires < now + 600))
    throw new OAuthRefusal('invalid_grant', 'expired authorization code');
  const user = rowsOf(org.store, 'User').find(
    ({ fields }) => fields['Username'] === claims['sub'] && fields['IsActive'] === true,
  );
  if (!user) throw new OAuthRefusal('invalid_grant', "user hasn't approved this consumer");
  return { app, userId: user.id, scope: 'api' };
}

/** Answers a token request: what RFC 6749 asks for, and what Salesforce adds. */
export function grantToken(org: Org, consents: Consents, form: Form, instanceUrl: string): object {
  const type = form['grant_type'];
  const granted =
    type === 'authorization_code'
      ? redeemCode(org, consents, form)
      : type === 'refresh_token'
        ? redeemRefresh(org, form)
        : type === JWT_BEARER
          ? redeemAssertion(org, form, instanceUrl)
          : undefined;
  if (!granted) throw new OAuthRefusal('unsupported_grant_type', 'grant type not supported');
  const { app, userId, scope, refreshToken } = granted;
  const issuedAt = String(org.store.now());
  const id = `${instanceUrl}/id/${ORGANIZATION_ID}/${userId}`;
  return {
    access_token: openSession(org, 'access', app, userId, scope).token,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    signature: createHmac('sha256', app.clientSecret)
      .update(id + issuedAt)
      .digest('base64'),
    scope,
    instance_url: instanceUrl,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
}
