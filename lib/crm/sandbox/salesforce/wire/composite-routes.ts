import { Hono } from 'hono';
import { z } from 'zod';
import { SalesforceRefusal } from '../refusal.ts';
import { readJson, type Ctx, type Variables } from './context.ts';

const MOST = 25;

const compositeBody = z.object({
  allOrNone: z.boolean().default(false),
  compositeRequest: z.array(
    z.object({
      method: z.enum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE']),
      url: z.string().startsWith('/services/data/'),
      referenceId: z.string().regex(/^\w+$/),
      body: z.unknown().optional(),
      httpHeaders: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
const batchBody = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(
    z.object({ method: z.string(), url: z.string(), richInput: z.unknown().optional() }),
  ),
});

type Answer = { status: number; headers: Record<string, string>; body: unknown };

/** Makes a call of this interface as the caller would have. */
async function callSelf(
  c: Ctx,
  self: (request: Request) => Response | Promise<Response>,
  {
    method,
    url,
    body,
    headers = {},
  }: { method: string; url: string; body: unknown; headers?: Record<string, string> },
): Promise<Answer> {
  const kept = ['authorization', 'sforce-call-options', 'sforce-duplicate-rule-header'];
  const own = Object.fromEntries(
    kept.flatMap(name => (c.req.header(name) ? [[name, c.req.header(name)!]] : [])),
  );
  const answer = await self(
    new Request(new URL(url, c.req.url), {
      method,
      headers: { ...own, ...headers, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const text = await answer.text();
  const location = answer.headers.get('location');
  return {
    status: answer.status,
    headers: location ? { Location: location } : {},
    body: text === '' ? null : (JSON.parse(text) as unknown),
  };
}

/** Puts what earlier calls answered where `@{ref.path[0].id}` stands. */
function fillIn(value: unknown, known: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map(one => fillIn(one, known));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillIn(one, known)]));
  }
  if (typeof value !== 'string') return value;
  return value.replace(/@\{(\w+)((?:\.\w+|\[\d+\])*)\}/g, (whole, ref: string, path: string) => {
    const steps = path.match(/\w+/g) ?? [];
    const found = steps.reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | null)?.[step],
      known.get(ref),
    );
    if (found === undefined) {
      const message = `Invalid reference specified. No value for ${whole.slice(2, -1)} found in ${ref}`;
      throw new SalesforceRefusal('PROCESSING_HALTED', message);
    }
    return typeof found === 'string' ? found : JSON.stringify(found);
  });
}

/** Several calls in one; later ones may use what earlier ones answered. */
export function compositeRoutes(
  self: (request: Request) => Response | Promise<Response>,
): Hono<{ Variables: Variables }> {
  const routes = new Hono<{ Variables: Variables }>();
  const checkCount = (count: number) => {
    if (count > MOST)
      throw new SalesforceRefusal('LIMIT_EXCEEDED', `The maximum number of subrequests is ${MOST}`);
  };

  routes.post('/', async c => {
    const { allOrNone, compositeRequest } = await readJson(c, compositeBody);
    checkCount(compositeRequest.length);
    if (allOrNone) {
      // A sandbox that answered this without undoing earlier parts would teach callers something untrue.
      throw new SalesforceRefusal(
        'UNSUPPORTED_API_VERSION',
        'This sandbox has no allOrNone for composite: use composite/sobjects',
      );
    }
    const known = new Map<string, unknown>();
    const answers = [];
    for (const { method, url, referenceId, body, httpHeaders } of compositeRequest) {
      let answer: Answer;
      try {
        const filled = { method, url: String(fillIn(url, known)), body: fillIn(body, known) };
        answer = await callSelf(c, self, { ...filled, ...(httpHeaders ? { headers: httpHeaders } : {}) });
      } catch (error) {
        if (!(error instanceof SalesforceRefusal)) throw error;
        answer = { status: 400, headers: {}, body: [error.body] };
      }
      if (answer.status < 300) known.set(referenceId, answer.body);
      answers.push({
        body: answer.body,
        httpHeaders: answer.headers,
        httpStatusCode: answer.status,
        referenceId,
      });
    }
    return c.json({ compositeResponse: answers });
  });

  routes.post('/batch', async c => {
    const { haltOnError, batchRequests } = await readJson(c, batchBody);
    checkCount(batchRequests.length);
    const results: { statusCode: number; result: unknown }[] = [];
    for (const { method, url, richInput } of batchRequests) {
      const halted = haltOnError && results.some(({ statusCode }) => statusCode >= 400);
      if (halted) {
        const error = new SalesforceRefusal('BATCH_PROCESSING_HALTED', 'Batch processing halted per request');
        results.push({ statusCode: 412, result: [error.body] });
        continue;
      }
      const path = url.startsWith('/services/') ? url : `/services/data/${url.replace(/^\//, '')}`;
      const answer = await callSelf(c, self, { method, url: path, body: richInput });
      results.push({ statusCode: answer.status, result: answer.body });
    }
    return c.json({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
  });
  return routes;
}
