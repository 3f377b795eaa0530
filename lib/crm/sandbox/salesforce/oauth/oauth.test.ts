import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openSalesforceSandbox } from '../testing.ts';

const REDIRECT = 'http://127.0.0.1:9/callback';
type Tokens = {
  access_token: string;
  refresh_token: string;
  instance_url: string;
  id: string;
  error: string;
};

async function openWithApp(more: object = {}) {
  const sf = await openSalesforceSandbox();
  await sf.admin('POST', 'apps', {
    clientId: 'app',
    clientSecret: 'secret',
    redirectUris: [REDIRECT],
    ...more,
  });
  const form = (path: string, values: Record<string, string>) =>
    sf.call('POST', `/services/oauth2/${path}`, new URLSearchParams(values).toString(), {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: sf.sandbox.url,
    });
  const token = async (values: Record<string, string>) => {
    const { status, body } = await form('token', { client_id: 'app', client_secret: 'secret', ...values });
    return { status, ...(body as Tokens) };
  };
  const verifier = randomBytes(40).toString('base64url');
  const asked = {
    response_type: 'code',
    client_id: 'app',
    redirect_uri: REDIRECT,
    state: 's&1',
    scope: 'api refresh_token',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  const consent = async (decision: string) => {
    const answer = await form('authorize', { ...asked, decision });
    return new URL(answer.headers.get('location')!);
  };
  return Object.assign(sf, { token, form, consent, asked, verifier });
}

test('a person consents, and the code is good once, with its verifier', async () => {
  await using sf = await openWithApp({ rotateRefreshTokens: true });
  const page = await sf.call('GET', `/services/oauth2/authorize?${new URLSearchParams(sf.asked).toString()}`);
  expect(page.body).toContain('Allow access?');
  const back = await sf.consent('allow');
  expect(back.searchParams.get('state')).toBe('s&1');
  const grant = {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    redirect_uri: REDIRECT,
  };
  const tokens = await sf.token({ ...grant, code_verifier: sf.verifier });
  expect(tokens).toMatchObject({ status: 200, instance_url: sf.sandbox.url, token_type: 'Bearer' });
  expect(await sf.token({ ...grant, code_verifier: sf.verifier })).toMatchObject({
    status: 400,
    error: 'invalid_grant',
  });
  const as = { Authorization: `Bearer ${tokens.access_token}` };
  expect((await sf.call('GET', 'limits', undefined, as)).status).toBe(200);
  expect((await sf.call('GET', '/services/oauth2/userinfo', undefined, as)).body).toMatchObject({
    preferred_username: 'admin@sandbox.example',
  });
  const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
  const renewed = await sf.token(refresh);
  expect(renewed.refresh_token).not.toBe(tokens.refresh_token);
  expect(await sf.token(refresh)).toMatchObject({ status: 400, error: 'invalid_grant' });
  const inspected = await sf.form('introspect', {
    client_id: 'app',
    client_secret: 'secret',
    token: renewed.access_token,
  });
  expect(inspected.body).toMatchObject({ active: true, client_id: 'app' });
  expect((await sf.form('revoke', { token: renewed.refresh_token })).status).toBe(200);
  expect((await sf.call('GET', 'limits', undefined, as)).status).toBe(401);
});

test('a denial, a wrong verifier and a foreign address are refused', async () => {
  await using sf = await openWithApp();
  expect((await sf.consent('deny')).searchParams.get('error')).toBe('access_denied');
  const code = (await sf.consent('allow')).searchParams.get('code')!;
  const wrong = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT,
    code_verifier: 'x'.repeat(43),
  };
  expect(await sf.token(wrong)).toMatchObject({ error: 'invalid_grant' });
  const elsewhere = await sf.form('authorize', {
    ...sf.asked,
    redirect_uri: 'http://evil.example',
    decision: 'allow',
  });
  expect(elsewhere.body).toMatchObject({ error: 'redirect_uri_mismatch' });
  const { code_challenge: _, ...bare } = sf.asked;
  expect((await sf.form('authorize', { ...bare, decision: 'allow' })).body).toMatchObject({
    error: 'invalid_request',
  });
});

test('a signed assertion stands in for a person, if its key, audience and time are right', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await using sf = await openWithApp({ certificate: publicKey.export({ type: 'spki', format: 'pem' }) });
  const assert = (claims: object, key = privateKey) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + 120;
    const body = `${part({ alg: 'RS256' })}.${part({ iss: 'app', sub: 'admin@sandbox.example', aud: sf.sandbox.url, exp, ...claims })}`;
    const assertion = `${body}.${createSign('RSA-SHA256').update(body).sign(key, 'base64url')}`;
    return sf.token({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
  };
  const good = await assert({ aud: 'https://login.salesforce.com' });
  expect(good).toMatchObject({ status: 200 });
  expect(good.refresh_token).toBeUndefined();
  expect(await assert({ aud: 'https://other.example' })).toMatchObject({ error: 'invalid_grant' });
  expect(await assert({ exp: 1 })).toMatchObject({ error: 'invalid_grant' });
  expect(await assert({ sub: 'nobody@x.example' })).toMatchObject({ error: 'invalid_grant' });
  expect(await assert({ iss: 'unknown' })).toMatchObject({ error: 'invalid_client_id' });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  expect(await assert({}, other)).toMatchObject({ error: 'invalid_grant' });
});
