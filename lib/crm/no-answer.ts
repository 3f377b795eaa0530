import { AppError } from '#lib/core/errors.ts';

/** Where something was asked, and what for, for the reader of an error: "reading contacts". */
export interface Place {
  host: string;
  doing: string;
}

/** The errors of a CRM that says nothing that can be understood. */
export const noAnswerOf = (vendor: string) => ({
  /** It did not answer at all. */
  unreachable: ({ host, doing }: Place, cause: unknown): AppError =>
    new AppError(
      'unavailable',
      `${vendor} at ${host} cannot be reached while ${doing} (${causeOf(cause)}). Check the network and the address; Sidecard tries again.`,
      { doing },
      cause,
    ),
  /** What answered is not what its interface promises. */
  unreadable: ({ host, doing }: Place, why: string): AppError =>
    new AppError(
      'unavailable',
      `The answer of ${host} cannot be read while ${doing} (${why}). Check that the address is ${vendor}'s interface; Sidecard tries again.`,
      { doing },
    ),
});

/** Milliseconds to wait, from a Retry-After in seconds; null when there is none. */
export function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null;
}

/** The innermost reason: `fetch` says only "fetch failed" and keeps the rest behind it. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return causeOf(error.cause);
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  return error.message || error.name;
}
