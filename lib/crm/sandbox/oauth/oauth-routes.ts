import { Hono, type Context } from 'hono';
import { renderRefusal } from '#lib/crm/sandbox/wire/render-refusal.ts';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { consentRoutes } from './consent-routes.ts';
import { Denial, exchangeCode, introspect, refreshTokens, requireApp } from './grant.ts';
import { findToken, revokeToken } from './tokens.ts';

async function readForm(c: Context): Promise<Record<string, string>> {
  if (!c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    throw new Denial(
      'invalid_request',
      'BAD_REQUEST',
      'Send the parameters as application/x-www-form-urlencoded',
    );
  }
  return Object.fromEntries(new URLSearchParams(await c.req.text()));
}

function renderDenial(denial: Denial) {
  const { status, error, message } = denial;
  const common = renderRefusal(new Refusal(400, 'VALIDATION_ERROR', message));
  return { ...common, status, error, error_description: message };
}

/** HubSpot's OAuth at its dated paths, and the consent page that a browser is sent to. */
export function oauthRoutes(store: Store, version: string): Hono {
  const routes = new Hono();
  routes.route('/', consentRoutes(store));

  const answers: Record<string, (form: Record<string, string>) => object> = {
    token: form => {
      if (form['grant_type'] === 'authorization_code') return exchangeCode(store, form);
      if (form['grant_type'] === 'refresh_token') return refreshTokens(store, form);
      throw new Denial('unsupported_grant_type', 'BAD_GRANT_TYPE', 'missing or unknown grant type');
    },
    'token/introspect': form => introspect(store, form),
    'token/revoke': form => {
      const app = requireApp(store, form);
      const token = findToken(store, form['token'] ?? '');
      if (token && token.clientId === app.clientId) revokeToken(store, token);
      return {};
    },
  };

  for (const [path, work] of Object.entries(answers)) {
    routes.post(`/oauth/${version}/${path}`, async c => {
      try {
        const form = await readForm(c);
        return c.json(store.transact(() => work(form)));
      } catch (error) {
        if (error instanceof Denial) return c.json(renderDenial(error), 400);
        throw error;
      }
    });
  }
  return routes;
}
