import { gunzipSync } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import type { SObject } from '../model/sobject.ts';
import type { Actor, Org } from '../org.ts';
import { findSession } from '../oauth/sessions.ts';
import { badJson, notFound, SalesforceRefusal } from '../refusal.ts';
import { readSetting } from '../store/settings.ts';

export type Variables = { userId: string; version: string };
export type Ctx = Context<{ Variables: Variables }>;

const OLDEST = 31;
const NEWEST = 66;
const DAILY_REQUESTS = 100_000;

/** Requests in the running day (UTC): what `Sforce-Limit-Info` tells. */
export type Usage = { day: number; used: number };

export function versions(): { label: string; url: string; version: string }[] {
  return Array.from({ length: NEWEST - OLDEST + 1 }, (_, i) => {
    const version = `${OLDEST + i}.0`;
    const season = ['Spring', 'Summer', 'Winter'][(OLDEST + i) % 3]!;
    const year = Math.floor((OLDEST + i + 13) / 3);
    return { label: `${season} '${year}`, url: `/services/data/v${version}`, version };
  });
}

export function dailyLimit(org: Org): number {
  return readSetting<number>(org.store, 'daily-requests') ?? DAILY_REQUESTS;
}

/** Session, API version and daily limit: what stands before each call of the data interface. */
export function guard(org: Org, usage: Usage): MiddlewareHandler<{ Variables: Variables }> {
  return async (c, next) => {
    const token = /^(?:Bearer|OAuth) (\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const session = token === undefined ? undefined : findSession(org, token);
    if (!session) {
      throw new SalesforceRefusal('INVALID_SESSION_ID', 'Session expired or invalid', { status: 401 });
    }
    const version = c.req.path.split('/')[3] ?? '';
    const number = Number(/^v(\d{2})\.0$/.exec(version)?.[1]);
    if (!(number >= OLDEST && number <= NEWEST)) throw notFound();
    const day = Math.floor(org.store.now() / 86_400_000);
    if (usage.day !== day) Object.assign(usage, { day, used: 0 });
    const limit = dailyLimit(org);
    if (usage.used >= limit) {
      throw new SalesforceRefusal('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', { status: 403 });
    }
    usage.used += 1;
    c.set('userId', session.userId);
    c.set('version', version);
    c.header('Sforce-Limit-Info', `api-usage=${usage.used}/${limit}`);
    await next();
  };
}

/** Who writes by this request. The client id that a caller gives itself stands in change events. */
export function actorOf(c: Ctx, api = 'rest'): Actor {
  const client = /client=([^,;]+)/.exec(c.req.header('sforce-call-options') ?? '')?.[1]?.trim();
  const origin = `com/salesforce/api/${api}/${c.get('version').slice(1)}`;
  return {
    userId: c.get('userId'),
    origin: client ? `${origin};client=${client}` : origin,
    allowDuplicates: /allowSave\s*=\s*true/i.test(c.req.header('sforce-duplicate-rule-header') ?? ''),
  };
}

export async function readText(c: Ctx): Promise<string> {
  if (!/\bgzip\b/i.test(c.req.header('content-encoding') ?? '')) return c.req.text();
  return gunzipSync(Buffer.from(await c.req.arrayBuffer())).toString('utf8');
}

/** The JSON body in the shape that a call asks for. */
export async function readJson<T extends z.ZodType>(c: Ctx, schema: T): Promise<z.infer<T>> {
  const text = await readText(c);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badJson(
      text === ''
        ? 'The HTTP entity body is required, but this request has no entity body.'
        : 'Unexpected character in the body, which is not JSON at [line:1, column:1]',
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badJson(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'unreadable'}`);
}

/** The object of a path; unknown ones are not there. */
export function pathObject(org: Org, name: string): SObject {
  const object = org.schema.find(name);
  if (!object) throw notFound();
  return object;
}
