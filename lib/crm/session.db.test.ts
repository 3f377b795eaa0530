import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Db } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { connect, connectionOf, cutConnection, openConnection, type NewSecrets } from './connections.ts';
import { openHubSpot } from './hubspot/api.ts';
import { openSession } from './session.ts';
import { startTokenServer, type TokenServer } from './testing/token-server.ts';

const key = sealingKeyFrom('ab'.repeat(32));
const request = { method: 'GET', path: '/crm/owners/2026-09', doing: 'reading owners' } as const;

describe('a session', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let server: TokenServer;
  let tenantId = '';
  let now = Date.parse('2026-11-20T10:00:00.000Z');
  const clock = () => new Date(now);
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());
  let tenants = 0;
  beforeEach(async () => {
    server = await startTokenServer();
    tenantId = `tenant-${(tenants += 1)}`;
    now += 3_600_000;
  });
  afterEach(() => server.stop());

  const inMinutes = (minutes: number): string => new Date(now + minutes * 60_000).toISOString();
  const oauth = (expiresAt: string | null = inMinutes(30)): NewSecrets => ({
    kind: 'oauth',
    accessToken: 'access-0',
    refreshToken: 'refresh-0',
    expiresAt,
    scopes: [],
    app: { id: 'app', secret: 'app-secret', tokenUrl: server.url },
    webhookSecret: 'app-secret',
  });
  const connected = (secrets: NewSecrets, crm: 'hubspot' | 'salesforce' = 'hubspot') =>
    test.db.tenant(tenantId, tx =>
      connect(
        tx,
        {
          crm,
          name: 'HubSpot',
          accountId: tenantId,
          currency: 'EUR',
          apiUrl: server.url,
          appUrl: server.url,
          // Without limits: the clock stands still.
          kind: 'demo',
          secrets,
          now: clock(),
        },
        key,
      ),
    );
  const open = (db: Db = test.db) => openSession(db, tenantId, { key, clock, urgency: 'interactive' });
  /** Another process: what this module keeps in memory is by database handle. */
  const otherProcess = (): Db => ({ ...test.db });
  const stored = () => test.db.tenant(tenantId, tx => openConnection(tx, key));
  const stateOf = async () => (await test.db.tenant(tenantId, connectionOf))?.state;

  it('renews a refused token once, however many processes see it refused at once', async () => {
    await connected(oauth());
    server.state.access = 'rotated away';
    const processes = [test.db, otherProcess(), otherProcess(), otherProcess()];
    const sessions = await Promise.all(Array.from({ length: 20 }, (_, i) => open(processes[i % 4])));
    const answers = await Promise.all(
      sessions.map(session =>
        openHubSpot(session).send(request, z.object({ results: z.array(z.unknown()) })),
      ),
    );
    expect(answers).toHaveLength(20);
    expect(server.state.refreshes).toBe(1);
    expect((await stored()).secrets).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
    expect(await stateOf()).toMatchObject({ status: 'ok' });
  });

  it('renews a token before it ends, and uses the refresh token that came last', async () => {
    await connected(oauth(inMinutes(3)));
    const session = await open();
    expect(await session.token()).toBe('access-0');
    now += 90_000;
    expect(await session.token()).toBe('access-1');
    expect((await stored()).secrets).toMatchObject({ expiresAt: inMinutes(30) });
    now += 29 * 60_000;
    expect(await (await open(otherProcess())).token()).toBe('access-2');
    expect(server.state.forms.map(form => form['refresh_token'])).toEqual(['refresh-0', 'refresh-1']);
    expect(server.state.forms[0]).toMatchObject({ client_id: 'app', client_secret: 'app-secret' });
  });

  it('asks for a person when consent has ended, and asks the service once', async () => {
    await connected(oauth());
    server.state.ended = true;
    server.state.access = 'rotated away';
    const failure = await openHubSpot(await open())
      .send(request, z.unknown())
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({
      code: 'unauthenticated',
      message: expect.stringContaining('Reconnect HubSpot'),
    });
    expect(JSON.stringify(failure) + String(failure) + String((failure as Error).cause)).not.toMatch(
      /refresh-|app-secret|access-/,
    );
    expect(await stateOf()).toMatchObject({
      status: 'failing',
      text: expect.stringContaining('Reconnect HubSpot'),
    });
    await expect((await open(otherProcess())).token('access-0')).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(server.state.forms).toHaveLength(1);

    server.state.ended = false;
    await connected({ ...oauth(), refreshToken: server.state.refresh } as NewSecrets);
    await expect((await open()).token('access-0')).resolves.toBe('access-1');
  });

  it('does not renew for ever what is refused for ever', async () => {
    await connected(oauth());
    server.state.refusesAll = true;
    const session = await open();
    await expect(openHubSpot(session).send(request, z.unknown())).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    await expect(openHubSpot(session).send(request, z.unknown())).rejects.toMatchObject({
      message: expect.stringContaining('Reconnect HubSpot'),
    });
    expect(server.state.refreshes).toBe(1);

    server.state.refusesAll = false;
    const other = await open();
    await openHubSpot(other).send(request, z.unknown());
    server.state.access = 'rotated away';
    await openHubSpot(other).send(request, z.unknown());
    server.state.access = 'rotated away again';
    await openHubSpot(other).send(request, z.unknown());
    expect(server.state.refreshes).toBe(3);
  });

  it('lets go of the lease when the service fails, so that the next try may renew', async () => {
    await connected(oauth(inMinutes(1)));
    server.state.failures.push(503);
    const session = await open();
    await expect(session.token()).rejects.toMatchObject({ code: 'unavailable' });
    await expect(session.token()).resolves.toBe('access-1');
  });

  it('takes over from a process that died while it renewed', async () => {
    await connected(oauth(inMinutes(1)));
    const lease = (until: string) =>
      test.db.owner.execute(
        sql`insert into crm_renewals (tenant_id, holder, until) values (${tenantId}, 'dead', ${until})`,
      );
    await lease(new Date(now - 1).toISOString());
    await expect((await open()).token()).resolves.toBe('access-1');
  });

  it('with a private app’s token has nothing to renew', async () => {
    await connected({ accessToken: 'pat', webhookSecret: '' });
    const session = await open();
    await expect(openHubSpot(session).send(request, z.unknown())).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(server.state.api).toBe(1);
    expect(await stateOf()).toMatchObject({ status: 'failing' });
  });

  it('keeps Salesforce’s refresh token where it is not rotated, and follows the org', async () => {
    await connected(
      { ...oauth(null), app: { id: 'app', secret: '', tokenUrl: server.url } } as NewSecrets,
      'salesforce',
    );
    await expect((await open()).token('access-0')).resolves.toBe('access-1');
    expect(server.state.forms[0]).not.toHaveProperty('client_secret');
    expect(await stored()).toMatchObject({ apiUrl: server.url, secrets: { refreshToken: 'refresh-1' } });
  });

  it('ends when the account is disconnected, for who holds it already too', async () => {
    await connected(oauth());
    const session = await open();
    await openHubSpot(session).send(request, z.unknown());
    await test.db.tenant(tenantId, tx => cutConnection(tx, { by: 'Ann', now: clock() }));
    await expect(open()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is disconnected'),
    });
    now += 60_000;
    await expect(openHubSpot(session).send(request, z.unknown())).rejects.toMatchObject({ code: 'refused' });
    await expect(session.token('access-0')).rejects.toMatchObject({ code: 'refused' });
    expect(server.state.refreshes).toBe(0);
    await connected(oauth());
    await openHubSpot(await open()).send(request, z.unknown());
    expect(await stateOf()).toMatchObject({ status: 'ok' });
  });
});
