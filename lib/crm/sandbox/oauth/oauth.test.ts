import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Sandbox } from '#lib/crm/sandbox/sandbox.ts';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

const VERIFIER = 'a-verifier-that-is-long-enough-for-pkce-0123456789';
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
const REDIRECT = 'http://127.0.0.1:9/api/oauth/hubspot';
const APP = {
  clientId: 'client-one',
  clientSecret: 'secret-one',
  redirectUris: [REDIRECT],
  scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write'],
  optionalScopes: ['tickets'],
};

type Json = Record<string, unknown>;

async function form(sandbox: Sandbox, path: string, fields: Record<string, string>) {
  const answer = await fetch(`${sandbox.url}/oauth/2026-09/${path}`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: APP.clientId,
      client_secret: APP.clientSecret,
      ...fields,
    }),
  });
  return { status: answer.status, body: (await answer.json()) as Json };
}

function consentUrl(sandbox: Sandbox, more: Record<string, string> = {}): URL {
  const url = new URL(`${sandbox.url}/oauth/authorize`);
  const params = {
    client_id: APP.clientId,
    redirect_uri: REDIRECT,
    scope: APP.scopes.join(' '),
    state: 'st 1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...more,
  };
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  return url;
}

/** What a browser does with the consent page. */
async function decide(sandbox: Sandbox, decision: string, more?: Record<string, string>): Promise<URL> {
  const url = consentUrl(sandbox, more);
  const answer = await fetch(`${sandbox.url}/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: sandbox.url },
    body: new URLSearchParams([...url.searchParams, ['decision', decision]]),
  });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

async function install(sandbox: Sandbox, more?: Record<string, string>): Promise<Json> {
  const back = await decide(sandbox, 'approve', more);
  const { status, body } = await form(sandbox, 'token', {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
  });
  expect(status).toBe(200);
  return body;
}

async function get(sandbox: Sandbox, path: string, token: unknown, method = 'GET', body?: object) {
  const answer = await fetch(sandbox.url + path, {
    method,
    headers: { Authorization: `Bearer ${String(token)}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json().catch(() => ({}))) as Json };
}

async function openWithApp(more: object = {}) {
  const open = await openSandbox();
  expect((await open.call('POST', '/sandbox/apps', { ...APP, ...more })).status).toBe(201);
  return open;
}

test('a person approves, and the code becomes tokens that work and can be looked into and revoked', async () => {
  await using open = await openWithApp();
  const { sandbox } = open;
  const page = await fetch(consentUrl(sandbox));
  expect(await page.text()).toContain('crm.objects.contacts.read');
  const back = await decide(sandbox, 'approve');
  expect(back.origin + back.pathname).toBe(REDIRECT);
  expect(back.searchParams.get('state')).toBe('st 1');

  const tokens = await install(sandbox);
  expect(tokens).toMatchObject({
    token_type: 'bearer',
    expires_in: 1800,
    hub_id: 48213907,
    scopes: APP.scopes,
  });
  expect((await get(sandbox, '/crm/objects/2026-09/contacts', tokens['access_token'])).status).toBe(200);
  const refresh = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
  const again = await form(sandbox, 'token', refresh);
  expect(again.body['refresh_token']).toBe(tokens['refresh_token']);
  expect(again.body['access_token']).not.toBe(tokens['access_token']);

  const look = await form(sandbox, 'token/introspect', { token: String(tokens['access_token']) });
  expect(look.body).toMatchObject({ active: true, token_use: 'access_token', scopes: APP.scopes });
  expect((await form(sandbox, 'token/revoke', { token: refresh.refresh_token })).status).toBe(200);
  expect((await form(sandbox, 'token', refresh)).body).toMatchObject({
    error: 'invalid_grant',
    status: 'BAD_REFRESH_TOKEN',
  });
  const dead = await get(sandbox, '/crm/objects/2026-09/contacts', tokens['access_token']);
  expect(dead).toMatchObject({ status: 401, body: { category: 'INVALID_AUTHENTICATION' } });
  expect((await form(sandbox, 'token/introspect', { token: refresh.refresh_token })).body).toEqual({
    active: false,
  });
});

test('refusing sends the person back with an error, and a form of another site is not taken', async () => {
  await using open = await openWithApp();
  const { sandbox } = open;
  const back = await decide(sandbox, 'cancel');
  expect(Object.fromEntries(back.searchParams)).toEqual({ error: 'access_denied', state: 'st 1' });
  const forged = await fetch(`${sandbox.url}/oauth/authorize`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: 'http://evil.example' },
    body: new URLSearchParams([...consentUrl(sandbox).searchParams, ['decision', 'approve']]),
  });
  expect(forged.status).toBe(403);
});

