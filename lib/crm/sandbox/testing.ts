import { Client } from '@hubspot/api-client';
import { startSandbox, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** A sandbox on a free port with an official client that speaks to it; disposing stops it. */
export async function openSandbox(
  options: Partial<SandboxOptions> = {},
): Promise<AsyncDisposable & { sandbox: Sandbox; client: Client; call: Call }> {
  const sandbox = await startSandbox({ port: 0, file: ':memory:', ...options });
  const client = new Client({ accessToken: 'sandbox', basePath: sandbox.url });
  const call: Call = async (method, path, body) => {
    const answer = await client.apiRequest({ method, path, ...(body === undefined ? {} : { body }) });
    const text = await answer.text();
    return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as Answer };
  };
  return { sandbox, client, call, [Symbol.asyncDispose]: () => sandbox.stop() };
}

type Item = {
  id: string;
  properties: Record<string, string | null>;
  propertiesWithHistory?: Record<string, { value: string; timestamp: string; sourceType: string }[]>;
  associations?: Record<string, { results: { id: string; type: string }[] }>;
  to?: { toObjectId: string; associationTypes: { typeId: number; label: string | null }[] }[];
  [field: string]: unknown;
};

/** The fields of answers that tests look at. */
type Answer = {
  id: string;
  properties: Record<string, string | null>;
  results: Item[];
  total: number;
  paging?: { next: { after: string } };
  category?: string;
  message?: string;
  correlationId?: string;
  numErrors?: number;
  errors?: { code?: string; message: string; category?: string; context: Record<string, string[]> }[];
  [field: string]: unknown;
};

export type Call = (method: string, path: string, body?: object) => Promise<{ status: number; body: Answer }>;
