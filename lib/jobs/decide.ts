import { decide } from '#lib/decide.ts';
import type { Handler } from './handler.ts';

export const decideJob: Handler<'decide'> = {
  run: async (flow, scope, trigger) => {
    await decide(flow, scope, trigger);
  },
  batch: 20,
};
