import { listTenants, type Connection } from '#lib/crm/read.ts';
import type { Flow, Shipped } from '#lib/flow.ts';
import { env, servedTenantId } from '#lib/platform/env.ts';
import { running } from '#lib/platform/running.ts';
import type { Tenant } from './who.ts';

/** The flow of this process, as its start command opened it. */
export const processFlow = (): Flow => running().flow;

/** What came with the product. */
export const shipped = (): Shipped => running().shipped;

/** The one tenant that this process serves pages for; null until it is connected. */
export async function servedTenant(): Promise<(Tenant & { connection: Connection }) | null> {
  const all = await processFlow().db.system('list tenants', listTenants);
  const served = all.find(({ tenantId }) => tenantId === servedTenantId());
  return served ? { tenantId: served.tenantId, kind: served.kind, connection: served } : null;
}

/** The address under which the CRM calls us, as it signs it. */
export const publicUrl = (): string =>
  env().PUBLIC_URL?.replace(/\/+$/, '') ?? `http://127.0.0.1:${env().PORT}`;
