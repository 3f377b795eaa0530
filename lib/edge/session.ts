import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { mintLaunchFor, redeemLaunch, signOut, tenantOfToken, whoHolds } from '#lib/sign-in/sign-in.ts';
import { asKnownNow } from '#lib/vouch.ts';
import { processFlow } from './open-process.ts';
import { sessionCookie } from './who.ts';

/** Who holds a session, in the tenant that it is of; null for one that is not in force. */
export async function scopeOfSession(token: string): Promise<Scope | null> {
  const tenantId = tenantOfToken('ses', token);
  if (tenantId === null) return null;
  const flow = processFlow();
  const actor = await flow.db.tenant(tenantId, tx => whoHolds(tx, token, flow.now(), asKnownNow));
  return actor && { tenantId, actor };
}

/** Partitioned: the cookie that is set inside one CRM's page is sent from there alone. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=None; Partitioned';

export const setSessionCookie = (token: string, expiresAt: string): string =>
  `${sessionCookie}=${token}; ${attributes}; Expires=${new Date(expiresAt).toUTCString()}`;

const clearSessionCookie = `${sessionCookie}=; ${attributes}; Max-Age=0`;

/** Only our own pages sign anybody in or out: by the browser's word, or else by a token that no other page has. */
function refuseForeign(request: Request, alsoWithout: 'bearer' | 'nothing' = 'bearer'): void {
  const site = request.headers.get('sec-fetch-site');
  const silentIsFine = alsoWithout === 'nothing' || request.headers.has('authorization');
  if (site === null ? !silentIsFine : site !== 'same-origin')
    throw new AppError('unauthenticated', 'This is only for pages of Sidecard itself.');
}

/**
 * Exchanges a one-time launch token for a session: as a cookie, and in the answer for pages whose browser keeps no cookie
 * in a frame. Throws AppError('unauthenticated') for a token that is unknown, used or over.
 */
export async function exchangeLaunch(request: Request, body: unknown): Promise<Response> {
  // An old browser says nothing of where it comes from; the launch token itself is proof enough.
  refuseForeign(request, 'nothing');
  const { launch } = z.object({ launch: z.string().max(400) }).parse(body);
  const tenantId = tenantOfToken('lau', launch);
  const flow = processFlow();
  const session =
    tenantId === null ? null : await flow.db.tenant(tenantId, tx => redeemLaunch(tx, launch, flow.now()));
  if (!session)
    throw new AppError(
      'unauthenticated',
      'This link has been used already, or is older than a minute. Open Sidecard again from the record in the CRM.',
    );
  const { token, expiresAt, place } = session;
  return Response.json(
    { token, expiresAt, place },
    { headers: { 'cache-control': 'no-store', 'set-cookie': setSessionCookie(token, expiresAt) } },
  );
}

/** A page of ours by its path, and of nobody else. */
const Place = z.string().regex(/^\/(?:[A-Za-z0-9][\w\-./%:]*)?$/, 'must be a path of Sidecard');

/**
 * Where the person of this session goes on in a tab of their own: a cookie that was set inside a CRM's page is not sent
 * from there. Throws AppError('unauthenticated') without a session in force.
 */
export async function launchInTab(request: Request, body: unknown): Promise<{ path: string }> {
  refuseForeign(request);
  const { place } = z.object({ place: Place }).parse(body);
  const flow = processFlow();
  for (const token of carriedBy(request)) {
    const tenantId = tenantOfToken('ses', token);
    if (tenantId === null) continue;
    const launch = await flow.db.tenant(tenantId, tx => mintLaunchFor(tx, token, place, flow.now()));
    if (launch !== null) return { path: `/launch#launch=${launch}` };
  }
  throw new AppError(
    'unauthenticated',
    'You are not signed in any more. Open Sidecard again from the record.',
  );
}

/** Ends the session that the request carries, if any, and its cookie. */
export async function endSession(request: Request): Promise<Response> {
  refuseForeign(request);
  const flow = processFlow();
  for (const token of carriedBy(request)) {
    const tenantId = tenantOfToken('ses', token);
    if (tenantId !== null) await flow.db.tenant(tenantId, tx => signOut(tx, token, flow.now()));
  }
  return new Response(null, { status: 204, headers: { 'set-cookie': clearSessionCookie } });
}

/** The tokens that a request carries, the bearer's before the cookie's. */
const carriedBy = (request: Request): string[] =>
  [
    /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1],
    new RegExp(`(?:^|; *)${sessionCookie}=([^;]+)`).exec(request.headers.get('cookie') ?? '')?.[1],
  ].filter(token => token !== undefined);
