import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { layout, problemPage, type Markup } from '#lib/crm/sandbox/pages/layout.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listOwners } from '#lib/crm/sandbox/store/owners.ts';
import { PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import { readConsentRequest, redirectWith, type ConsentRequest } from './consent-request.ts';
import { issueCode } from './tokens.ts';

const FIRST_USER = 60_001;

function consentPage(
  { app, scopes, optionalScopes }: ConsentRequest,
  params: Record<string, string>,
): Markup {
  const item = (scope: string, note: string) => html`<li><code>${scope}</code>${note}</li>`;
  return layout({
    title: `Connect ${app.name}`,
    section: undefined,
    body: html`<section class="sheet">
      <h1>Connect ${app.name}</h1>
      <p>${app.name} asks for access to this account (${PORTAL_ID}). It will be able to use:</p>
      <ul>
        ${scopes.map(scope => item(scope, ''))} ${optionalScopes.map(scope => item(scope, ' (optional)'))}
      </ul>
      <form method="post" action="/oauth/authorize">
        ${Object.entries(params).map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <p>
          <button type="submit" name="decision" value="approve">Approve</button>
          <button type="submit" name="decision" value="cancel">Cancel</button>
        </p>
      </form>
    </section>`,
  });
}

function refuse(c: Context, text: string): Response | Promise<Response> {
  return c.html(problemPage('This app cannot be connected', text, '/'), 400);
}

/** The page where a person lets an app in. Only a form of this page is taken. */
export function consentRoutes(store: Store): Hono {
  const routes = new Hono();
  routes.use('/oauth/authorize', csrf());

  routes.get('/oauth/authorize', c => {
    const params = c.req.query();
    const request = readConsentRequest(store, params);
    if (typeof request === 'string') return refuse(c, request);
    // A browser holds the redirect that follows a form against form-action too.
    const goal = new URL(request.redirectUri).origin;
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' ${goal}`;
    c.header('Content-Security-Policy', policy);
    c.header('Referrer-Policy', 'same-origin');
    return c.html(consentPage(request, params));
  });

  routes.post('/oauth/authorize', async c => {
    const form: Record<string, string> = Object.fromEntries(new URLSearchParams(await c.req.text()));
    const { decision, ...params } = form;
    const request = readConsentRequest(store, params);
    if (typeof request === 'string') return refuse(c, request);
    if (decision !== 'approve') return c.redirect(redirectWith(request, { error: 'access_denied' }), 302);
    const code = issueCode(store, {
      clientId: request.app.clientId,
      redirectUri: request.redirectUri,
      scopes: [...request.scopes, ...request.optionalScopes],
      challenge: request.challenge ?? null,
      userId: listOwners(store, { limit: 1 })[0]?.userId ?? FIRST_USER,
    });
    return c.redirect(redirectWith(request, { code }), 302);
  });

  return routes;
}
