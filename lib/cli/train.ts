import { listTenants } from '#lib/crm/connections.ts';
import { enqueue } from '#lib/jobs/define.ts';
import type { CommandContext } from './io.ts';
import { isJson } from './json.ts';

/** Asks for a new lead model for every tenant; a worker learns it, puts it in force and scores everybody. */
export async function trainNow(argv: string[], { io, open }: CommandContext): Promise<void> {
  const json = isJson(argv);
  const { db } = await open();
  const tenants = (await db.system('list tenants', listTenants)).map(tenant => tenant.tenantId);
  for (const tenantId of tenants)
    await db.tenant(tenantId, tx => enqueue(tx, 'train', {}, { key: tenantId }));
  io.out(
    json
      ? JSON.stringify({ asked: tenants })
      : `Training was asked for: ${tenants.join(', ') || 'no tenant yet'}.`,
  );
}
