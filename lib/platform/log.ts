import pino from 'pino';
import { env } from './env.ts';

/** Structured log on standard error, so that a command's JSON stays alone on standard output. Never log record content. */
export const log = pino({ level: level(), base: null }, pino.destination({ dest: 2, sync: true }));

/** A broken environment is for the start command to report, in one sentence, not for whoever loads this file first. */
function level(): string {
  try {
    return env().LOG_LEVEL;
  } catch {
    return 'info';
  }
}

/** A failed query's message ends in its parameters: people's names and addresses, which a log must not keep. */
const withoutParameters = (text: string): string => text.replace(/\nparams: [^]*?(?=\n {4}at |$)/g, '');

/** An unexpected error for the log: its stack and what lies behind it, without the content of records. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return withoutParameters(String(error));
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` [${String(cause.code)}]` : '';
  const behind =
    cause instanceof Error ? `\ncaused by ${cause.name}${code}: ${withoutParameters(cause.message)}` : '';
  return withoutParameters(error.stack ?? error.message) + behind;
}
