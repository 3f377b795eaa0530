import { setTimeout as wait } from 'node:timers/promises';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { expireToken } from '#lib/crm/sandbox/oauth/tokens.ts';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { expired, readToken } from '#lib/crm/sandbox/wire/authorize.ts';
import { renderRefusal } from '#lib/crm/sandbox/wire/render-refusal.ts';
import { dropConnection, hang, sendHalf } from './connection.ts';
import { refuseItem } from './refuse-item.ts';
import { listFaults } from './registry.ts';
import { strikes, type RequestEffect } from './rule.ts';

/** Paths of the vendors' interfaces; the control paths and the pages for people never fail on demand. */
const INTERFACES =
  /^\/(crm|oauth|marketing|automation|communication-preferences|settings|account-info|services)(\/|$)/;
const BATCH_WRITE = /\/batch\/(create|update|upsert|archive)\/?$/;

const MESSAGES = {
  429: ['RATE_LIMITS', 'You have reached your ten_secondly_rolling limit.'],
  500: ['INTERNAL_ERROR', 'Internal error'],
  502: ['BAD_GATEWAY', 'Bad gateway'],
  503: ['SERVICE_UNAVAILABLE', 'The service is not available right now'],
  504: ['GATEWAY_TIMEOUT', 'The request took too long'],
} as const;

/** The effects that strike this request. Every matching rule counts it, so that counts depend on requests alone. */
function effectsOn(store: Store, c: Context): RequestEffect[] {
  return listFaults(store).flatMap(fault => {
    const { effect, pattern, match } = fault;
    if (effect.kind.startsWith('webhook-') || effect.kind === 'clock-skew') return [];
    if (match.method && match.method !== c.req.method) return [];
    if (pattern && !pattern.test(c.req.path)) return [];
    if (effect.kind === 'refuse-item' && !BATCH_WRITE.test(c.req.path)) return [];
    return strikes(fault) ? [effect as RequestEffect] : [];
  });
}

function failWith({ status, retryAfterSeconds, body }: Extract<RequestEffect, { kind: 'status' }>): Response {
  const [category, message] = MESSAGES[status];
  const own = renderRefusal(new Refusal(status, category, message));
  const policy = status === 429 ? { errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' } : {};
  return Response.json(body ?? { ...own, ...policy }, {
    status,
    headers: retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) },
  });
}

/** Puts an answer that was given in some other way in the place of the ordinary one. */
function replaceAnswer(c: Context, given: Response): void {
  c.res = undefined; // Else the new answer would be a copy, with the headers of the old one.
  c.res = given;
}

async function strike(store: Store, c: Context, next: Next, effect: RequestEffect): Promise<Response | void> {
  switch (effect.kind) {
    case 'status':
      if (effect.after) await next();
      c.res = failWith(effect);
      return;
    case 'drop-before':
      return dropConnection(c);
    case 'drop-after':
      await next();
      replaceAnswer(c, dropConnection(c));
      return;
    case 'hang':
      return hang(c, effect.ms);
    case 'truncate':
      await next();
      replaceAnswer(c, await sendHalf(c, c.res));
      return;
    case 'invalid-json': {
      await next();
      const { status, headers } = c.res;
      // An answer without content has some now.
      c.res = new Response(`<html>${await c.res.text()}`, { status: status === 204 ? 200 : status, headers });
      return;
    }
    case 'refuse-item':
      return refuseItem(c, next, effect);
    case 'expire-token': {
      const token = readToken(c);
      if (token !== undefined) expireToken(store, token);
      throw expired(store.now());
    }
    case 'latency':
      await next();
  }
}

/** Lets the faults in force strike requests: delays add up, and of the others the first one strikes. */
export function strikeRequests(store: Store): MiddlewareHandler {
  return async (c, next) => {
    if (listFaults(store).length === 0 || !INTERFACES.test(c.req.path)) return next();
    const effects = effectsOn(store, c);
    const delay = effects.reduce((sum, effect) => sum + (effect.kind === 'latency' ? effect.ms : 0), 0);
    if (delay > 0) await wait(delay);
    const first = effects.find(({ kind }) => kind !== 'latency');
    return first ? strike(store, c, next, first) : next();
  };
}
