import { startSandbox } from '../../sandbox/sandbox.ts';
import { salesforceSession } from './stub-org.ts';

type Json = Record<string, unknown>;

/** A Salesforce organisation over HTTP in this process with our package deployed, and requests to it that are not ours. */
export async function startTestOrg({ seed = false } = {}) {
  const sandbox = await startSandbox({
    port: 0,
    file: ':memory:',
    salesforce: { seed, packageFolder: 'extensions/salesforce' },
  });
  const call = async <T = Json>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(sandbox.url + path, {
      method,
      // A connection that lay idle while the test was busy may be gone when it is used again.
      headers: { authorization: 'Bearer sandbox', 'content-type': 'application/json', connection: 'close' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
  const data = '/services/data/v66.0';
  const admin = '/sandbox/salesforce';
  await call('POST', `${admin}/deploy`, {});
  return {
    session: { ...salesforceSession(sandbox.url), accountId: '00D5g0000000001EAA' },
    url: sandbox.url,
    pubSub: `localhost:${sandbox.pubSubPort}`,
    create: async (sobject: string, fields: Json) =>
      (await call<{ id: string }>('POST', `${data}/sobjects/${sobject}`, fields)).id,
    update: (sobject: string, id: string, fields: Json) =>
      call('PATCH', `${data}/sobjects/${sobject}/${id}`, fields),
    remove: (sobject: string, id: string) => call('DELETE', `${data}/sobjects/${sobject}/${id}`),
    query: async (q: string) =>
      (await call<{ records: Json[] }>('GET', `${data}/query?${new URLSearchParams({ q })}`)).records,
    /** What only an administrator of the sandbox can do. */
    admin: <T = Json>(method: string, path: string, body?: unknown) =>
      call<T>(method, `${admin}/${path}`, body),
    stop: () => sandbox.stop(),
  };
}

export type TestOrg = Awaited<ReturnType<typeof startTestOrg>>;
