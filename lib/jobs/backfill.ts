import { takeInAll } from '#lib/take-in.ts';
import { whileConnected } from './while-connected.ts';

export const backfillJob = whileConnected<'backfill'>({ run: (flow, scope) => takeInAll(flow, scope) });
