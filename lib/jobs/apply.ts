import { apply, park } from '#lib/apply.ts';
import type { Handler } from './handler.ts';

export const applyJob: Handler<'apply'> = {
  run: async (flow, scope, { decisionId }) => {
    await apply(flow, scope, decisionId);
  },
  giveUp: (flow, scope, { decisionId }, reason) => park(flow, scope, decisionId, reason),
  batch: 10,
};
