import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from './open-store.ts';

/** A stored record with its current values. Times in milliseconds. */
export type StoredRecord = {
  type: ObjectName;
  id: number;
  properties: Record<string, string>;
  createdAt: number;
  updatedAt: number;
  archivedAt: number | null;
};

export const RECORD_COLUMNS = 'type, id, properties, created_at, updated_at, archived_at';

/** Reads a row of RECORD_COLUMNS. */
export function recordFromRow(row: Record<string, string | number | null>): StoredRecord {
  const archivedAt = row['archived_at'];
  return {
    type: row['type'] as ObjectName,
    id: Number(row['id']),
    properties: JSON.parse(String(row['properties'])) as Record<string, string>,
    createdAt: Number(row['created_at']),
    updatedAt: Number(row['updated_at']),
    archivedAt: archivedAt == null ? null : Number(archivedAt),
  };
}

/** The record with this id, archived or not. `id` may be anything a caller sent. */
export function loadRecord(store: Store, type: ObjectName, id: string | number): StoredRecord | undefined {
  if (!/^\d{1,15}$/.test(String(id))) return undefined;
  const row = store.get(`SELECT ${RECORD_COLUMNS} FROM record WHERE type = ? AND id = ?`, type, Number(id));
  return row && recordFromRow(row);
}

/** Records in order of id, after `after`, either all live or all archived. */
export function pageRecords(
  store: Store,
  type: ObjectName,
  page: { after: number; limit: number; archived: boolean },
) {
  return store
    .all(
      `SELECT ${RECORD_COLUMNS} FROM record
       WHERE type = ? AND id > ? AND (archived_at IS NOT NULL) = ? ORDER BY id LIMIT ?`,
      type,
      page.after,
      page.archived ? 1 : 0,
      page.limit,
    )
    .map(recordFromRow);
}

export function saveRecord(store: Store, record: StoredRecord): void {
  const { type, id, properties, createdAt, updatedAt, archivedAt } = record;
  store.run(
    `INSERT OR REPLACE INTO record (${RECORD_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)`,
    type,
    id,
    JSON.stringify(properties),
    createdAt,
    updatedAt,
    archivedAt,
  );
}
