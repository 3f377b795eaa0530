import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from './open-store.ts';

/** Who made a change: an app through the interface, a person on the pages, an import, or the CRM itself. */
export type Source = {
  type: 'INTEGRATION' | 'CRM_UI' | 'IMPORT' | 'CALCULATED';
  id?: string;
  userId?: number;
};

/** One value that a property had from `at` (milliseconds) on. */
export type HistoryEntry = { value: string; at: number; source: Source };

/** Adds a value on top of what the property had before. */
export function addHistory(
  store: Store,
  type: ObjectName,
  id: number,
  name: string,
  { value, at, source }: HistoryEntry,
): void {
  store.run(
    `INSERT INTO history VALUES (?1, ?2, ?3,
       (SELECT coalesce(max(seq), 0) + 1 FROM history WHERE type = ?1 AND id = ?2 AND name = ?3), ?4, ?5, ?6, ?7, ?8)`,
    type,
    id,
    name,
    value,
    at,
    source.type,
    source.id ?? null,
    source.userId ?? null,
  );
}

/** One row of a record's past; `seq` counts a property's values from 1, oldest first. */
export type PastValue = { name: string; seq: number; value: string; at: number; source: Source['type'] };

/** Writes the whole past of a record that has none yet, in one statement. */
export function plantHistory(store: Store, type: ObjectName, id: number, rows: PastValue[]): void {
  const list = rows.map(({ name, seq, value, at, source }) => [name, seq, value, at, source]);
  store.run(
    `INSERT INTO history
     SELECT ?1, ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, NULL, NULL FROM json_each(?3)`,
    type,
    id,
    JSON.stringify(list),
  );
}

function entryFromRow(row: Record<string, string | number | null>): HistoryEntry {
  return {
    value: String(row['value']),
    at: Number(row['at']),
    source: {
      type: row['source'] as Source['type'],
      ...(row['source_id'] == null ? {} : { id: String(row['source_id']) }),
      ...(row['user_id'] == null ? {} : { userId: Number(row['user_id']) }),
    },
  };
}

/** Values that properties of records had, newest first: by record id, then by property name. */
export function readHistories(
  store: Store,
  type: ObjectName,
  ids: number[],
  names: string[],
): Map<number, Map<string, HistoryEntry[]>> {
  const found = new Map<number, Map<string, HistoryEntry[]>>();
  if (ids.length === 0 || names.length === 0) return found;
  const rows = store.all(
    `SELECT id, name, value, at, source, source_id, user_id FROM history
     WHERE type = ? AND id IN (SELECT value FROM json_each(?)) AND name IN (SELECT value FROM json_each(?))
     ORDER BY id, name, seq DESC`,
    type,
    JSON.stringify(ids),
    JSON.stringify(names),
  );
  for (const row of rows) {
    const id = Number(row['id']);
    const name = String(row['name']);
    const own = found.get(id) ?? new Map<string, HistoryEntry[]>();
    found.set(id, own);
    const entries = own.get(name);
    if (entries) entries.push(entryFromRow(row));
    else own.set(name, [entryFromRow(row)]);
  }
  return found;
}

/** A property's values, newest first. */
export function readHistory(store: Store, type: ObjectName, id: number, name: string): HistoryEntry[] {
  return readHistories(store, type, [id], [name]).get(id)?.get(name) ?? [];
}
