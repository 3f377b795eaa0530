import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { endAuthorizing, startAuthorizing, type OAuthApp } from './authorize.ts';
import { disconnect } from './disconnect.ts';
import { appointInstaller } from './people.ts';
import { AppError } from '#lib/core/errors.ts';
import { serviceScope, type Scope } from '#lib/core/scope.ts';
import { connectionOf, openConnection } from '#lib/crm/connections.ts';
import { openHubSpot } from '#lib/crm/hubspot/api.ts';
import { optionalScopes, requiredScopes } from '#lib/crm/hubspot/oauth.ts';
import { startSandbox, type Sandbox } from '#lib/crm/sandbox/sandbox.ts';
import { openSession } from '#lib/crm/session.ts';
import { crmCalls } from '#lib/crm/testing/test-crm.ts';
import type { Flow } from '#lib/flow.ts';
import { loadPolicySet } from '#lib/policy/load.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { collectJobs } from '#lib/platform/testing/demo/sent-jobs.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';

const redirectUri = 'https://sidecard.example.com/api/oauth/hubspot/callback';
/** This sandbox has no people, so that it tells nothing more of who consents. */
const consenter = { userId: '60001', name: null, email: null };
const admin: Scope = {
  tenantId: 'own',
  actor: { id: 'ann', name: 'Ann', role: 'admin', ownerId: null },
};

describe('connecting HubSpot by consent, at a CRM that gives out tokens itself', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let sandbox: Sandbox;
  let flow: Flow;
  let app: OAuthApp;
  let now = Date.now();
  beforeAll(async () => {
    test = await openTestDb();
    sandbox = await startSandbox({ port: 0, file: ':memory:' });
    const registered = z.object({ clientId: z.string(), clientSecret: z.string() }).parse(
      await crmCalls(sandbox.url).call('POST', '/sandbox/apps', {
        redirectUris: [redirectUri],
        scopes: [...requiredScopes],
        optionalScopes: [...optionalScopes],
        rotatesRefreshTokens: true,
      }),
    );
    app = {
      crm: 'hubspot',
      app: { id: registered.clientId, secret: registered.clientSecret, tokenUrl: sandbox.url },
      pagesUrl: sandbox.url,
      apiUrl: sandbox.url,
      redirectUri,
      onlyAccount: null,
    };
    flow = {
      db: collectJobs(test.db).db,
      now: () => new Date(now),
      model: null,
      sealingKey: sealingKeyFrom('5e'.repeat(32)),
      settleMs: 0,
    };
  });
  afterAll(async () => {
    await sandbox.stop();
    await test.close();
  });

  const nobody = () => Promise.reject(new AppError('unauthenticated', 'nobody is signed in'));
  /** Goes to the consent page as a browser does, and comes back with what the CRM sends. */
  const visit = async (
    decision: 'approve' | 'cancel',
    purpose: 'connect' | 'sign-in' = 'connect',
    who: () => Promise<Scope> = nobody,
  ) => {
    const { url, state } = await startAuthorizing(flow, 'own', app, { purpose, who });
    const form = new URLSearchParams([...new URL(url).searchParams, ['decision', decision]]);
    const answer = await fetch(`${sandbox.url}/oauth/authorize`, {
      method: 'POST',
      headers: { origin: sandbox.url, 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
      redirect: 'manual',
    });
    const back = new URL(answer.headers.get('location') ?? '').searchParams;
    return {
      code: back.get('code'),
      state: back.get('state'),
      error: back.get('error'),
      expectedState: state,
    };
  };
  const come = (returned: Parameters<typeof endAuthorizing>[3]) =>
    endAuthorizing(flow, 'own', app, returned, { policySet: loadPolicySet() });
  const connection = () => test.db.tenant('own', connectionOf);
  const secrets = async () =>
    (await test.db.tenant('own', tx => openConnection(tx, flow.sealingKey))).secrets;

  it('is refused without consent, without the browser’s own state, and the second time', async () => {
    await expect(come(await visit('cancel'))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('was not given'),
    });
    const returned = await visit('approve');
    for (const expectedState of [null, 'another'])
      await expect(come({ ...returned, expectedState })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await connection()).toBeNull();
    await expect(come({ ...returned, code: 'guessed' })).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(come(returned)).rejects.toMatchObject({ message: expect.stringContaining('used already') });
    expect(await connection()).toBeNull();
  });

  it('is for one account alone where the installation says so', async () => {
    const returned = await visit('approve');
    const shipped = { policySet: loadPolicySet() };
    await expect(
      endAuthorizing(flow, 'own', { ...app, onlyAccount: '1' }, returned, shipped),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('for account 1') });
    expect(await connection()).toBeNull();
  });

  it('connects the account, whose token is renewed in time and replaced when it is refused', async () => {
    expect(await come(await visit('approve'))).toEqual({ purpose: 'connect', user: consenter });
    expect(await connection()).toMatchObject({ crm: 'hubspot', accountId: '48213907', kind: 'connected' });
    const before = await secrets();
    expect(before).toMatchObject({ kind: 'oauth', webhookSecret: app.app.secret });
    const session = await openSession(flow.db, 'own', {
      key: flow.sealingKey,
      clock: flow.now,
      urgency: 'interactive',
    });
    const read = () =>
      openHubSpot(session).send(
        { method: 'GET', path: '/crm/owners/2026-09', doing: 'reading owners' },
        z.object({ results: z.array(z.unknown()) }),
      );
    await read();
    now += 29 * 60_000;
    await read();
    const after = await secrets();
    expect(after.accessToken).not.toBe(before.accessToken);
    expect(after).not.toMatchObject({ refreshToken: 'refreshToken' in before ? before.refreshToken : '' });
  });

  it('is for an admin to change while it works, and revoked at the CRM when it is cut', async () => {
    await expect(visit('approve')).rejects.toThrow('nobody is signed in');
    const service = () => Promise.resolve(serviceScope('own'));
    await expect(visit('approve', 'connect', service)).rejects.toMatchObject({ code: 'forbidden' });
    const { accessToken } = await secrets();
    expect(await disconnect(flow, admin)).toEqual({ revoked: 'The access was revoked.' });
    const answer = await fetch(`${sandbox.url}/crm/owners/2026-09`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(answer.status).toBe(401);
    // Even a visit to sign in connects then: there is nothing to sign in to.
    await come(await visit('approve', 'sign-in'));
    expect(await connection()).toMatchObject({ state: { status: 'ok' } });
  });

  it('tells who signs in, and lends their access to nobody', async () => {
    const before = await secrets();
    expect(await come(await visit('approve', 'sign-in'))).toEqual({ purpose: 'sign-in', user: consenter });
    expect(await secrets()).toEqual(before);
    await test.db.owner.execute(sql`update crm_connections set account_id = '1'`);
    await expect(come(await visit('approve', 'sign-in'))).rejects.toMatchObject({ code: 'conflict' });
    await test.db.owner.execute(sql`update crm_connections set account_id = '48213907'`);
  });

  it('is for admins alone once there are some, also after it was cut', async () => {
    await test.db.tenant('own', tx => appointInstaller(tx, { userId: 'ann', name: 'Ann' }, new Date(now)));
    await disconnect(flow, admin);
    await expect(come(await visit('approve'))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('such as Ann'),
    });
    expect(await connection()).toMatchObject({ state: { status: 'disconnected' } });
    const ann = () => Promise.resolve(admin);
    // Another user lends the access; Ann stays signed in.
    expect(await come(await visit('approve', 'connect', ann))).toEqual({ purpose: 'connect', user: null });
    expect(await connection()).toMatchObject({ state: { status: 'ok' } });
  });
});
