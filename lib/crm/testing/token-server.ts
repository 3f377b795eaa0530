import { createHash, createPublicKey, verify } from 'node:crypto';
import { startStub } from './test-crm.ts';

/**
 * A token service of HubSpot and Salesforce over HTTP, and an interface that takes only the newest access token. A
 * refresh token is good once; whatever it is shown is counted.
 */
export async function startTokenServer({ publicKey = '', expiresIn = 1800 } = {}) {
  const state = {
    access: 'access-0',
    refresh: 'refresh-0',
    refreshes: 0,
    revoked: [] as string[],
    forms: [] as Record<string, string>[],
    /** No refresh token is taken any more. */
    ended: false,
    /** New access tokens are refused as well. */
    refusesAll: false,
    /** What the service answers instead, once each. */
    failures: [] as number[],
    scopes: null as string[] | null,
    challenge: '',
    api: 0,
  };
  const issue = (): object => {
    state.refreshes += 1;
    state.access = `access-${state.refreshes}`;
    state.refresh = `refresh-${state.refreshes}`;
    return {
      token_type: 'bearer',
      access_token: state.access,
      refresh_token: state.refresh,
      expires_in: expiresIn,
      instance_url: server.url,
      id: 'https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA',
      scope: 'api refresh_token',
    };
  };
  const isSigned = (assertion: string): boolean => {
    const [head, body, signature] = assertion.split('.');
    return verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${body}`),
      createPublicKey(publicKey),
      Buffer.from(signature ?? '', 'base64url'),
    );
  };
  const allows = (form: Record<string, string>): boolean => {
    if (form['grant_type'] === 'refresh_token') return form['refresh_token'] === state.refresh;
    if (form['grant_type'] === 'authorization_code')
      return (
        form['code'] === 'good-code' &&
        createHash('sha256')
          .update(form['code_verifier'] ?? '')
          .digest('base64url') === state.challenge
      );
    return isSigned(form['assertion'] ?? '');
  };
  const server = await startStub((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      if (!path.includes('/oauth')) {
        state.api += 1;
        const good = request.headers.authorization === `Bearer ${state.access}` && !state.refusesAll;
        return answer(good ? 200 : 401, good ? { results: [] } : { category: 'EXPIRED_AUTHENTICATION' });
      }
      const form = Object.fromEntries(new URLSearchParams(text));
      state.forms.push(form);
      const failure = state.failures.shift();
      if (failure !== undefined) return answer(failure, {});
      if (path.endsWith('/revoke')) {
        state.revoked.push(form['token'] ?? '');
        return answer(200, {});
      }
      if (path.endsWith('/introspect'))
        return answer(200, {
          active: true,
          hub_id: 4711,
          user_id: 61,
          scopes: state.scopes ?? [],
        });
      return state.ended || !allows(form)
        ? answer(400, { error: 'invalid_grant', error_description: `what was shown: ${text}` })
        : answer(200, issue());
    });
  });
  return { state, url: server.url, stop: () => server.stop() };
}

export type TokenServer = Awaited<ReturnType<typeof startTokenServer>>;
