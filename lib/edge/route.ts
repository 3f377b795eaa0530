import { cookies, headers } from 'next/headers';
import type { Scope } from '#lib/core/scope.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Flow } from '#lib/flow.ts';
import { demoReps } from '#lib/views/people.ts';
import { processFlow, servedTenant } from './open-process.ts';
import { problemOf } from './problem.ts';
import { scopeOfSession } from './session.ts';
import { credentialsOf, whoIs } from './who.ts';

/** Who sent the request that is being handled, by its headers and cookies. Throws AppError('unauthenticated'). */
export async function requestScope(asked: 'page' | 'data' = 'page'): Promise<Scope> {
  const jar = await cookies();
  const credentials = credentialsOf(await headers(), name => jar.get(name)?.value, asked);
  const signedIn = credentials.session === null ? null : await scopeOfSession(credentials.session);
  if (signedIn) return signedIn;
  const tenant = await servedTenant();
  return whoIs(credentials, tenant, () => demoReps(processFlow().db, tenant?.tenantId ?? ''));
}

export interface RouteCall<P> {
  flow: Flow;
  scope: Scope;
  params: P;
  request: Request;
}

/**
 * The seam of every HTTP address: who is asking, then the work, then errors as `application/problem+json`.
 * A request that changes something must say who asks by a bearer token: a cookie alone could be sent by any page.
 */
export function route<P>(run: (call: RouteCall<P>) => Promise<unknown>) {
  return async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    try {
      if (request.method !== 'GET' && !request.headers.has('authorization'))
        throw new AppError('unauthenticated', 'Send "Authorization: Bearer …" with a valid token.');
      const scope = await requestScope('data');
      const body = await run({ flow: processFlow(), scope, params: await context.params, request });
      return body instanceof Response ? body : answerJson(body);
    } catch (error) {
      return problemResponse(error);
    }
  };
}

export function problemResponse(error: unknown): Response {
  const problem = problemOf(error);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(typeof problem['retryAfterMs'] === 'number'
        ? { 'retry-after': String(Math.ceil(problem['retryAfterMs'] / 1000)) }
        : {}),
    },
  });
}

const largestBody = 5_000_000;

/** The request's body as text. Throws AppError('bad_input') when it is larger than 5 MB (or `most` bytes), without reading the rest. */
export async function textOf(request: Request, most = largestBody): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most)
      throw new AppError('bad_input', `The request is larger than ${most / 1e6} MB: send it in parts.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The request's JSON. Throws AppError('bad_input') when it is none or too large. */
export const jsonOf = async (request: Request): Promise<unknown> => parseJson(await textOf(request));

/** Throws AppError('bad_input') for what is not JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AppError('bad_input', 'The request body is not JSON.');
  }
}

/** An answer that nobody on the way keeps. */
export const answerJson = (body: unknown): Response =>
  Response.json(body, { headers: { 'cache-control': 'no-store' } });
