import { and, eq } from 'drizzle-orm';
import { syncStates } from '#drizzle/schema/ingest.ts';
import type { Crm, CrmObject } from '#lib/core/subject.ts';
import type { TenantTx } from '#lib/platform/db.ts';

type Row = typeof syncStates.$inferSelect;
export type { PollState } from '#drizzle/schema/ingest.ts';

/** How far one object has come. A state without `poll` leaves that as it is. */
export type SyncState = Omit<Row, 'tenantId' | 'crm' | 'object' | 'poll'> & { poll?: Row['poll'] };

export async function loadSync(tx: TenantTx, crm: Crm, object: CrmObject): Promise<SyncState | null> {
  const [row] = await tx.sql
    .select()
    .from(syncStates)
    .where(and(eq(syncStates.tenantId, tx.tenantId), eq(syncStates.crm, crm), eq(syncStates.object, object)));
  return row ?? null;
}

export async function saveSync(tx: TenantTx, crm: Crm, object: CrmObject, state: SyncState): Promise<void> {
  const { cursor, done, records, modifiedUpTo, lastAt, problem, poll } = state;
  const place = { cursor, done, records, modifiedUpTo, lastAt, problem };
  const set = poll === undefined ? place : { ...place, poll };
  await tx.sql
    .insert(syncStates)
    .values({ tenantId: tx.tenantId, crm, object, ...set })
    .onConflictDoUpdate({ target: [syncStates.tenantId, syncStates.crm, syncStates.object], set });
}
