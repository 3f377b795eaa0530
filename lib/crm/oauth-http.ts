import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';

const answerWithinMs = 15_000;

/** The error body of RFC 6749, which HubSpot fills beside its own. Its description may quote what we sent, so it stays unread. */
const OAuthError = z.object({ error: z.string().regex(/^[a-z0-9_]{1,60}$/i) });

export interface FormRequest<T> {
  url: string;
  form: Record<string, string>;
  /** Null: the answer's body does not matter. */
  schema: z.ZodType<T>;
  /** Who is asked, for people: "HubSpot". */
  vendor: string;
  /** What this is for: "renewing the access token". */
  doing: string;
}

/** The code that a consent gave, and what proves that it was given to us (RFC 6749, and RFC 7636 for the verifier). */
export interface ConsentCode {
  code: string;
  verifier: string;
  redirectUri: string;
}

/** The fields by which a code is exchanged for tokens; the proof of who we are comes beside them. */
export const codeForm = ({ code, verifier, redirectUri }: ConsentCode) => ({
  grant_type: 'authorization_code',
  code,
  code_verifier: verifier,
  redirect_uri: redirectUri,
});

/**
 * Posts a form to a service that gives out tokens and reads its answer. What was sent and what came back stand in no
 * error. Throws AppError: `unauthenticated` (it does not accept what we showed), `limited`, `unavailable`, `refused`.
 */
export async function postForm<T>({ url, form, schema, vendor, doing }: FormRequest<T>): Promise<T> {
  const { host } = new URL(url);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(form).toString(),
      // A redirect would carry the secrets to an address that nobody chose.
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    text = await response.text();
  } catch (error) {
    const why =
      error instanceof Error && error.name === 'TimeoutError' ? 'no answer within 15 s' : 'no connection';
    throw new AppError(
      'unavailable',
      `${vendor} at ${host} cannot be reached while ${doing} (${why}). Check the network; Sidecard tries again.`,
    );
  }
  const json = parse(text);
  if (!response.ok) throw refusalOf(vendor, doing, response, json);
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  const at = read.error.issues[0]?.path.join('.') || 'the whole';
  throw new AppError('unavailable', `The answer of ${host} cannot be read while ${doing} (${at}).`);
}

function refusalOf(vendor: string, doing: string, { status, headers }: Response, json: unknown): AppError {
  const known = OAuthError.safeParse(json);
  const oauthError = known.success ? known.data.error : null;
  const said = oauthError === null ? `it answered ${status}` : `it says ${oauthError}`;
  if (status === 429)
    return new AppError('limited', `${vendor} takes no more requests for now while ${doing}.`, {
      retryAfterMs: 1000 * (Number(headers.get('retry-after')) || 10),
    });
  if (status >= 500) return new AppError('unavailable', `${vendor} failed with ${status} while ${doing}.`);
  if (oauthError === 'invalid_client' || oauthError === 'invalid_client_id')
    return new AppError(
      'refused',
      `${vendor} does not know our app while ${doing} (${said}). Check the client id and secret.`,
      { oauthError },
    );
  if (status !== 400 && status !== 401)
    return new AppError('refused', `${vendor} refused ${doing} (${said}).`, { oauthError });
  // About what we showed: a code or token that is used up, revoked or unknown.
  return new AppError('unauthenticated', `${vendor} did not accept us while ${doing} (${said}).`, {
    oauthError,
  });
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}
