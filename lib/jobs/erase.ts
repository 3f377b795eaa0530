import { eraseDue } from '#lib/erase.ts';
import type { Handler } from './handler.ts';

export const eraseJob: Handler<'erase'> = {
  run: async (flow, scope) => {
    await eraseDue(flow, scope);
  },
};
