import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { toInstant } from '#lib/core/time.ts';
import { codeForm, postForm, type ConsentCode } from '../oauth-http.ts';
import { askAbout, type Consenter } from '../oauth-user.ts';
import type { AppSecrets, NewToken, RenewableSecrets } from '../secrets.ts';

/** Version of HubSpot's interface; part of its paths. */
const version = '2026-09';

/** Without these the product cannot do its work. */
export const requiredScopes = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.companies.read',
  'crm.objects.companies.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.objects.owners.read',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.schemas.companies.read',
  'crm.schemas.companies.write',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
] as const;

/** What an account may leave out; what then cannot be read is shown as missing. */
export const optionalScopes = [
  'crm.objects.leads.read',
  'crm.objects.leads.write',
  'crm.schemas.leads.write',
  'crm.objects.products.read',
  'crm.objects.line_items.read',
  'crm.objects.goals.read',
  'crm.objects.forecasts.read',
  'crm.objects.users.read',
  'communication_preferences.read_write',
  'communication_preferences.statuses.batch.read',
  'marketing.campaigns.read',
  'automation',
  'automation.sequences.read',
  'settings.currencies.read',
  'settings.users.read',
  'settings.users.teams.read',
  'sales-email-read',
  'tickets',
] as const;

/** Where an admin consents. `appUrl` is the origin of HubSpot's pages. */
export function hubSpotConsentUrl(
  appUrl: string,
  query: { clientId: string; redirectUri: string; state: string; challenge: string },
): string {
  const params = new URLSearchParams({
    client_id: query.clientId,
    redirect_uri: query.redirectUri,
    scope: requiredScopes.join(' '),
    optional_scope: optionalScopes.join(' '),
    state: query.state,
    code_challenge: query.challenge,
    code_challenge_method: 'S256',
  });
  return `${appUrl}/oauth/authorize?${params}`;
}

const Token = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
});

const Introspection = z.object({
  active: z.literal(true),
  hub_id: z.number().int(),
  user_id: z.number().int(),
  scopes: z.array(z.string()),
});

const tokenUrl = ({ tokenUrl: origin }: AppSecrets, path = ''): string =>
  `${origin}/oauth/${version}/token${path}`;
const proof = ({ id, secret }: AppSecrets) => ({ client_id: id, client_secret: secret });
const newToken = (token: z.infer<typeof Token>, now: Date): NewToken => ({
  accessToken: token.access_token,
  refreshToken: token.refresh_token,
  expiresAt: toInstant(now.getTime() + token.expires_in * 1000),
  apiUrl: null,
});

/** Exchanges the code that consent gave, and learns whose account and which scopes it opens. */
async function exchange(app: AppSecrets, given: ConsentCode) {
  const token = await postForm({
    url: tokenUrl(app),
    form: {
      ...codeForm(given),
      ...proof(app),
    },
    schema: Token,
    vendor: 'HubSpot',
    doing: 'exchanging the code of the consent',
  });
  const about = await postForm({
    url: tokenUrl(app, '/introspect'),
    form: { token: token.access_token, token_type_hint: 'access_token', ...proof(app) },
    schema: Introspection,
    vendor: 'HubSpot',
    doing: 'asking which account the consent is for',
  });
  return { token, about, accountId: String(about.hub_id) };
}

/** Exchanges the code that consent gave for access that lasts. Throws AppError('forbidden') where a scope is missing. */
export async function redeemHubSpotCode(
  app: AppSecrets,
  given: ConsentCode,
  now: Date,
): Promise<{ secrets: RenewableSecrets; accountId: string; name: string; user: Consenter }> {
  const { token, about, accountId } = await exchange(app, given);
  const missing = requiredScopes.filter(scope => scope !== 'oauth' && !about.scopes.includes(scope));
  if (missing.length > 0)
    throw new AppError(
      'forbidden',
      `The consent lacks ${missing.join(', ')}. Give the app these scopes and connect again.`,
      { missing },
    );
  const { accessToken, expiresAt } = newToken(token, now);
  return {
    secrets: {
      kind: 'oauth',
      accessToken,
      refreshToken: token.refresh_token,
      expiresAt,
      scopes: about.scopes,
      app,
      webhookSecret: app.secret,
    },
    accountId,
    name: 'HubSpot',
    user: await consenter(app, about.user_id, accessToken),
  };
}

/**
 * Who consented, and for which account. HubSpot gives no narrower consent than the app's own, so the tokens that come with
 * it are dropped. They are not revoked: that could end the connection of whoever made it.
 */
export async function identifyAtHubSpot(
  app: AppSecrets,
  given: ConsentCode,
): Promise<{ accountId: string; user: Consenter }> {
  const { token, about, accountId } = await exchange(app, given);
  return { accountId, user: await consenter(app, about.user_id, token.access_token) };
}

const User = z.object({
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
});

async function consenter(app: AppSecrets, id: number, accessToken: string): Promise<Consenter> {
  const userId = String(id);
  const user = await askAbout(`${app.tokenUrl}/settings/users/${version}/${userId}`, accessToken, User);
  const name = [user?.firstName, user?.lastName].filter(Boolean).join(' ');
  return { userId, name: name === '' ? null : name, email: user?.email ?? null };
}

/** A new access token, with the refresh token that replaces the one used. Throws AppError('unauthenticated') when it is no good any more. */
export async function renewHubSpot(
  { app, refreshToken }: Extract<RenewableSecrets, { kind: 'oauth' }>,
  now: Date,
): Promise<NewToken> {
  const token = await postForm({
    url: tokenUrl(app),
    form: { grant_type: 'refresh_token', refresh_token: refreshToken, ...proof(app) },
    schema: Token,
    vendor: 'HubSpot',
    doing: 'renewing the access token',
  });
  return newToken(token, now);
}

/** Ends the consent at HubSpot. */
export async function revokeHubSpot({
  app,
  refreshToken,
}: Extract<RenewableSecrets, { kind: 'oauth' }>): Promise<void> {
  await postForm({
    url: tokenUrl(app, '/revoke'),
    form: { token: refreshToken, token_type_hint: 'refresh_token', ...proof(app) },
    schema: z.unknown(),
    vendor: 'HubSpot',
    doing: 'revoking the access',
  });
}
