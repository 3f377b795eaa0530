import { log } from '#lib/platform/log.ts';
import { run } from '#lib/run.ts';
import type { Handler } from './handler.ts';

export const runJob: Handler<'run'> = {
  run: async (flow, scope, { reason }) => {
    const { rows, decisions } = await run(flow, scope);
    log.debug({ rows, decisions, reason }, 'scored all people');
  },
};
