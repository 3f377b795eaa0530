import { ZodError, z } from 'zod';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { log, traceOf } from '#lib/platform/log.ts';
import { newId } from '#lib/platform/ids.ts';

/** One table from what went wrong to the HTTP status that says so. */
const statuses: Record<ErrorCode, number> = {
  bad_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limited: 429,
  unavailable: 503,
  refused: 422,
};

/** RFC 9457 problem details, with what the caller may know. */
export interface Problem {
  type: 'about:blank';
  title: ErrorCode | 'unexpected';
  status: number;
  detail: string;
  /** Stands in the log too. */
  traceId?: string;
  [more: string]: unknown;
}

/** Errors → what may be shown. A bug is logged whole and shown as "unexpected", with a trace id. */
export function problemOf(error: unknown): Problem {
  if (error instanceof AppError)
    // Details may have a status of their own: that of a CRM's answer to us.
    return {
      ...error.details,
      type: 'about:blank',
      title: error.code,
      status: statuses[error.code],
      detail: error.message,
    };
  if (error instanceof ZodError)
    return {
      type: 'about:blank',
      title: 'bad_input',
      status: 400,
      detail: `The request cannot be read: ${z.prettifyError(error).replaceAll('\n', ' ')}`,
    };
  const traceId = newId('req');
  log.error({ traceId, error: traceOf(error) }, 'unexpected');
  return {
    type: 'about:blank',
    title: 'unexpected',
    status: 500,
    detail: `Something unexpected went wrong. Operations find it in the log under ${traceId}.`,
    traceId,
  };
}
