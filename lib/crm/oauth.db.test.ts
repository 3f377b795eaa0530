import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { requiredScopes } from './hubspot/oauth.ts';
import { beginVisit, endVisit, identify, redeemCode, type OAuthCrm } from './oauth.ts';
import { revokeAccess } from './oauth-revoke.ts';
import { renewSalesforce, signInToSalesforce } from './salesforce/oauth.ts';
import { startTokenServer, type TokenServer } from './testing/token-server.ts';

const key = sealingKeyFrom('ab'.repeat(32));
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
const redirectUri = 'https://sidecard.example.com/api/oauth/hubspot/callback';

describe('a visit to the consent page', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let server: TokenServer;
  let now = new Date('2026-11-20T10:00:00.000Z');
  beforeAll(async () => {
    test = await openTestDb();
    server = await startTokenServer({
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
    });
  });
  afterAll(async () => {
    await server.stop();
    await test.close();
  });
  const app = () => ({ id: 'client', secret: 'client-secret', tokenUrl: server.url });
  const begin = async (crm: OAuthCrm = 'hubspot', purpose: 'connect' | 'sign-in' = 'connect') => {
    const visit = { crm, pagesUrl: 'https://crm.example.com', clientId: 'client', redirectUri, now };
    const { url, state } = await test.db.tenant('own', tx =>
      beginVisit(tx, key, { ...visit, purpose, begunBy: 'ann' }),
    );
    return { state, url: new URL(url), query: new URL(url).searchParams };
  };
  const end = (state: string, crm: OAuthCrm = 'hubspot', tenantId = 'own') =>
    test.db.tenant(tenantId, tx => endVisit(tx, key, { crm, state, now }));

  it('names the app, what it wants and where to come back to, with a PKCE challenge', async () => {
    const { url, query, state } = await begin();
    expect(`${url.origin}${url.pathname}`).toBe('https://crm.example.com/oauth/authorize');
    expect(query.get('state')).toBe(state);
    expect(query.get('redirect_uri')).toBe(redirectUri);
    expect(query.get('code_challenge_method')).toBe('S256');
    expect(query.get('scope')?.split(' ')).toEqual([...requiredScopes]);
    const visit = await end(state);
    const challenge = createHash('sha256')
      .update(visit?.verifier ?? '')
      .digest('base64url');
    expect(query.get('code_challenge')).toBe(challenge);
    expect(visit?.verifier.length).toBeGreaterThanOrEqual(43);
    const salesforce = await begin('salesforce');
    expect(salesforce.url.pathname).toBe('/services/oauth2/authorize');
    expect(salesforce.query.get('scope')).toBe('api refresh_token');
  });

  it('ends once, in time, for the CRM and the tenant that it began with', async () => {
    const { state } = await begin();
    expect(await end('another state')).toBeNull();
    expect(await end(state, 'hubspot', 'another')).toBeNull();
    expect(await end(state)).toMatchObject({ redirectUri, purpose: 'connect', begunBy: 'ann' });
    expect(await end(state)).toBeNull();
    const wrong = await begin('salesforce');
    expect(await end(wrong.state, 'hubspot')).toBeNull();
    const late = await begin();
    now = new Date(now.getTime() + 600_000);
    expect(await end(late.state)).toBeNull();
  });

  it('brings a code, which becomes HubSpot’s tokens, account and scopes', async () => {
    const { state, query } = await begin();
    server.state.challenge = query.get('code_challenge') ?? '';
    server.state.scopes = [...requiredScopes, 'tickets'];
    const visit = await end(state);
    if (!visit) throw new Error('no visit');
    const entry = await redeemCode('hubspot', app(), { ...visit, code: 'good-code' }, now);
    expect(entry).toMatchObject({
      accountId: '4711',
      apiUrl: null,
      // This service tells nothing more of its users.
      user: { userId: '61', name: null, email: null },
      secrets: {
        kind: 'oauth',
        accessToken: server.state.access,
        refreshToken: server.state.refresh,
        expiresAt: new Date(now.getTime() + 1_800_000).toISOString(),
        scopes: server.state.scopes,
        webhookSecret: 'client-secret',
      },
    });
    const [exchange, introspection] = server.state.forms.slice(-2);
    expect(exchange).toMatchObject({ grant_type: 'authorization_code', redirect_uri: redirectUri });
    expect(introspection).toMatchObject({ token: server.state.access, client_secret: 'client-secret' });
    expect(await revokeAccess({ crm: 'hubspot', secrets: entry.secrets })).toBe('The access was revoked.');
    expect(server.state.revoked).toEqual([server.state.refresh]);
  });

  it('is refused where a scope is missing, and by name', async () => {
    const { state, query } = await begin();
    server.state.challenge = query.get('code_challenge') ?? '';
    server.state.scopes = requiredScopes.filter(scope => scope !== 'crm.objects.deals.read');
    const visit = await end(state);
    if (!visit) throw new Error('no visit');
    await expect(redeemCode('hubspot', app(), { ...visit, code: 'good-code' }, now)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('crm.objects.deals.read'),
    });
  });

  it('tells of a failure without what was shown', async () => {
    const given = { verifier: 'the-verifier', redirectUri, code: 'a-bad-code' };
    const failures: [number | null, string][] = [
      [null, 'unauthenticated'],
      [500, 'unavailable'],
      [429, 'limited'],
    ];
    for (const [status, code] of failures) {
      if (status !== null) server.state.failures.push(status);
      const error: unknown = await redeemCode('hubspot', app(), given, now).catch(
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code });
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toMatch(
        /the-verifier|a-bad-code|client-secret/,
      );
    }
    const nowhere = { ...app(), tokenUrl: 'http://127.0.0.1:1' };
    await expect(redeemCode('hubspot', nowhere, given, now)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('opens a Salesforce org, whose address and id the answer tells', async () => {
    const { query, state } = await begin('salesforce');
    server.state.challenge = query.get('code_challenge') ?? '';
    const visit = await end(state, 'salesforce');
    if (!visit) throw new Error('no visit');
    const entry = await redeemCode('salesforce', app(), { ...visit, code: 'good-code' }, now);
    expect(entry).toMatchObject({
      accountId: '00D000000000001AAA',
      apiUrl: server.url,
      user: { userId: '005000000000001AAA', name: null, email: null },
      secrets: { kind: 'oauth', refreshToken: server.state.refresh, expiresAt: null },
    });
  });

  it.each([
    ['hubspot', '4711', '61'],
    ['salesforce', '00D000000000001AAA', '005000000000001AAA'],
  ] as const)('tells who is there, where that is all it is for: %s', async (crm, accountId, userId) => {
    const { query, state } = await begin(crm, 'sign-in');
    server.state.challenge = query.get('code_challenge') ?? '';
    server.state.scopes = ['oauth'];
    expect(query.get('scope')).not.toContain('refresh_token');
    const visit = await end(state, crm);
    if (!visit) throw new Error('no visit');
    expect(visit.purpose).toBe('sign-in');
    expect(await identify(crm, app(), { ...visit, code: 'good-code' })).toEqual({
      accountId,
      user: { userId, name: null, email: null },
    });
    await expect(identify(crm, app(), { ...visit, code: 'x'.repeat(2001) })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  it('is not needed where a key signs in to Salesforce', async () => {
    const entry = await signInToSalesforce({ app: app(), username: 'a@example.com', privateKey: pem }, now);
    expect(entry).toMatchObject({ accountId: '00D000000000001AAA', secrets: { kind: 'jwt' } });
    const assertion = server.state.forms.at(-1)?.['assertion'] ?? '';
    expect(JSON.parse(Buffer.from(assertion.split('.')[1] ?? '', 'base64url').toString())).toEqual({
      iss: 'client',
      sub: 'a@example.com',
      aud: server.url,
      exp: now.getTime() / 1000 + 180,
    });
    expect(await renewSalesforce(entry.secrets, now)).toMatchObject({ accessToken: server.state.access });
    await expect(
      signInToSalesforce({ app: app(), username: 'a', privateKey: 'no key' }, now),
    ).rejects.toMatchObject({ code: 'bad_input' });
    server.state.failures.push(503);
    expect(await revokeAccess({ crm: 'salesforce', secrets: entry.secrets })).toMatch(/could not be revoked/);
  });
});