test.each([
  ['an unknown app', { client_id: 'nobody-knows' }],
  ['an address that is not registered', { redirect_uri: 'http://evil.example/' }],
  ['a scope that is not registered', { scope: `${APP.scopes.join(' ')} automation` }],
  ['a required scope left out', { scope: 'oauth' }],
  ['a plain challenge', { code_challenge_method: 'plain' }],
])('the consent page refuses %s', async (_what, more) => {
  await using open = await openWithApp();
  expect((await fetch(consentUrl(open.sandbox, more))).status).toBe(400);
});

test('a code is good once, for its redirect address, its verifier and its app', async () => {
  await using open = await openWithApp();
  const { sandbox } = open;
  const take = async (more: Record<string, string>) => {
    const code = (await decide(sandbox, 'approve')).searchParams.get('code') ?? '';
    const base = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER };
    return form(sandbox, 'token', { ...base, ...more });
  };
  expect((await take({})).status).toBe(200);
  expect((await take({ code: 'made-up' })).body['status']).toBe('BAD_AUTH_CODE');
  expect((await take({ redirect_uri: 'http://127.0.0.1:9/other' })).body['status']).toBe('BAD_REDIRECT_URI');
  expect((await take({ code_verifier: 'wrong' })).body['status']).toBe('BAD_CODE_VERIFIER');
  expect((await take({ client_secret: 'wrong' })).body).toMatchObject({
    error: 'invalid_client',
    category: 'VALIDATION_ERROR',
    correlationId: expect.any(String),
  });
  const code = (await decide(sandbox, 'approve')).searchParams.get('code') ?? '';
  const once = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER };
  expect((await form(sandbox, 'token', once)).status).toBe(200);
  expect((await form(sandbox, 'token', once)).status).toBe(400);
});

test('an access token ends by the clock of the sandbox, in words of its own', async () => {
  await using open = await openWithApp();
  const tokens = await install(open.sandbox);
  open.sandbox.store.skewClock(1_800_000);
  const late = await get(open.sandbox, '/crm/objects/2026-09/contacts', tokens['access_token']);
  expect(late).toMatchObject({ status: 401, body: { category: 'EXPIRED_AUTHENTICATION' } });
  const fresh = await form(open.sandbox, 'token', {
    grant_type: 'refresh_token',
    refresh_token: String(tokens['refresh_token']),
  });
  expect((await get(open.sandbox, '/crm/objects/2026-09/contacts', fresh.body['access_token'])).status).toBe(
    200,
  );
});

test('an app that rotates refresh tokens cannot use one twice', async () => {
  await using open = await openWithApp({ rotatesRefreshTokens: true });
  const { refresh_token: first } = await install(open.sandbox);
  const refresh = (token: unknown) =>
    form(open.sandbox, 'token', { grant_type: 'refresh_token', refresh_token: String(token) });
  const second = await refresh(first);
  expect(second.body['refresh_token']).not.toBe(first);
  expect((await refresh(first)).status).toBe(400);
  expect((await refresh(second.body['refresh_token'])).status).toBe(200);
});

test('what an app may do follows from its scopes, object by object', async () => {
  await using open = await openWithApp();
  const { sandbox } = open;
  const { access_token: token } = await install(sandbox, { optional_scope: 'tickets' });
  const status = async (path: string, method = 'GET', body?: object) =>
    (await get(sandbox, path, token, method, body)).status;
  const search = { filterGroups: [] };
  expect(await status('/crm/objects/2026-09/contacts')).toBe(200);
  expect(await status('/crm/objects/2026-09/contacts/search', 'POST', search)).toBe(200);
  expect(await status('/crm/objects/2026-09/contacts', 'POST', { properties: {} })).toBe(201);
  expect(await status('/crm/objects/2026-09/tasks')).toBe(200);
  expect(await status('/crm/objects/2026-09/tickets')).toBe(200);
  expect(await status('/crm/objects/2026-09/emails')).toBe(403);
  expect(await status('/crm/objects/0-3/search', 'POST', search)).not.toBe(200);
  expect(await status('/crm/owners/2026-09')).toBe(403);
  expect(await status('/crm/properties/2026-09/contacts')).toBe(200);
  expect(await status('/crm/properties/2026-09/contacts/email', 'PATCH', {})).toBe(403);
  expect(
    await status('/crm/associations/2026-09/contacts/deals/batch/read', 'POST', { inputs: [{ id: '1' }] }),
  ).toBe(403);
  expect(await status('/automation/v4/flows')).toBe(403);
  expect(await status('/settings/users/2026-09/teams')).toBe(403);
  expect(await status('/sandbox/faults')).toBe(403);
  const { body } = await get(sandbox, '/crm/objects/2026-09/deals', token);
  expect(body).toMatchObject({
    status: 'error',
    category: 'MISSING_SCOPES',
    errors: [{ context: { requiredScopes: ['crm.objects.deals.read'] } }],
  });
});
