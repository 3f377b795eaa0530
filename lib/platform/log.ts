import pino from 'pino';
import { env } from './env.ts';

/** Structured log on standard error, so that a command's JSON stays alone on standard output. Never log record content. */
export const log = pino({ level: env().LOG_LEVEL, base: null }, pino.destination({ dest: 2, sync: true }));
