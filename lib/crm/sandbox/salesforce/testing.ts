import { Connection } from 'jsforce';
import type { SandboxOptions } from '#lib/crm/sandbox/sandbox.ts';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

type Called = { status: number; headers: Headers; body: unknown };

/** A sandbox with the client that people use for Salesforce, and plain calls for what that client would not send. */
export async function openSalesforceSandbox(options: Partial<SandboxOptions> = {}) {
  const { sandbox } = await openSandbox(options);
  const org = new Connection({
    instanceUrl: sandbox.url,
    accessToken: 'sandbox',
    version: '66.0',
    maxRequest: 50,
  });
  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Called> {
    const answer = await fetch(
      path.startsWith('/') ? sandbox.url + path : `${sandbox.url}/services/data/v66.0/${path}`,
      {
        method,
        headers: { Authorization: 'Bearer sandbox', 'Content-Type': 'application/json', ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      },
    );
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }
  const admin = (method: string, path: string, body?: unknown) =>
    call(method, `/sandbox/salesforce/${path}`, body);
  return { sandbox, org, call, admin, [Symbol.asyncDispose]: () => sandbox.stop() };
}
