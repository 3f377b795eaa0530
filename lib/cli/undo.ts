import { parseArgs } from 'node:util';
import { undo } from '#lib/undo.ts';
import { listTenants } from '#lib/crm/connections.ts';
import { servedTenantId } from '#lib/platform/env.ts';
import { undoReceiptsOf } from '#lib/writeback/read.ts';
import { UsageError, type CommandContext } from './io.ts';
import { operatorScope } from './operator-scope.ts';

/** Takes back what a decision wrote, as an admin at the machine; prints the receipts. */
export async function undoDecision(argv: string[], { io, open }: CommandContext): Promise<void> {
  const { values } = parseArgs({
    args: argv,
    options: { decision: { type: 'string' }, json: { type: 'boolean' } },
  });
  const id = values.decision;
  if (!id) throw new UsageError('Say which decision: undo --decision ID');
  const flow = await open();
  const tenants = await flow.db.system('list tenants', listTenants);
  if (!tenants.some(tenant => tenant.tenantId === servedTenantId()))
    throw new UsageError('No CRM is connected, so there is nothing to undo.');
  const scope = operatorScope();
  const decision = await undo(flow, scope, id);
  const receipts = await flow.db.tenant(servedTenantId(), tx => undoReceiptsOf(tx, id));
  io.out(
    values.json
      ? JSON.stringify({ decision: id, status: decision.status, receipts })
      : `${id}: ${decision.status}`,
  );
}
