import { takeInAll } from '#lib/take-in.ts';
import type { Handler } from './worker.ts';

export const backfillJob: Handler<'backfill'> = { run: (flow, scope) => takeInAll(flow, scope) };
