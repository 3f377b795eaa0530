import { Client } from '@hubspot/api-client';
import type { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { CrmAccess } from '../doors.ts';
import { refusalOf, unreachable, unreadable } from './refusal.ts';
import { parseJson } from '../json.ts';

/** Version of HubSpot's interface; part of every path. */
export const version = '2026-09';
const answerWithinMs = 30_000;

export interface HubSpotRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  /** What this is for, for the reader of an error: "reading contacts". */
  doing: string;
}

export interface HubSpot {
  /** Sends one request and reads its answer by a schema. Every failure is an AppError. No retries: jobs do that. */
  send<T>(request: HubSpotRequest, schema: z.ZodType<T>): Promise<T>;
}

/** HubSpot through its own client, whose retries and limiter stay off: they are shared by all tenants of a process. */
export function openHubSpot({ apiUrl, ...access }: CrmAccess): HubSpot {
  const client = new Client({ basePath: apiUrl, numberOfApiCallRetries: 0 });
  const host = new URL(apiUrl).host;

  const once = async (
    request: HubSpotRequest,
    token: string,
  ): Promise<{ response: Response; text: string }> => {
    const { method, path, query, body, doing } = request;
    const kind = path.endsWith('/search') ? 'search' : 'call';
    await access.pass(kind);
    const answer = await within(answerWithinMs, async () => {
      const response = await client.apiRequest({
        method,
        path,
        // On the request, not on the client: many requests share that, and not all the same token.
        headers: { authorization: `Bearer ${token}` },
        ...(query === undefined ? {} : { qs: query }),
        ...(body === undefined ? {} : { body }),
      });
      return { response, text: await response.text() };
    }).catch(async (error: unknown) => {
      await access.heard({ status: null, headers: new Headers(), kind });
      throw unreachable({ host, doing }, error);
    });
    await access.heard({ status: answer.response.status, headers: answer.response.headers, kind });
    return answer;
  };

  return {
    send: async (request, schema) => {
      const place = { host, doing: request.doing };
      const token = await access.token();
      let { response, text } = await once(request, token);
      if (response.status === 401) {
        // Refused before it was carried out, so a write is not repeated by this.
        const renewed = await access.token(token);
        if (renewed !== token) ({ response, text } = await once(request, renewed));
      }
      const json = parseJson(text);
      if (!response.ok) throw refusalOf(place, response, json.ok ? json.value : undefined);
      if (!json.ok) throw unreadable(place, 'it is not JSON');
      const parsed = schema.safeParse(json.value);
      if (parsed.success) return parsed.data;
      const [issue] = parsed.error.issues;
      throw unreadable(place, `${issue?.path.join('.') || 'the answer'}: ${issue?.message ?? 'unknown'}`);
    },
  };
}

/** The client takes no abort signal, so the wait is cut short instead; a write may still take effect afterwards. */
async function within<T>(milliseconds: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError('unavailable', `no answer within ${milliseconds / 1000} s`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
