import { asc, count, eq, min } from 'drizzle-orm';
import { syncStates as table, unsettledRecords } from '#drizzle/schema/ingest.ts';
import { CrmObject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';

/** How far reading one object has come. `problem` says why it stands still, in words for people. */
export interface ObjectSync {
  object: CrmObject;
  records: number;
  done: boolean;
  modifiedUpTo: Instant | null;
  lastAt: Instant;
  problem: string | null;
}

export async function syncStates(tx: TenantTx): Promise<ObjectSync[]> {
  const rows = await tx.sql
    .select()
    .from(table)
    .where(eq(table.tenantId, tx.tenantId))
    .orderBy(asc(table.object));
  return rows.map(({ object, records, done, modifiedUpTo, lastAt, problem }) => ({
    object: CrmObject.parse(object),
    records,
    done,
    modifiedUpTo,
    lastAt,
    problem,
  }));
}

/** Records that changed in the CRM and have not been acted upon, and since when the oldest of them waits. */
export async function unsettled(tx: TenantTx): Promise<{ records: number; since: Instant | null }> {
  const [row] = await tx.sql
    .select({ records: count(), since: min(unsettledRecords.firstAt) })
    .from(unsettledRecords)
    .where(eq(unsettledRecords.tenantId, tx.tenantId));
  return { records: row?.records ?? 0, since: row?.since ?? null };
}
