import { parseArgs } from 'node:util';
import { servedTenantId } from '#lib/platform/env.ts';
import { appointByOperator } from '#lib/welcome.ts';
import { UsageError, type CommandContext } from './io.ts';

/** Makes a user of the CRM an admin of Sidecard, by e-mail or user id: whoever runs the server may. */
export async function makeAdmin(argv: string[], { io, open }: CommandContext): Promise<void> {
  const { values, positionals } = parseArgs({
    args: argv,
    options: { json: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [who, ...more] = positionals;
  if (!who || more.length > 0) throw new UsageError('Say who, by e-mail or user id of the CRM: admin WHO');
  const flow = await open();
  const { name } = await flow.db.tenant(servedTenantId(), tx => appointByOperator(tx, who, flow.now()));
  io.out(values.json ? JSON.stringify({ admin: name }) : `${name} is an admin from their next request on.`);
}
