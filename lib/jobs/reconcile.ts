import { takeInMissed } from '#lib/take-in.ts';
import { whileConnected } from './while-connected.ts';

export const reconcileJob = whileConnected<'reconcile'>({ run: (flow, scope) => takeInMissed(flow, scope) });
