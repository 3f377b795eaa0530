import { z } from 'zod';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { noAnswerOf, retryAfter, type Place } from '../no-answer.ts';

/** The part of HubSpot's error body that people and callers use. */
const Refusal = z.object({
  message: z.string().optional(),
  category: z.string().optional(),
  correlationId: z.string().optional(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** HubSpot answered, and the answer is no. */
export function refusalOf({ host, doing }: Place, response: Response, body: unknown): AppError {
  const read = Refusal.safeParse(body);
  const { category, correlationId } = read.success ? read.data : {};
  const words = wordsOf(read.success ? read.data : {});
  const { status } = response;
  const details = { status, doing, words, category, correlationId };
  const say = (code: ErrorCode, message: string, more = {}) =>
    new AppError(code, message, { ...details, ...more });
  const said = words === '' ? '' : ` HubSpot says: ${words}`;

  if (status === 401)
    return say('unauthenticated', `HubSpot does not accept our access while ${doing}. Reconnect HubSpot.`);
  if (status === 403)
    return say(
      'forbidden',
      `HubSpot does not allow ${doing}. Grant the missing scope and reconnect HubSpot.${said}`,
    );
  if (status === 404)
    return say('not_found', `HubSpot does not have what was asked for while ${doing}.${said}`);
  if (status === 409) return say('conflict', `HubSpot found a conflict while ${doing}.${said}`);
  if (status === 429)
    return say('limited', `HubSpot's request limit is reached while ${doing}. Sidecard tries again later.`, {
      retryAfterMs: retryAfter(response.headers.get('retry-after')),
    });
  // Another try later may well succeed: the account is being moved, or somebody else holds the record.
  if (status === 408 || status === 423 || status === 477)
    return say(
      'unavailable',
      `HubSpot is busy with the account (${status}) while ${doing}. Sidecard tries again.`,
      {
        retryAfterMs: retryAfter(response.headers.get('retry-after')),
      },
    );
  if (status >= 500)
    return say(
      'unavailable',
      `HubSpot at ${host} failed with ${status} while ${doing}. Sidecard tries again; see HubSpot's status page if it lasts.`,
    );
  if (status >= 400) return say('refused', `HubSpot refused ${doing}.${said || ` It answered ${status}.`}`);
  return unreadable({ host, doing }, `it answered ${status}`);
}

/** HubSpot did not answer at all, or not in its own words. */
export const { unreachable, unreadable } = noAnswerOf('HubSpot');

/** HubSpot's own words: each field's message where there are any, else the message as a whole. */
function wordsOf({ message = '', errors = [] }: z.infer<typeof Refusal>): string {
  const each = [...new Set(errors.map(error => error.message))];
  return (each.length > 0 ? each.join(' ') : message).slice(0, 1000);
}
