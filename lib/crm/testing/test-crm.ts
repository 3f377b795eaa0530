import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSandbox } from '../sandbox/sandbox.ts';
import { withToken, type CrmSession } from '../session.ts';

/** A session with any address, as tests need it. */
export const sessionTo = (apiUrl: string, accessToken = 'sandbox'): CrmSession =>
  withToken(
    {
      tenantId: 'test',
      crm: 'hubspot',
      name: 'Test CRM',
      accountId: '1',
      currency: 'EUR',
      apiUrl,
      appUrl: apiUrl,
      kind: 'demo',
      state: { status: 'ok', text: '', since: '2026-01-01T00:00:00.000Z' },
      connectedAt: '2026-01-01T00:00:00.000Z',
    } as const,
    accessToken,
  );

type Json = Record<string, unknown>;

/** Requests to a CRM that are not ours: what a person or an import does. */
export function crmCalls(url: string) {
  const call = async (method: string, path: string, body?: Json): Promise<Json> => {
    const answer = await fetch(url + path, {
      method,
      // A connection that lay idle while the test was busy may be gone when it is used again.
      headers: { authorization: 'Bearer sandbox', 'content-type': 'application/json', connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Json);
  };
  const objects = '/crm/objects/2026-09';
  return {
    call,
    /** Creates a record and answers with its id. */
    create: async (object: string, properties: Record<string, string>, associations: Json[] = []) =>
      String((await call('POST', `${objects}/${object}`, { properties, associations }))['id']),
    update: (object: string, id: string, properties: Record<string, string>) =>
      call('PATCH', `${objects}/${object}/${id}`, { properties }),
    remove: (object: string, id: string) => call('DELETE', `${objects}/${object}/${id}`),
    list: async (object: string, properties: string[], associations: string[] = []) => {
      const query = new URLSearchParams({ properties: properties.join(','), limit: '100' });
      if (associations.length > 0) query.set('associations', associations.join(','));
      return (await call('GET', `${objects}/${object}?${query}`))['results'] as {
        id: string;
        properties: Record<string, string | null>;
        associations?: Record<string, { results: { id: string; type: string }[] }>;
      }[];
    },
  };
}

/** An empty CRM over HTTP in this process, and requests to it that are not ours. */
export async function startTestCrm() {
  const sandbox = await startSandbox({ port: 0, file: ':memory:' });
  return {
    session: sessionTo(sandbox.url),
    ...crmCalls(sandbox.url),
    stop: () => sandbox.stop(),
  };
}

export type TestCrm = Awaited<ReturnType<typeof startTestCrm>>;

/** A server that answers as told, for what no CRM should do. */
export async function startStub(answer: RequestListener): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
