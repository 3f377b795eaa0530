import { cookies } from 'next/headers';
import { endAuthorizing, startAuthorizing } from '#lib/authorize.ts';
import { AppError } from '#lib/core/errors.ts';
import { servedTenantId } from '#lib/platform/env.ts';
import { welcomeInstaller, welcomeUser } from '#lib/welcome.ts';
import { isOAuthCrm, oauthAppOf, oauthOrigin, type OAuthCrm } from './oauth-app.ts';
import { processFlow, shipped } from './open-process.ts';
import { problemOf } from './problem.ts';
import { requestScope } from './route.ts';
import { setSessionCookie } from './session.ts';

/** Which browser was sent to the consent page. On https no other host of the domain can set it (`__Host-`). */
const stateCookie = () => {
  const secure = oauthOrigin().startsWith('https:');
  return {
    name: secure ? '__Host-sidecard_oauth_state' : 'sidecard_oauth_state',
    options: { httpOnly: true, sameSite: 'lax', path: '/', maxAge: 600, secure } as const,
  };
};

type Context = { params: Promise<{ crm: string }> };

/** Sends the browser to the CRM's consent page: to connect the account or, with `?purpose=sign-in`, to say who is there. */
export async function beginAtCrm(request: Request, context: Context): Promise<Response> {
  try {
    const crm = known((await context.params).crm);
    const app = oauthAppOf(crm);
    const { search, searchParams } = new URL(request.url);
    // The cookie set here must be the one that comes back to the registered address.
    if (request.headers.get('host') !== new URL(oauthOrigin()).host)
      return redirectTo(`${oauthOrigin()}/api/oauth/${crm}/start${search}`);
    const { url, state } = await startAuthorizing(processFlow(), servedTenantId(), app, {
      purpose: searchParams.get('purpose') === 'sign-in' ? 'sign-in' : 'connect',
      // As for data: a link on somebody else's page must not connect in an admin's name.
      who: () => requestScope('data'),
    });
    const { name, options } = stateCookie();
    (await cookies()).set(name, state, options);
    return redirectTo(url);
  } catch (error) {
    return problemPage(error);
  }
}

/** Takes the browser back from the consent page, connects the account where that was the purpose, and signs its user in. */
export async function comeBackFromCrm(request: Request, context: Context): Promise<Response> {
  try {
    const crm = known((await context.params).crm);
    const query = new URL(request.url).searchParams;
    const jar = await cookies();
    const { name, options } = stateCookie();
    const expectedState = jar.get(name)?.value ?? null;
    jar.set(name, '', { ...options, maxAge: 0 });
    const [flow, tenantId] = [processFlow(), servedTenantId()];
    const returned = {
      code: query.get('code'),
      state: query.get('state'),
      error: query.get('error'),
      expectedState,
    };
    const { purpose, user } = await endAuthorizing(flow, tenantId, oauthAppOf(crm), returned, shipped());
    const welcome = purpose === 'connect' ? welcomeInstaller : welcomeUser;
    const session = user && (await welcome(flow, tenantId, user));
    return redirectTo(
      `${oauthOrigin()}${purpose === 'connect' ? '/settings' : '/'}`,
      session && setSessionCookie(session.token, session.expiresAt),
    );
  } catch (error) {
    return problemPage(error);
  }
}

function known(crm: string): OAuthCrm {
  if (!isOAuthCrm(crm)) throw new AppError('not_found', 'Sidecard connects to HubSpot and to Salesforce.');
  return crm;
}

const redirectTo = (location: string, cookie: string | null = null): Response =>
  // The address here may hold a code or a state, which the next page must not learn.
  new Response(null, {
    status: 302,
    headers: {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      ...(cookie !== null && { 'set-cookie': cookie }),
    },
  });

const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);

const look =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}h1{font-size:1.25rem}';

/** A page for people, with no script and nothing of what was sent to it. */
function problemPage(error: unknown): Response {
  const { status, detail } = problemOf(error);
  return new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>${look}</style><title>That did not work</title></head><body><main><h1>That did not work</h1><p>${escaped(detail)}</p><p><a href="/">Back to Sidecard</a></p></main></body></html>`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
    },
  );
}
