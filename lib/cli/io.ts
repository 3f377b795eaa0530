import { AppError } from '#lib/core/errors.ts';
import type { Flow } from '#lib/flow.ts';

/** Where a command writes: results to `out`, progress and trouble to `err`. */
export interface Io {
  out: (text: string) => void;
  err: (text: string) => void;
}

/** What a command gets: where to write, and the product when it asks for it. */
export interface CommandContext {
  io: Io;
  open: () => Promise<Flow>;
}

export const terminal: Io = {
  out: text => process.stdout.write(`${text}\n`),
  err: text => process.stderr.write(`${text}\n`),
};

/** Wrong usage: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What went wrong in one sentence, and the exit code: 1 failed, 2 wrong usage. */
export function explain(error: unknown): { text: string; code: 1 | 2 } {
  if (error instanceof UsageError) return { text: error.message, code: 2 };
  if (isParseArgsError(error)) return { text: error.message, code: 2 };
  if (error instanceof AppError) return { text: error.message, code: 1 };
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), code: 1 };
}

/** `parseArgs` of node:util met a word that the command does not take. */
const isParseArgsError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');

/** Runs a process's main function; what goes wrong is one clear sentence and a non-zero exit. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const { text, code } = explain(error);
    terminal.err(text);
    process.exit(code);
  });
}
