import type { Scope } from '#lib/core/scope.ts';
import { connectionOf } from '#lib/crm/read.ts';
import type { Flow } from '#lib/flow.ts';
import { log } from '#lib/platform/log.ts';
import type { JobName } from './define.ts';
import type { Handler } from './handler.ts';

/**
 * Work that nobody waits for, by the clock or by an event: without a connection there is nothing to do, which is no
 * failure. What was asked for and cannot be done says so instead.
 */
export const whileConnected = <N extends JobName>(handler: Handler<N>): Handler<N> => ({
  ...handler,
  run: async (flow, scope, input) => {
    if (await isConnected(flow, scope)) await handler.run(flow, scope, input);
  },
  ...(handler.runMany && {
    runMany: async (flow, scope, inputs) => {
      if (await isConnected(flow, scope)) await handler.runMany?.(flow, scope, inputs);
    },
  }),
});

async function isConnected({ db }: Flow, { tenantId }: Scope): Promise<boolean> {
  const connection = await db.tenant(tenantId, connectionOf);
  const is = connection !== null && connection.state.status !== 'disconnected';
  if (!is) log.debug({ tenantId }, 'no CRM is connected: a job is left out');
  return is;
}
