import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { beginAtCrm, comeBackFromCrm } from './oauth-routes.ts';

const jar = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
      set: (name: string, value: string, { maxAge }: { maxAge: number }) =>
        void (maxAge > 0 ? jar.set(name, value) : jar.delete(name)),
    }),
  headers: () => Promise.resolve(new Headers()),
}));
const authorize = vi.hoisted(() => ({ startAuthorizing: vi.fn(), endAuthorizing: vi.fn() }));
vi.mock('#lib/authorize.ts', () => authorize);
vi.mock('#lib/welcome.ts', () => {
  const welcome = (as: string) => (_flow: unknown, _tenant: string, user: { userId: string }) =>
    Promise.resolve({ token: `ses-${as}-${user.userId}`, expiresAt: '2026-11-22T10:00:00.000Z' });
  return { welcomeInstaller: welcome('installer'), welcomeUser: welcome('user') };
});
vi.mock('./session.ts', () => ({
  setSessionCookie: (token: string, expires: string) => `${token}; ${expires}`,
}));
vi.mock('./open-process.ts', () => ({
  processFlow: () => ({}),
  shipped: () => 'shipped',
  servedTenant: () => null,
}));
vi.mock('./route.ts', () => ({ requestScope: () => Promise.reject(new Error('not asked')) }));
vi.mock('./oauth-app.ts', async original => ({
  ...(await original<typeof import('./oauth-app.ts')>()),
  oauthAppOf: (crm: string) => ({ crm }),
  oauthOrigin: () => 'http://localhost:3000',
}));

const to = (crm: string) => ({ params: Promise.resolve({ crm }) });
const from = (path: string, host = 'localhost:3000') =>
  new Request(`http://${host}${path}`, { headers: { host } });

describe('the way to the CRM’s consent page and back', () => {
  beforeEach(() => {
    jar.clear();
    authorize.startAuthorizing.mockResolvedValue({
      url: 'https://crm.example.com/consent',
      state: 'the-state',
    });
    authorize.startAuthorizing.mockClear();
    authorize.endAuthorizing.mockReset();
    authorize.endAuthorizing.mockResolvedValue({ purpose: 'connect', user: { userId: '61' } });
  });

  it('begins at the registered address, and remembers the browser', async () => {
    const path = '/api/oauth/hubspot/start?purpose=sign-in';
    const elsewhere = await beginAtCrm(from(path, '127.0.0.1:3000'), to('hubspot'));
    expect(elsewhere.headers.get('location')).toBe(`http://localhost:3000${path}`);
    expect(jar.size).toBe(0);
    const sent = await beginAtCrm(from('/api/oauth/hubspot/start'), to('hubspot'));
    expect([sent.status, sent.headers.get('location')]).toEqual([302, 'https://crm.example.com/consent']);
    expect([...jar.values()]).toEqual(['the-state']);
    await beginAtCrm(from(path), to('hubspot'));
    expect(
      authorize.startAuthorizing.mock.calls.map(([, , , ask]) => (ask as { purpose: string }).purpose),
    ).toEqual(['connect', 'sign-in']);
  });

  it('comes back with what the CRM says and what the browser knows, once', async () => {
    await beginAtCrm(from('/api/oauth/salesforce/start'), to('salesforce'));
    const back = await comeBackFromCrm(
      from('/api/oauth/salesforce/callback?code=c&state=s'),
      to('salesforce'),
    );
    expect([back.status, back.headers.get('location')]).toEqual([302, 'http://localhost:3000/settings']);
    expect(authorize.endAuthorizing.mock.calls[0]?.slice(1)).toEqual([
      'demo',
      { crm: 'salesforce' },
      { code: 'c', state: 's', error: null, expectedState: 'the-state' },
      'shipped',
    ]);
    expect(jar.size).toBe(0);
  });

  it.each([
    ['connect', { userId: '61' }, '/settings', 'ses-installer-61; 2026-11-22T10:00:00.000Z'],
    ['sign-in', { userId: '62' }, '/', 'ses-user-62; 2026-11-22T10:00:00.000Z'],
    ['connect', null, '/settings', null],
  ])('to %s signs in whoever consented: %j', async (purpose, user, place, cookie) => {
    authorize.endAuthorizing.mockResolvedValue({ purpose, user });
    const { headers } = await comeBackFromCrm(
      from('/api/oauth/hubspot/callback?code=c&state=s'),
      to('hubspot'),
    );
    expect([headers.get('location'), headers.get('set-cookie')]).toEqual([
      `http://localhost:3000${place}`,
      cookie,
    ]);
  });

  it('shows a page that says what went wrong, and nothing of what was sent', async () => {
    authorize.endAuthorizing.mockRejectedValue(new AppError('forbidden', 'Not <b>this</b> browser.'));
    const page = await comeBackFromCrm(
      from('/api/oauth/hubspot/callback?code=secret-code&state=s'),
      to('hubspot'),
    );
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(html).toContain('Not &#60;b&#62;this');
    expect(html).not.toContain('secret-code');
    expect((await beginAtCrm(from('/api/oauth/zoho/start'), to('zoho'))).status).toBe(404);
  });
});
