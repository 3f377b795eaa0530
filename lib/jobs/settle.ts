import { giveUpSettling, settle } from '#lib/take-in.ts';
import { whileConnected } from './while-connected.ts';

export const settleJob = whileConnected<'settle'>({
  run: (flow, scope, record) => settle(flow, scope, [record]),
  runMany: (flow, scope, records) => settle(flow, scope, records),
  giveUp: (flow, scope, record) => giveUpSettling(flow, scope, record),
  batch: 100,
});
