import type { Context, MiddlewareHandler } from 'hono';
import { countUnknownPath, type Stats } from '#lib/crm/sandbox/wire/stats.ts';
import { closeSession } from './oauth/sessions.ts';
import { SalesforceRefusal } from './refusal.ts';
import type { Salesforce } from './salesforce.ts';

/** Hands Salesforce's paths to it, and counts those that it does not know. */
export function answerAsSalesforce(salesforce: Salesforce, stats: Stats): MiddlewareHandler {
  return async (c, next) => {
    if (!salesforce.owns(c.req.path)) return next();
    const { response, known } = await salesforce.answer(c.req.raw);
    if (!known) countUnknownPath(stats, c.req.method, c.req.path);
    return response;
  };
}

/** How Salesforce says what a fault on demand says in the other vendor's words. */
const WORDS: Record<number, [code: string, message: string, status: number]> = {
  401: ['INVALID_SESSION_ID', 'Session expired or invalid', 401],
  429: ['REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 403],
  500: [
    'UNKNOWN_EXCEPTION',
    'An unexpected error occurred. Please include this ErrorId if you contact support',
    500,
  ],
  502: ['UNKNOWN_EXCEPTION', 'Bad gateway', 502],
  503: ['SERVER_UNAVAILABLE', 'The server is temporarily unavailable', 503],
  504: ['UNKNOWN_EXCEPTION', 'The request took too long', 504],
};

async function isForeign(answer: Response): Promise<boolean> {
  if (!answer.headers.get('content-type')?.includes('json')) return false;
  const body: unknown = await answer.clone().json();
  return typeof body === 'object' && body !== null && 'category' in body;
}

function endSession({ org }: Salesforce, c: Context): void {
  const token = /^Bearer (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (token !== undefined) closeSession(org, token);
}

/** Faults are ordered for both vendors alike; on Salesforce's paths they speak its language. */
export function translateFaults(salesforce: Salesforce): MiddlewareHandler {
  return async (c, next) => {
    await next();
    const words = WORDS[c.res.status];
    if (!words || !salesforce.owns(c.req.path) || !(await isForeign(c.res))) return;
    if (c.res.status === 401) endSession(salesforce, c);
    const [code, message, status] = words;
    const retryAfter = c.res.headers.get('retry-after');
    c.res = Response.json([new SalesforceRefusal(code, message).body], {
      status,
      headers: retryAfter === null ? {} : { 'Retry-After': retryAfter },
    });
  };
}
