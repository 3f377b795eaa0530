import { and, eq } from 'drizzle-orm';
import { syncStates } from '#drizzle/schema/ingest.ts';
import type { Crm, CrmObject } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';

export type SyncState = Omit<typeof syncStates.$inferSelect, 'tenantId' | 'crm' | 'object'>;

export async function loadSync(tx: TenantTx, crm: Crm, object: CrmObject): Promise<SyncState | null> {
  const [row] = await tx.sql
    .select()
    .from(syncStates)
    .where(and(eq(syncStates.tenantId, tx.tenantId), eq(syncStates.crm, crm), eq(syncStates.object, object)));
  return row ?? null;
}

export async function saveSync(tx: TenantTx, crm: Crm, object: CrmObject, state: SyncState): Promise<void> {
  const { cursor, done, records, modifiedUpTo, lastAt, problem } = state;
  const set = { cursor, done, records, modifiedUpTo, lastAt, problem };
  await tx.sql
    .insert(syncStates)
    .values({ tenantId: tx.tenantId, crm, object, ...set })
    .onConflictDoUpdate({ target: [syncStates.tenantId, syncStates.crm, syncStates.object], set });
}
