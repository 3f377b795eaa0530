import { and, asc, count, desc, eq, min, ne } from 'drizzle-orm';
import {
  changeFeeds,
  recordVersions,
  syncStates as table,
  unsettledRecords,
  type FeedState,
} from '#drizzle/schema/ingest.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { CrmObject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { feedRow } from './feed-row.ts';

/** How far reading one object has come. `problem` says why it stands still, in words for people. */
export interface ObjectSync {
  object: CrmObject;
  records: number;
  done: boolean;
  modifiedUpTo: Instant | null;
  lastAt: Instant;
  problem: string | null;
}

/** What many accounts lack, by edition or scope: without it everything works, with less to stand on. */
const optional: ReadonlySet<CrmObject> = new Set<CrmObject>([
  'automations',
  'campaigns',
  'currencies',
  'enrolments',
  'forecasts',
  'line_items',
  'memberships',
  'products',
  'quotas',
  'teams',
  'tickets',
]);
export const isOptional = (object: CrmObject): boolean => optional.has(object);

export async function syncStates(tx: TenantTx): Promise<ObjectSync[]> {
  const rows = await tx.sql
    .select()
    .from(table)
    .where(and(eq(table.tenantId, tx.tenantId), ne(table.object, feedRow)))
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

/** How following the CRM's changes goes; null where there is nothing to follow. */
export async function feedState(tx: TenantTx): Promise<FeedState | null> {
  const [row] = await tx.sql
    .select({ state: changeFeeds.state })
    .from(changeFeeds)
    .where(eq(changeFeeds.tenantId, tx.tenantId));
  return row?.state ?? null;
}

/** Records that changed in the CRM and have not been acted upon, and since when the oldest of them waits. */
export async function unsettled(tx: TenantTx): Promise<{ records: number; since: Instant | null }> {
  const [row] = await tx.sql
    .select({ records: count(), since: min(unsettledRecords.firstAt) })
    .from(unsettledRecords)
    .where(eq(unsettledRecords.tenantId, tx.tenantId));
  return { records: row?.records ?? 0, since: row?.since ?? null };
}

/** Live records of one object as they are now, by name: for objects that are few. */
export async function liveRecords(tx: TenantTx, object: CrmObject): Promise<CrmRecord[]> {
  const rows = await tx.sql
    .selectDistinctOn([recordVersions.crm, recordVersions.recordId], { record: recordVersions.record })
    .from(recordVersions)
    .where(and(eq(recordVersions.tenantId, tx.tenantId), eq(recordVersions.object, object)))
    .orderBy(
      recordVersions.crm,
      recordVersions.recordId,
      desc(recordVersions.updatedAt),
      desc(recordVersions.learntAt),
    );
  const nameOf = (record: CrmRecord): string => record.fields['name'] ?? record.ref.id;
  return rows
    .map(({ record }) => record)
    .filter(record => !record.archived)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
}
