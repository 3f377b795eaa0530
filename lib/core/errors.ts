/** The kinds of refusal that the product knows; `edge` maps each to one HTTP status, the command line to exit codes. */
export type ErrorCode =
  | 'bad_input' // what was sent cannot be read
  | 'unauthenticated' // nobody knows who asks
  | 'forbidden' // policy says no
  | 'not_found'
  | 'conflict' // the world moved on since it was read
  | 'limited' // too much, too fast, or a budget is used up
  | 'unavailable' // a CRM, model or database cannot be reached right now; worth another try
  | 'refused'; // a CRM or model said no; another try says the same

/**
 * The world refused. Its message is safe to show: what, where, what to do.
 * Expected outcomes are values and anything else that is thrown is a bug.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

export const isRetryable = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'unavailable' || error.code === 'limited');
