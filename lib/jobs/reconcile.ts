import { takeInMissed } from '#lib/take-in.ts';
import type { Handler } from './handler.ts';

export const reconcileJob: Handler<'reconcile'> = { run: (flow, scope) => takeInMissed(flow, scope) };
