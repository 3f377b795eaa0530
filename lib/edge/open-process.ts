import { listTenants, type TenantConnection } from '#lib/crm/connections.ts';
import type { Flow } from '#lib/flow.ts';
import { running } from '#lib/platform/running.ts';
import type { Tenant } from './who.ts';

/** The flow of this process, as its start command opened it. */
export const processFlow = (): Flow => running().flow;

/** The one tenant that this process serves pages for: the first that was connected. */
export async function servedTenant(): Promise<(Tenant & { connection: TenantConnection }) | null> {
  const [first] = await processFlow().db.system('list tenants', listTenants);
  return first ? { tenantId: first.tenantId, kind: first.kind, connection: first } : null;
}
