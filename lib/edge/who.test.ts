import { describe, expect, it } from 'vitest';
import {
  credentialsOf,
  demoRoles,
  roleCookie,
  sessionCookie,
  whoIs,
  type Credentials,
  type Tenant,
} from './who.ts';

const demo: Tenant = { tenantId: 'demo', kind: 'demo' };
const connected: Tenant = { tenantId: 'own', kind: 'connected' };
const reps = () =>
  Promise.resolve([
    { ownerId: '11', name: 'Marco' },
    { ownerId: '12', name: 'Dana' },
  ]);
const nobody: Credentials = {
  bearer: null,
  demoRole: null,
  session: null,
  fromOwnPage: false,
  onThisMachine: true,
};
const ask = (credentials: Partial<Credentials>, tenant: Tenant | null = demo) =>
  whoIs({ ...nobody, ...credentials }, tenant, reps);

const of = (headers: Record<string, string>, cookie?: string) =>
  credentialsOf(new Headers({ host: 'localhost:3000', ...headers }), name =>
    name === roleCookie ? cookie : undefined,
  );

describe('who asks', () => {
  it.each(Object.entries(demoRoles))('is, with demo-%s, the role %s', async (name, role) => {
    const scope = await ask({ bearer: `demo-${name}` });
    expect(scope).toMatchObject({ tenantId: 'demo', actor: { id: `demo-${name}`, role } });
    expect(scope.actor.ownerId).toBe(name === 'rep' ? '11' : null);
  });

  it('is for the demo’s rep a person of the CRM, and without one a rep who owns nothing', async () => {
    expect((await ask({ bearer: 'demo-rep' })).actor).toMatchObject({ name: 'Marco', ownerId: '11' });
    const alone = await whoIs({ ...nobody, bearer: 'demo-rep' }, demo, () => Promise.resolve([]));
    expect(alone.actor).toMatchObject({ role: 'rep', ownerId: null });
  });

  it.each([
    'demo-service',
    'demo-constructor',
    'demo-__proto__',
    'demo-',
    'demo-admin ',
    'Demo-admin',
    'admin',
    '',
    'sandbox',
  ])('is nobody with the token "%s"', async bearer => {
    await expect(ask({ bearer, fromOwnPage: true, demoRole: 'admin' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('is nobody with a demo’s token where a CRM of one’s own is connected', async () => {
    for (const credentials of [
      ...Object.keys(demoRoles).map(name => ({ bearer: `demo-${name}` })),
      { demoRole: 'admin', fromOwnPage: true },
      { fromOwnPage: true },
      {},
    ])
      await expect(ask(credentials, connected)).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('cannot be told before a CRM is connected', async () => {
    await expect(ask({ bearer: 'demo-admin' }, null)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is for a visitor of our own pages the role of the cookie, else the manager', async () => {
    expect((await ask({ fromOwnPage: true, demoRole: 'ops' })).actor.role).toBe('operations');
    expect((await ask({ fromOwnPage: true })).actor.role).toBe('manager');
    expect((await ask({ fromOwnPage: true, demoRole: 'toString' })).actor.role).toBe('manager');
  });

  it('is nobody for a foreign page, whatever cookie its visitor has', async () => {
    for (const site of ['cross-site', 'same-site', 'none']) {
      const credentials = of({ 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' }, 'admin');
      await expect(ask(credentials)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
    await expect(ask(of({}, 'admin'))).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});

describe('the credentials of a request', () => {
  it('are its bearer token, its cookie, and whether our own page sent it', () => {
    expect(of({ authorization: 'Bearer demo-rep' })).toEqual({ ...nobody, bearer: 'demo-rep' });
    expect(of({ authorization: 'bearer demo-rep' }).bearer).toBe('demo-rep');
    expect(of({ 'sec-fetch-site': 'same-origin' }, 'ops')).toEqual({
      bearer: null,
      demoRole: 'ops',
      session: null,
      fromOwnPage: true,
      onThisMachine: true,
    });
    expect(of({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }).fromOwnPage).toBe(true);
  });

  it('carry a session by bearer, and by cookie only from our own page', () => {
    const token = `ses.ZGVtbw.${'a'.repeat(43)}`;
    const carried = (headers: Record<string, string>, planted: string, asked: 'page' | 'data' = 'data') =>
      credentialsOf(new Headers(headers), name => (name === sessionCookie ? planted : undefined), asked)
        .session;
    expect(carried({ authorization: `Bearer ${token}` }, '')).toBe(token);
    expect(carried({ 'sec-fetch-site': 'same-origin' }, token)).toBe(token);
    for (const site of ['cross-site', 'same-site', 'none'])
      expect(carried({ 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' }, token)).toBeNull();
    expect(carried({}, token)).toBeNull();
    // What is sent as bearer is what counts: the cookie does not stand in for a wrong one.
    expect(carried({ authorization: 'Bearer x', 'sec-fetch-site': 'same-origin' }, token)).toBeNull();
    for (const other of ['lau.ZGVtbw.', 'key.ZGVtbw.', 'ses..', 'demo-admin'])
      expect(carried({ authorization: `Bearer ${other}${'a'.repeat(43)}` }, '')).toBeNull();
  });

  it('of the demo count under a name of this machine alone', async () => {
    for (const host of ['localhost', '127.0.0.1:3000', '[::1]:3000'])
      await expect(ask(of({ host, authorization: 'Bearer demo-admin' }))).resolves.toBeDefined();
    for (const host of ['sidecard.example', 'localhost.example', '127.0.0.1.example:3000', ''])
      await expect(ask(of({ host, authorization: 'Bearer demo-admin' }))).rejects.toMatchObject({
        code: 'unauthenticated',
      });
  });

  it('want more than a visit where data is asked for', () => {
    const visit = new Headers({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' });
    expect(credentialsOf(visit, () => undefined, 'page').fromOwnPage).toBe(true);
    expect(credentialsOf(visit, () => undefined, 'data').fromOwnPage).toBe(false);
  });

  it('do not fall back to the cookie where another scheme was sent', async () => {
    for (const authorization of ['Basic YWRtaW46', 'Bearer', 'Bearer ', 'demo-admin']) {
      const credentials = of({ authorization, 'sec-fetch-site': 'same-origin' }, 'admin');
      expect(credentials.bearer).toBe('');
      await expect(ask(credentials)).rejects.toMatchObject({ code: 'unauthenticated' });
    }
  });
});
