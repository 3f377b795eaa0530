import type { MiddlewareHandler } from 'hono';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { isTokenAllowed } from '#lib/crm/sandbox/store/settings.ts';

/** Lets only requests with a valid access token through. */
export function authorize(store: Store): MiddlewareHandler {
  return async (c, next) => {
    const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined || !isTokenAllowed(store, token)) {
      throw new Refusal(
        401,
        'INVALID_AUTHENTICATION',
        token === undefined
          ? 'Authentication credentials not found. Send an access token: Authorization: Bearer <token>'
          : 'The access token is not valid for this account.',
      );
    }
    await next();
  };
}
