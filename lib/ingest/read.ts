import { and, asc, count, eq, min, ne, sql } from 'drizzle-orm';
import {
  changeFeeds,
  syncStates as table,
  unsettledRecords,
  type FeedState,
} from '#drizzle/schema/ingest.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import { CrmObject, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import type { SealingKey } from '#lib/platform/secrets.ts';
import { feedRow } from './feed-row.ts';

export { parkedEvents } from './store-sent-events.ts';
import { isArchived, openable, openRows, type OpenedRow } from './store-open-rows.ts';
import { recordsOf } from './store-versions.ts';

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

/** Live records of one object as they are now, by name: for objects that are few. Throws as opening them does. */
export async function liveRecords(
  tx: TenantTx,
  object: CrmObject,
  sealingKey: SealingKey,
): Promise<CrmRecord[]> {
  const nameOf = (record: CrmRecord): string => record.fields['name'] ?? record.ref.id;
  return (await recordsOf(tx, sealingKey, sql`object = ${object}`))
    .filter(record => !record.archived)
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'en'));
}

/** How many live records of one object there are. */
export async function countLive(tx: TenantTx, object: CrmObject): Promise<number> {
  const [row] = await rowsOf(
    tx.sql,
    sql`select count(*)::int as n from (
      select distinct on (crm, record_id) ${isArchived} as archived from record_versions
      where tenant_id = ${tx.tenantId} and object = ${object}
      order by crm, record_id, updated_at desc, learnt_at desc) newest where not archived`,
  );
  return Number(row?.['n'] ?? 0);
}

/** Every version of a record that was read, as it came, the oldest first. Throws when the sealing key is not here. */
export async function versionsOf(
  tx: TenantTx,
  { crm, object, id }: Subject,
  sealingKey: SealingKey,
): Promise<OpenedRow[]> {
  const rows = await rowsOf(
    tx.sql,
    sql`select ${openable} from record_versions
      where tenant_id = ${tx.tenantId} and crm = ${crm} and object = ${object} and record_id = ${id}
      order by learnt_at, updated_at`,
  );
  return openRows(tx, sealingKey, rows);
}

export { countPlain } from './store-plain.ts';
