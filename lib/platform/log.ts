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
