import { createPrivateKey, sign } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { codeForm, postForm, type ConsentCode } from '../oauth-http.ts';
import { askAbout, type Consenter } from '../oauth-user.ts';
import type { AppSecrets, NewToken, RenewableSecrets } from '../secrets.ts';

/**
 * Where somebody consents. `refresh_token` lets Sidecard work while nobody looks; who only signs in gets none, since
 * Salesforce keeps five a user and app, and ends the oldest for the sixth.
 */
export function salesforceConsentUrl(
  loginUrl: string,
  query: {
    clientId: string;
    redirectUri: string;
    purpose: 'connect' | 'sign-in';
    state: string;
    challenge: string;
  },
): string {
  const params = new URLSearchParams({
    response_type: 'code',
    client_id: query.clientId,
    redirect_uri: query.redirectUri,
    scope: query.purpose === 'connect' ? 'api refresh_token' : 'api',
    state: query.state,
    code_challenge: query.challenge,
    code_challenge_method: 'S256',
  });
  return `${loginUrl}/services/oauth2/authorize?${params}`;
}

const Token = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  instance_url: z.url({ protocol: /^https?$/ }),
  /** The identity's address, which ends in the org's and the user's id. */
  id: z.string().regex(/\/id\/(00D[A-Za-z0-9]{12,15})\/(005[A-Za-z0-9]{12,15})$/),
  scope: z.string().optional(),
});
type Token = z.infer<typeof Token>;

const tokenUrl = (app: AppSecrets): string => `${app.tokenUrl}/services/oauth2/token`;
const proof = ({ id, secret }: AppSecrets): Record<string, string> => ({
  client_id: id,
  ...(secret === '' ? {} : { client_secret: secret }),
});

/** A session ends when the org's settings say so, which no answer tells: a refused request does. */
const newToken = (token: Token): NewToken => ({
  accessToken: token.access_token,
  refreshToken: token.refresh_token ?? null,
  expiresAt: null,
  apiUrl: token.instance_url.replace(/\/+$/, ''),
});

const orgOf = ({ id }: Token): string => id.split('/').at(-2) ?? '';

export interface SalesforceEntry {
  secrets: RenewableSecrets;
  accountId: string;
  name: string;
  /** The org's own address, for requests and for links. */
  apiUrl: string;
}

const exchange = (app: AppSecrets, given: ConsentCode): Promise<Token> =>
  postForm({
    url: tokenUrl(app),
    form: {
      ...codeForm(given),
      ...proof(app),
    },
    schema: Token,
    vendor: 'Salesforce',
    doing: 'exchanging the code of the consent',
  });

/** Exchanges the code that consent gave. Throws AppError. */
export async function redeemSalesforceCode(
  app: AppSecrets,
  given: ConsentCode,
): Promise<SalesforceEntry & { user: Consenter }> {
  const token = await exchange(app, given);
  if (token.refresh_token === undefined)
    throw new AppError(
      'forbidden',
      'Salesforce gave no refresh token. Add the scope "Perform requests at any time (refresh_token)" to the app and connect again.',
    );
  const { accessToken, apiUrl } = newToken(token);
  return {
    secrets: {
      kind: 'oauth',
      accessToken,
      refreshToken: token.refresh_token,
      expiresAt: null,
      scopes: token.scope?.split(' ') ?? [],
      app,
      webhookSecret: '',
    },
    accountId: orgOf(token),
    name: 'Salesforce',
    apiUrl: apiUrl ?? '',
    user: await consenter(token),
  };
}

/** Who consented, and for which org. Throws AppError. */
export async function identifyAtSalesforce(
  app: AppSecrets,
  given: ConsentCode,
): Promise<{ accountId: string; user: Consenter }> {
  const token = await exchange(app, given);
  return { accountId: orgOf(token), user: await consenter(token) };
}

const Identity = z.object({
  display_name: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
});

/** The identity's path, asked at the org's own address: the token is not shown to a host that only an answer names. */
async function consenter(token: Token): Promise<Consenter> {
  const { pathname } = new URL(token.id);
  const about = await askAbout(`${newToken(token).apiUrl}${pathname}`, token.access_token, Identity);
  return {
    userId: pathname.split('/').at(-1) ?? '',
    name: about?.display_name ?? about?.name ?? null,
    email: about?.email ?? null,
  };
}

interface Signer {
  app: AppSecrets;
  username: string;
  /** PEM. */
  privateKey: string;
}

/** Signs in as a user by a key whose certificate the org trusts: no browser, no refresh token. Throws AppError. */
export async function signInToSalesforce(signer: Signer, now: Date): Promise<SalesforceEntry> {
  const token = await mint(signer, now);
  const { accessToken, apiUrl } = newToken(token);
  return {
    secrets: { kind: 'jwt', accessToken, expiresAt: null, ...signer, webhookSecret: '' },
    accountId: orgOf(token),
    name: 'Salesforce',
    apiUrl: apiUrl ?? '',
  };
}

/** A new access token, with the refresh token where the org rotates it. Throws AppError('unauthenticated') when we are not let in any more. */
export async function renewSalesforce(secrets: RenewableSecrets, now: Date): Promise<NewToken> {
  if (secrets.kind === 'jwt') return newToken(await mint(secrets, now));
  const token = await postForm({
    url: tokenUrl(secrets.app),
    form: { grant_type: 'refresh_token', refresh_token: secrets.refreshToken, ...proof(secrets.app) },
    schema: Token,
    vendor: 'Salesforce',
    doing: 'renewing the access token',
  });
  return newToken(token);
}

const mint = async (signer: Signer, now: Date): Promise<Token> =>
  postForm({
    url: tokenUrl(signer.app),
    form: {
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: assertionOf(signer, now),
    },
    schema: Token,
    vendor: 'Salesforce',
    doing: 'signing in by key',
  });

/** A JWT that says who signs in, good for three minutes (RFC 7523, RS256). */
export function assertionOf({ app, username, privateKey }: Signer, now: Date): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iss: app.id,
    sub: username,
    aud: app.tokenUrl,
    exp: Math.floor(now.getTime() / 1000) + 180,
  };
  const content = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${content}.${sign('RSA-SHA256', Buffer.from(content), keyOf(privateKey)).toString('base64url')}`;
}

function keyOf(pem: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    // Without its cause, which may quote the key.
    throw new AppError(
      'bad_input',
      'The private key for Salesforce cannot be read: it must be an RSA key in PEM form.',
    );
  }
}

/** Ends the access at Salesforce: all that the refresh token opened, or this session. */
export async function revokeSalesforce(secrets: RenewableSecrets): Promise<void> {
  await postForm({
    url: `${secrets.app.tokenUrl}/services/oauth2/revoke`,
    form: { token: secrets.kind === 'oauth' ? secrets.refreshToken : secrets.accessToken },
    schema: z.unknown(),
    vendor: 'Salesforce',
    doing: 'revoking the access',
  });
}
