import { Client } from '@hubspot/api-client';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

/** An answer that can be read: what was asked for (2xx), or a refusal of what was sent (400, 409). */
export type Answer =
  { ok: true; status: number; body: unknown } | { ok: false; status: number; words: string };

export interface Crm {
  url: string;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sends, and reads the answer by a schema. A refusal is an AppError that says what was being done. */
  ask<T>(doing: string, schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T>;
}

/** What a refusal says, field by field where it can. */
const Refusal = z.object({
  message: z.string().default(''),
  errors: z.array(z.object({ message: z.string() })).default([]),
});

export function wordsOf(refusal: z.input<typeof Refusal>): string {
  const { message, errors } = Refusal.parse(refusal);
  return (errors.length > 0 ? errors.map(error => error.message).join(' ') : message).slice(0, 1000);
}

/**
 * The sandbox CRM through HubSpot's own client, whose retries and limiter stay off. Throws AppError when nothing, or
 * something else, answers there: a real account must not be filled by mistake.
 */
export async function openCrm(url: string): Promise<Crm> {
  const client = new Client({
    accessToken: 'sandbox',
    basePath: url.replace(/\/+$/, ''),
    numberOfApiCallRetries: 0,
  });
  const send: Crm['send'] = async (method, path, body) => {
    const { status, text } = await client
      .apiRequest({ method, path, ...(body === undefined ? {} : { body }) })
      .then(async answer => ({ status: answer.status, text: await answer.text() }))
      .catch((error: unknown) => {
        throw new AppError('unavailable', notRunning(url), { url }, error);
      });
    const json = readJson(text);
    if (json === undefined || status >= 500)
      throw new AppError('unavailable', failed(url, status, path), { status });
    if (status < 300) return { ok: true, status, body: json };
    const refusal = Refusal.safeParse(json);
    const words = refusal.success ? wordsOf(refusal.data) : '';
    if (status !== 400 && status !== 409)
      throw new AppError('refused', `${url} answered ${status} to ${method} ${path}. ${words}`.trim(), {
        status,
      });
    return { ok: false, status, words };
  };
  const ask: Crm['ask'] = async (doing, schema, method, path, body) => {
    const answer = await send(method, path, body);
    if (!answer.ok) throw new AppError('refused', `The CRM refused ${doing}: ${answer.words}`, { doing });
    const parsed = schema.safeParse(answer.body);
    if (parsed.success) return parsed.data;
    throw new AppError('unavailable', failed(url, answer.status, path), { doing });
  };
  await requireSandbox(send, url);
  return { url, send, ask };
}

async function requireSandbox(send: Crm['send'], url: string): Promise<void> {
  const marks = z.object({ portalId: z.number(), webhooks: z.object({}) });
  const answer = await send('GET', '/sandbox/stats').catch((error: unknown) => {
    if (error instanceof AppError && error.message === notRunning(url)) throw error;
    return null;
  });
  if (answer?.ok && marks.safeParse(answer.body).success) return;
  throw new AppError(
    'bad_input',
    `What answers at ${url} is not the sandbox CRM, and only that is filled. Give its address with --url.`,
    { url },
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const notRunning = (url: string): string =>
  `No sandbox CRM answers at ${url}. Start it (npm start, or npm run sandbox), or give its address with --url.`;

const failed = (url: string, status: number, path: string): string =>
  `The CRM at ${url} answered ${status} to ${path} with something that cannot be read. Look at its log, then run this again: what is in already is found, not created twice.`;
