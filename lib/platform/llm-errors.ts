import { AppError } from '#lib/core/errors.ts';

/** A wait asked for by the endpoint that is longer than this is not waited for: the job is tried again later. */
const LONGEST_WAIT_MS = 20_000;

type Facet = { status: number | undefined; name: string; code: string | undefined; message: string };

const read = (error: unknown, key: string): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, key) : undefined;

function facetOf(error: unknown): Facet {
  const status = read(error, 'status');
  const code = read(error, 'code');
  return {
    status: typeof status === 'number' ? status : undefined,
    // The kind of a connection error stands in the class only.
    name: error instanceof Error ? `${error.name} ${error.constructor.name}` : '',
    code: typeof code === 'string' ? code : undefined,
    message: error instanceof Error ? error.message : '',
  };
}

/** What an endpoint asks us to wait, in milliseconds; undefined when it says nothing readable. */
export function retryAfterOf(error: unknown, now: Date): number | undefined {
  const headers = read(error, 'headers');
  const text = headers instanceof Headers ? headers.get('retry-after') : undefined;
  if (!text?.trim()) return undefined;
  const seconds = Number(text);
  const wait = Number.isNaN(seconds) ? Date.parse(text) - now.getTime() : seconds * 1000;
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

/** Milliseconds to wait before attempt `attempt + 1`; undefined: give up. */
export function waitBefore(error: unknown, attempt: number, now: Date): number | undefined {
  const { status, name, code, message } = facetOf(error);
  if (code === 'insufficient_quota' || /quota/i.test(message)) return undefined;
  const passing = status === undefined ? /Timeout|Connection/.test(name) : status === 429 || status >= 500;
  if (!passing) return undefined;
  const wait = retryAfterOf(error, now) ?? 500 * 2 ** attempt;
  return wait > LONGEST_WAIT_MS ? undefined : wait;
}

/** True when an endpoint does not know the structured form of a request: it may still answer in plain JSON. */
export const refusesFormat = (error: unknown): boolean => {
  const { status, message } = facetOf(error);
  return (status === 400 || status === 422) && /response_format|json_schema|structured/i.test(message);
};

/** One clear sentence for whatever the endpoint did; rethrows what is not the world's doing. */
export function modelError(error: unknown, model: string): AppError {
  if (error instanceof AppError) return error;
  const { status, name, code, message } = facetOf(error);
  const say = (kind: 'unavailable' | 'refused' | 'limited', text: string) =>
    new AppError(kind, text, { model, ...(status === undefined ? {} : { status }) }, error);
  if (code === 'insufficient_quota' || (status === 429 && /quota/i.test(message)))
    return say('limited', 'The quota of the language model account is used up: check its plan and billing.');
  if (status === 429)
    return say(
      'limited',
      'The language model endpoint is limiting requests right now; the work is tried again later.',
    );
  if (status === 401 || status === 403)
    return say('refused', 'The language model endpoint does not accept the key: check OPENAI_API_KEY.');
  if (status === 404)
    return say(
      'refused',
      `The language model endpoint does not know “${model}”: check OPENAI_MODEL and OPENAI_BASE_URL.`,
    );
  if (status !== undefined && status >= 500)
    return say('unavailable', `The language model endpoint failed (HTTP ${status}); try again later.`);
  if (status !== undefined)
    return say('refused', `The language model endpoint refused the request (HTTP ${status}).`);
  if (/Timeout/.test(name)) return say('unavailable', 'The language model did not answer in time.');
  if (/Connection|FetchError/.test(name))
    return say('unavailable', 'The language model endpoint cannot be reached: check OPENAI_BASE_URL.');
  throw error;
}
