import { Connection } from 'jsforce';
import { HttpApi } from 'jsforce/lib/http-api.js';
import type { z } from 'zod';
import type { CrmAccess } from '../doors.ts';
import { parseJson } from '../json.ts';
import { refusalOf, unreachable, unreadable } from './refusal.ts';
import { HearingTransport } from './transport.ts';

/** Version of Salesforce's interface; part of every path. */
export const version = '66.0';
/** How Salesforce names us as the origin of a change (`Sforce-Call-Options`), by which we know our own. */
export const clientName = 'Sidecard';
const answerWithinMs = 60_000;

export interface SalesforceRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/services/data/vXX.0`, or whole where it begins with `/services/`. */
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  headers?: Record<string, string>;
  /** What this is for, for the reader of an error: "reading leads". */
  doing: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export interface Salesforce {
  /** Sends one request and reads its JSON by a schema. Every failure is an AppError. No retries: jobs do that. */
  send<T>(request: SalesforceRequest, schema: z.ZodType<T>): Promise<T>;
  /** The same for an answer that is no JSON, with its headers. */
  exchange(request: SalesforceRequest): Promise<Answer>;
}

/**
 * Salesforce through jsforce. Its own retries stay off, as they know nothing of the account's limit; so does its refresh of
 * tokens, which forgets a rotated one. An access token that is refused is renewed once by the session.
 */
export function openSalesforce({ apiUrl, ...access }: CrmAccess): Salesforce {
  const { host, hostname } = new URL(apiUrl);
  // jsforce takes proxies from the environment and knows no NO_PROXY: what runs on this machine needs none.
  const direct = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) ? { httpProxy: undefined } : {};

  const once = async (request: SalesforceRequest, accessToken: string): Promise<Answer> => {
    const connection = new Connection({
      instanceUrl: apiUrl,
      accessToken,
      version,
      callOptions: { client: clientName },
    });
    const transport = new HearingTransport();
    const api = new HttpApi(connection, {
      transport,
      responseType: 'text/plain',
      retry: { maxRetries: 0, statusCodes: [] },
      timeout: answerWithinMs,
      ...direct,
    });
    let answer: Answer | undefined;
    api.on('response', (response: { statusCode: number; headers: Record<string, string>; body: string }) => {
      answer = {
        status: response.statusCode,
        headers: new Headers(response.headers),
        text: response.body ?? '',
      };
    });
    const failed = async (error: unknown): Promise<never> => {
      await access.heard({ status: null, headers: new Headers() });
      throw unreachable({ host, doing: request.doing }, error);
    };
    await access.pass();
    try {
      await api.request(wireOf(apiUrl, request));
    } catch (error) {
      // What Salesforce refuses is thrown too, but then its answer has been seen.
      if (answer === undefined) await failed(error);
    }
    if (transport.brokenBy !== null) await failed(transport.brokenBy);
    if (answer === undefined) {
      await access.heard({ status: null, headers: new Headers() });
      throw unreadable({ host, doing: request.doing }, 'it is empty');
    }
    await access.heard(answer);
    return answer;
  };

  const exchange = async (request: SalesforceRequest): Promise<Answer> => {
    const token = await access.token();
    let answer = await once(request, token);
    if (answer.status === 401) {
      const renewed = await access.token(token);
      if (renewed !== token) answer = await once(request, renewed);
    }
    if (answer.status < 400) return answer;
    const json = parseJson(answer.text);
    throw refusalOf({ host, doing: request.doing }, answer, json.ok ? json.value : undefined);
  };

  return {
    exchange,
    send: async (request, schema) => {
      const { text } = await exchange(request);
      const place = { host, doing: request.doing };
      const json = parseJson(text);
      if (!json.ok) throw unreadable(place, 'it is not JSON');
      const parsed = schema.safeParse(json.value);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw unreadable(place, `${issue?.path.join('.') || 'the answer'}: ${issue?.message ?? 'unknown'}`);
    },
  };
}

function wireOf(apiUrl: string, { method, path, query, body, headers }: SalesforceRequest) {
  const base = path.startsWith('/services/') ? path : `/services/data/v${version}${path}`;
  const search = query === undefined ? '' : `?${new URLSearchParams(query)}`;
  return {
    method,
    url: `${apiUrl}${base}${search}`,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}
