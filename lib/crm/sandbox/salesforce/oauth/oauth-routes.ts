import { randomBytes } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { ORGANIZATION_ID } from '../ids.ts';
import { ADMIN_ID, type Org } from '../org.ts';
import { loadRow } from '../store/rows.ts';
import { consentPage } from './consent-page.ts';
import { authenticateApp, grantToken, OAuthRefusal, requireApp, type Consents } from './grants.ts';
import { closeSession, closeSessionsOf, findSession, type App } from './sessions.ts';

const CODE_MS = 10 * 60_000;
const ASKED = [
  'client_id',
  'redirect_uri',
  'response_type',
  'state',
  'scope',
  'code_challenge',
  'code_challenge_method',
];

async function readForm(c: Context): Promise<Record<string, string>> {
  const form = await c.req.parseBody();
  const texts = Object.entries(form).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { ...c.req.query(), ...Object.fromEntries(texts) };
}

function refuse(c: Context, error: unknown): Response {
  if (!(error instanceof OAuthRefusal)) throw error;
  return c.json({ error: error.error, error_description: error.message }, 400);
}

/** What must be right before anyone is sent back to `redirect_uri`. */
function checkAuthorize(org: Org, asked: Record<string, string>): App {
  const app = requireApp(org, asked['client_id']);
  if (!app.redirectUris.includes(asked['redirect_uri'] ?? '')) {
    throw new OAuthRefusal('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (asked['response_type'] !== 'code')
    throw new OAuthRefusal('unsupported_response_type', 'response type must be code');
  const challenge = asked['code_challenge'];
  if (app.requirePkce && challenge === undefined)
    throw new OAuthRefusal('invalid_request', 'missing required code challenge');
  if (challenge !== undefined && (asked['code_challenge_method'] ?? 'S256') !== 'S256') {
    throw new OAuthRefusal('invalid_request', 'code_challenge_method must be S256');
  }
  return app;
}

function identity(org: Org, origin: string, userId: string): Record<string, unknown> {
  const fields = loadRow(org.store, userId)?.fields ?? {};
  return {
    sub: `${origin}/id/${ORGANIZATION_ID}/${userId}`,
    user_id: userId,
    organization_id: ORGANIZATION_ID,
    preferred_username: fields['Username'] ?? 'admin@sandbox.example',
    nickname: fields['Alias'] ?? 'admin',
    name: fields['Name'] ?? 'Sandbox Admin',
    email: fields['Email'] ?? 'admin@sandbox.example',
    email_verified: true,
    given_name: fields['FirstName'] ?? null,
    family_name: fields['LastName'] ?? 'Admin',
    zoneinfo: fields['TimeZoneSidKey'] ?? 'Europe/Berlin',
    locale: fields['LocaleSidKey'] ?? 'en_GB',
    active: fields['IsActive'] ?? true,
    user_type: 'STANDARD',
    utcOffset: 3_600_000,
    urls: {
      rest: `${origin}/services/data/v{version}/`,
      sobjects: `${origin}/services/data/v{version}/sobjects/`,
      query: `${origin}/services/data/v{version}/query/`,
      users: `${origin}/services/data/v{version}/chatter/users`,
      custom_domain: origin,
    },
  };
}

/** OAuth 2.0 as Salesforce publishes it: web server flow with PKCE, refresh, JWT bearer, and what belongs to them. */
export function oauthRoutes(org: Org): Hono {
  const routes = new Hono();
  const consents: Consents = new Map();
  const originOf = (c: Context) => new URL(c.req.url).origin;

  routes.get('/services/oauth2/authorize', c => {
    try {
      const asked = c.req.query();
      const app = checkAuthorize(org, asked);
      const hidden = Object.fromEntries(
        ASKED.flatMap(name => (asked[name] === undefined ? [] : [[name, asked[name]]])),
      );
      return c.html(consentPage(app.clientId, asked['scope'] ?? 'api refresh_token', hidden));
    } catch (error) {
      return refuse(c, error);
    }
  });

  routes.post('/services/oauth2/authorize', csrf(), async c => {
    try {
      const asked = await readForm(c);
      const app = checkAuthorize(org, asked);
      const back = new URL(asked['redirect_uri']!);
      if (asked['state'] !== undefined) back.searchParams.set('state', asked['state']);
      if (asked['decision'] === 'allow') {
        const code = `aPrx${randomBytes(32).toString('base64url')}`;
        consents.set(code, {
          clientId: app.clientId,
          redirectUri: asked['redirect_uri']!,
          challenge: asked['code_challenge'],
          userId: ADMIN_ID,
          scope: asked['scope'] ?? 'api refresh_token',
          expiresAt: org.store.now() + CODE_MS,
        });
        back.searchParams.set('code', code);
      } else {
        back.searchParams.set('error', 'access_denied');
        back.searchParams.set('error_description', 'end-user denied authorization');
      }
      return c.redirect(back.toString(), 302);
    } catch (error) {
      return refuse(c, error);
    }
  });

  routes.post('/services/oauth2/token', async c => {
    try {
      c.header('Cache-Control', 'no-store');
      return c.json(grantToken(org, consents, await readForm(c), originOf(c)));
    } catch (error) {
      return refuse(c, error);
    }
  });

  routes.on(['GET', 'POST'], '/services/oauth2/revoke', async c => {
    const { token = '' } = await readForm(c);
    const refresh = findSession(org, token, 'refresh');
    if (refresh) closeSessionsOf(org, refresh.clientId, refresh.userId);
    else if (!closeSession(org, token)) {
      return c.json({ error: 'invalid_token', error_description: 'invalid token' }, 400);
    }
    return c.body(null, 200);
  });

  routes.post('/services/oauth2/introspect', async c => {
    try {
      const form = await readForm(c);
      const app = authenticateApp(org, form);
      const token = form['token'] ?? '';
      const session = findSession(org, token) ?? findSession(org, token, 'refresh');
      if (session?.clientId !== app.clientId) return c.json({ active: false });
      return c.json({
        active: true,
        scope: session.scope,
        client_id: session.clientId,
        username: loadRow(org.store, session.userId)?.fields['Username'] ?? null,
        sub: `${originOf(c)}/id/${ORGANIZATION_ID}/${session.userId}`,
        token_type: session.kind === 'access' ? 'access_token' : 'refresh_token',
        ...(session.expiresAt === null ? {} : { exp: Math.floor(session.expiresAt / 1000) }),
      });
    } catch (error) {
      return refuse(c, error);
    }
  });

  const whoAmI = (c: Context) => {
    const header = /^(?:Bearer|OAuth) (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const token = header ?? c.req.query('oauth_token');
    const session = token === undefined ? undefined : findSession(org, token);
    if (!session) return c.text('Bad_OAuth_Token', 403);
    return c.json(identity(org, originOf(c), session.userId));
  };
  routes.get('/services/oauth2/userinfo', whoAmI);
  routes.get(`/id/${ORGANIZATION_ID}/:user`, whoAmI);
  return routes;
}
