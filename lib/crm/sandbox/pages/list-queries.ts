import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Condition } from '#lib/crm/sandbox/records/search-condition.ts';
import { textCondition } from '#lib/crm/sandbox/records/search-records.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listOwners } from '#lib/crm/sandbox/store/owners.ts';
import { RECORD_COLUMNS, recordFromRow, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { ROWS } from './paging.ts';

export type RecordList = { total: number; records: StoredRecord[] };

/** A page of live records that match `query` and `also`, in the given order. */
export function listRecords(
  store: Store,
  type: ObjectName,
  {
    query,
    page,
    also = { sql: '1', values: [] },
    order,
  }: { query: string; page: number; also?: Condition; order: string },
): RecordList {
  const text = textCondition(type, query);
  const from = `FROM record r WHERE r.type = ? AND r.archived_at IS NULL AND ${text.sql} AND ${also.sql}`;
  const bound = [type, ...text.values, ...also.values];
  const total = Number(store.get(`SELECT count(*) AS n ${from}`, ...bound)?.['n']);
  const rows = store.all(
    `SELECT ${RECORD_COLUMNS} ${from} ORDER BY ${order}, r.id LIMIT ? OFFSET ?`,
    ...bound,
    ROWS,
    (page - 1) * ROWS,
  );
  return { total, records: rows.map(recordFromRow) };
}

/** When each record last had an e-mail, call, meeting or note, by record id; what is only planned does not count. */
export function lastActivities(store: Store, type: ObjectName, ids: number[]): Map<number, string> {
  if (ids.length === 0) return new Map();
  const rows = store.all(
    `SELECT a.from_id, max(json_extract(r.properties, '$.hs_timestamp')) AS at
     FROM association a JOIN record r ON r.type = a.to_type AND r.id = a.to_id AND r.archived_at IS NULL
     WHERE a.from_type = ? AND a.from_id IN (${ids.map(() => '?').join(', ')})
       AND a.to_type IN ('emails', 'calls', 'meetings', 'notes')
       AND json_extract(r.properties, '$.hs_timestamp') <= ?
     GROUP BY a.from_id`,
    type,
    ...ids,
    new Date(store.now()).toISOString(),
  );
  return new Map(rows.map(row => [Number(row['from_id']), String(row['at'])]));
}

/** The first linked record of type `to` for each record, by record id. */
export function firstAssociated(store: Store, type: ObjectName, ids: number[], to: ObjectName) {
  if (ids.length === 0) return new Map<number, StoredRecord>();
  const rows = store.all(
    `SELECT min(a.to_id) AS near, a.from_id, ${RECORD_COLUMNS} FROM association a
     JOIN record r ON r.type = a.to_type AND r.id = a.to_id AND r.archived_at IS NULL
     WHERE a.from_type = ? AND a.from_id IN (${ids.map(() => '?').join(', ')}) AND a.to_type = ?
     GROUP BY a.from_id`,
    type,
    ...ids,
    to,
  );
  return new Map(rows.map(row => [Number(row['from_id']), recordFromRow(row)]));
}

/** Names of owners by id. */
export function ownerNames(store: Store): Map<string, string> {
  return new Map(listOwners(store).map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`]));
}

/** Address of a record's page, for the objects that have one. */
export function recordPath({ type, id }: { type: ObjectName; id: number }): string {
  return `/${type}/${id}`;
}
