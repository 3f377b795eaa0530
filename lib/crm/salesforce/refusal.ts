import { z } from 'zod';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { noAnswerOf, retryAfter, type Place } from '../no-answer.ts';

/** One of Salesforce's errors; a composite answer calls its code `statusCode`. */
export const WireError = z.looseObject({
  message: z.string().default(''),
  errorCode: z.string().optional(),
  statusCode: z.string().optional(),
  fields: z.array(z.string()).nullish(),
});
export type WireError = z.infer<typeof WireError>;

const WireErrors = z.union([z.array(WireError), WireError.transform(one => [one])]);

/** What Salesforce's own codes mean to us, where the HTTP status alone would mislead. */
const meanings: Readonly<Record<string, ErrorCode>> = {
  INVALID_SESSION_ID: 'unauthenticated',
  INVALID_AUTH_HEADER: 'unauthenticated',
  REQUEST_LIMIT_EXCEEDED: 'limited',
  REQUEST_RUNNING_TOO_LONG: 'unavailable',
  QUERY_TIMEOUT: 'unavailable',
  SERVER_UNAVAILABLE: 'unavailable',
  UNKNOWN_EXCEPTION: 'unavailable',
  UNABLE_TO_LOCK_ROW: 'unavailable',
  ENTITY_IS_DELETED: 'not_found',
  ENTITY_IS_LOCKED: 'refused',
  NOT_FOUND: 'not_found',
  INVALID_TYPE: 'not_found',
  API_DISABLED_FOR_ORG: 'forbidden',
  API_CURRENTLY_DISABLED: 'forbidden',
  FUNCTIONALITY_NOT_ENABLED: 'forbidden',
  INSUFFICIENT_ACCESS: 'forbidden',
  INSUFFICIENT_ACCESS_OR_READONLY: 'forbidden',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'forbidden',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'refused',
  DUPLICATE_VALUE: 'conflict',
};

const byStatus = (status: number): ErrorCode => {
  if (status === 401) return 'unauthenticated';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 420 || status >= 500) return 'unavailable';
  return status === 429 ? 'limited' : 'refused';
};

/** Salesforce answered, and the answer is no. */
export function refusalOf(
  { host, doing }: Place,
  { status, headers }: { status: number; headers: Pick<Headers, 'get'> },
  body: unknown,
): AppError {
  const read = WireErrors.safeParse(body);
  const error = refusalIn(doing, read.success ? read.data : [], byStatus(status));
  const details = {
    ...error.details,
    host,
    status,
    ...(error.code === 'limited' ? { retryAfterMs: retryAfter(headers.get('retry-after')) } : {}),
  };
  return new AppError(error.code, error.message, details);
}

/** The refusal of one record in a composite answer, or of a whole request; the first code that we know decides. */
export function refusalIn(
  doing: string,
  errors: readonly WireError[],
  otherwise: ErrorCode = 'refused',
): AppError {
  const codes = errors.flatMap(error => error.errorCode ?? error.statusCode ?? []);
  const code = codes.map(name => meanings[name]).find(meaning => meaning !== undefined) ?? otherwise;
  const words = [...new Set(errors.map(error => error.message).filter(Boolean))].join(' ').slice(0, 1000);
  const fields = [...new Set(errors.flatMap(error => error.fields ?? []))];
  const said = words === '' ? '' : ` Salesforce says: ${words}`;
  const message = {
    unauthenticated: `Salesforce does not accept our access while ${doing}. Reconnect Salesforce.`,
    forbidden: `Salesforce does not allow ${doing}. Give Sidecard's user the permission, with the package's permission set.${said}`,
    not_found: `Salesforce does not have what was asked for while ${doing}.${said}`,
    conflict: `The record changed in Salesforce meanwhile, or another one holds its unique value, while ${doing}.${said}`,
    limited: `Salesforce's request limit is reached while ${doing}. Sidecard tries again later.`,
    unavailable: `Salesforce cannot serve us right now while ${doing}. Sidecard tries again.${said}`,
    refused: `Salesforce refused ${doing}.${said}`,
    bad_input: `Salesforce refused ${doing}.${said}`,
  }[code];
  return new AppError(code, message, { doing, words, category: codes[0] ?? null, fields });
}

/** Is it this refusal by Salesforce's own name? */
export const isRefusal = (error: unknown, ...categories: string[]): boolean =>
  error instanceof AppError && categories.includes(String(error.details['category']));

/** Salesforce did not answer at all, or not in its own words. */
export const { unreachable, unreadable } = noAnswerOf('Salesforce');
