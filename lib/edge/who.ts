import { AppError } from '#lib/core/errors.ts';
import type { Role, Scope } from '#lib/core/scope.ts';
import { tenantOfToken } from '#lib/sign-in/sign-in.ts';

/** The demo's sign-in: a role by name, no secret. It exists only for a tenant of kind `demo`, on loopback. */
export const demoRoles = {
  rep: 'rep',
  manager: 'manager',
  ops: 'operations',
  admin: 'admin',
  auditor: 'auditor',
} as const satisfies Record<string, Role>;
export type DemoRole = keyof typeof demoRoles;
export const isDemoRole = (name: string): name is DemoRole => Object.hasOwn(demoRoles, name);

export const roleCookie = 'sidecard_demo_role';

/** The prefix binds it to this very host, over https, on every path: nobody beside us can plant one. */
export const sessionCookie = '__Host-sidecard';

/** What a request carries about who sent it. */
export interface Credentials {
  /** '' for one that cannot be read. */
  bearer: string | null;
  demoRole: string | null;
  /** A session's token: the bearer's, or that of the cookie where one of our own pages sent it. */
  session: string | null;
  /** The browser says that one of our own pages, or the address bar, sent it. */
  fromOwnPage: boolean;
  /** Asked for by a name of this machine itself: a proxy that lets the world in has another. */
  onThisMachine: boolean;
}

/** `page`: a visit by the address bar or a frame counts as our own; addresses that answer data want more than that. */
export function credentialsOf(
  headers: Headers,
  cookie: (name: string) => string | undefined,
  asked: 'page' | 'data' = 'page',
): Credentials {
  const site = headers.get('sec-fetch-site');
  const authorization = headers.get('authorization');
  // Another scheme is a credential that we do not know, not none.
  const bearer = authorization === null ? null : (/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '');
  const fromOwnPage =
    site === 'same-origin' || (asked === 'page' && headers.get('sec-fetch-mode') === 'navigate');
  const token = bearer ?? (fromOwnPage ? (cookie(sessionCookie) ?? '') : '');
  return {
    bearer,
    demoRole: cookie(roleCookie) ?? null,
    session: tenantOfToken('ses', token) === null ? null : token,
    fromOwnPage,
    onThisMachine: /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.get('host') ?? ''),
  };
}

export interface Tenant {
  tenantId: string;
  kind: 'demo' | 'connected';
}

/**
 * Who is asking without a session in force. `reps` are people of the CRM, so that "own records" means something in the demo. Throws AppError('unauthenticated') when nobody can tell.
 * In the demo a visitor without a sign-in, from the address bar or one of our pages, is the manager.
 */
export async function whoIs(
  credentials: Credentials,
  tenant: Tenant | null,
  reps: () => Promise<{ ownerId: string; name: string }[]>,
): Promise<Scope> {
  if (!tenant)
    throw new AppError('unavailable', 'No CRM is connected yet. Wait until the set-up has finished.');
  const name = demoRoleOf(credentials);
  if (tenant.kind !== 'demo' || name === null)
    throw new AppError(
      'unauthenticated',
      'You are not signed in, or no longer. Open Sidecard from a record in the CRM; a program sends "Authorization: Bearer …" with a valid token.',
    );
  const role = demoRoles[name];
  const [first] = name === 'rep' ? await reps() : [];
  return {
    tenantId: tenant.tenantId,
    actor: {
      id: `demo-${name}`,
      name: first?.name ?? `Demo ${name}`,
      role,
      ownerId: first?.ownerId ?? null,
    },
  };
}

function demoRoleOf({ bearer, demoRole, fromOwnPage, onThisMachine }: Credentials): DemoRole | null {
  if (!onThisMachine) return null;
  if (bearer !== null) {
    const name = bearer.startsWith('demo-') ? bearer.slice('demo-'.length) : '';
    return isDemoRole(name) ? name : null;
  }
  if (!fromOwnPage) return null;
  return demoRole !== null && isDemoRole(demoRole) ? demoRole : 'manager';
}
