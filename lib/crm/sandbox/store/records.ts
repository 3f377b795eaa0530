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

function isRecordId(id: string | number): boolean {
  return /^\d{1,15}$/.test(String(id));
}

/**
 * The record with this id, archived or not; since a merge, the survivor for the id that was merged into it.
 * `id` may be anything a caller sent.
 */
export function loadRecord(store: Store, type: ObjectName, id: string | number): StoredRecord | undefined {
  if (!isRecordId(id)) return undefined;
  const find = `SELECT ${RECORD_COLUMNS} FROM record WHERE type = ? AND id = ?`;
  const row = store.get(find, type, Number(id));
  if (row) return recordFromRow(row);
  const into = store.get('SELECT into_id FROM merged WHERE type = ? AND id = ?', type, Number(id));
  const survivor = into && store.get(find, type, into['into_id'] ?? null);
  return survivor && recordFromRow(survivor);
}

/** Records by the id that was asked for, as `loadRecord` finds them; what is not there is absent. */
export function loadRecords(store: Store, type: ObjectName, ids: string[]): Map<string, StoredRecord> {
  const wanted = JSON.stringify(ids.filter(isRecordId).map(Number));
  const rows = store.all(
    `SELECT wanted.value AS asked, r.type, r.id, properties, created_at, updated_at, archived_at
     FROM json_each(?2) wanted
     LEFT JOIN merged m ON m.type = ?1 AND m.id = wanted.value
     JOIN record r ON r.type = ?1 AND r.id = coalesce(m.into_id, wanted.value)`,
    type,
    wanted,
  );
  return new Map(rows.map(row => [String(row['asked']), recordFromRow(row)]));
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
