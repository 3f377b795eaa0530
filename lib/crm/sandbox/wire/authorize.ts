import type { Context, MiddlewareHandler } from 'hono';
import { findToken } from '#lib/crm/sandbox/oauth/tokens.ts';
import { neededScopes } from '#lib/crm/sandbox/oauth/scopes.ts';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { isTokenAllowed } from '#lib/crm/sandbox/store/settings.ts';

/** The access token a request carries. */
export function readToken(c: Context): string | undefined {
  return /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

/** A 401 for a token whose time is over; `at` is when it ended, in milliseconds. */
export function expired(at: number): Refusal {
  const message = 'The OAuth token used to make this call has expired.';
  const context = { 'expire time': [new Date(at).toISOString()] };
  return new Refusal(401, 'EXPIRED_AUTHENTICATION', message, { context });
}

function refuseMissingScopes(missing: string[]): void {
  if (missing.length === 0) return;
  const message = "This app hasn't been granted all required scopes to make this call.";
  throw new Refusal(403, 'MISSING_SCOPES', message, {
    details: [
      {
        message: 'One or more of the following scopes are required.',
        context: { requiredScopes: missing },
      },
    ],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  });
}

/** Who is calling: an account's own token may do everything, an app's what it was granted. */
function identify(store: Store, c: Context): { caller: string; scopes?: string[] } {
  const token = readToken(c);
  if (token === undefined) {
    const message =
      'Authentication credentials not found. Send an access token: Authorization: Bearer <token>';
    throw new Refusal(401, 'INVALID_AUTHENTICATION', message);
  }
  if (isTokenAllowed(store, token)) return { caller: 'account' };
  const granted = findToken(store, token);
  if (granted?.kind !== 'access') {
    throw new Refusal(401, 'INVALID_AUTHENTICATION', 'The access token is not valid for this account.');
  }
  if (granted.expiresAt !== null && granted.expiresAt <= store.now()) throw expired(granted.expiresAt);
  return { caller: granted.clientId, scopes: granted.scopes };
}

/** Lets only requests through that carry a valid access token, and of apps only what their scopes allow. */
export function authorize(store: Store): MiddlewareHandler {
  return async (c, next) => {
    const { caller, scopes } = identify(store, c);
    if (scopes) {
      const unmet = neededScopes(c.req.method, c.req.path).filter(
        group => !group.some(scope => scopes.includes(scope)),
      );
      refuseMissingScopes(unmet.flat());
    }
    c.set('caller', caller);
    await next();
  };
}

/** Lets only the account's own tokens through: what an app was granted does not reach the control paths. */
export function authorizeAdmin(store: Store): MiddlewareHandler {
  return async (c, next) => {
    if (identify(store, c).scopes) {
      throw new Refusal(403, 'FORBIDDEN', 'An app cannot use the control paths.');
    }
    await next();
  };
}
