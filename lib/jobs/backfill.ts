import { takeInAll } from '#lib/take-in.ts';
import type { Handler } from './handler.ts';

export const backfillJob: Handler<'backfill'> = { run: (flow, scope) => takeInAll(flow, scope) };
