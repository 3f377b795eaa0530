import { giveUpSettling, settle } from '#lib/take-in.ts';
import type { Handler } from './handler.ts';

export const settleJob: Handler<'settle'> = {
  run: (flow, scope, record) => settle(flow, scope, [record]),
  runMany: (flow, scope, records) => settle(flow, scope, records),
  giveUp: (flow, scope, record) => giveUpSettling(flow, scope, record),
  batch: 100,
};
