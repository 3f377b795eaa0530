import type { Store } from '#lib/crm/sandbox/store/open-store.ts';

export type Value = string | number | boolean | null;
/** Values by API name; a field without a value is missing or null. */
export type Fields = Record<string, Value>;
export type Row = { id: string; type: string; fields: Fields; deleted: boolean };

function toRow(row: Record<string, string | number | null>): Row {
  return {
    id: String(row['id']),
    type: String(row['type']),
    fields: JSON.parse(String(row['fields'])) as Fields,
    deleted: row['deleted'] === 1,
  };
}

/** A record by its long id, deleted ones too. */
export function loadRow(store: Store, id: string): Row | undefined {
  const row = store.get('SELECT id, type, fields, deleted FROM sf_record WHERE id = ?', id);
  return row && toRow(row);
}

/** Records by their ids, in any order; unknown ids are left out. */
export function loadRows(store: Store, ids: readonly string[]): Map<string, Row> {
  const sql = 'SELECT id, type, fields, deleted FROM sf_record WHERE id IN (SELECT value FROM json_each(?))';
  return new Map(store.all(sql, JSON.stringify(ids)).map(row => [String(row['id']), toRow(row)]));
}

export function insertRow(store: Store, { id, type, fields }: Omit<Row, 'deleted'>): void {
  const sql = 'INSERT INTO sf_record (id, type, fields, created, modstamp) VALUES (?, ?, ?, ?, ?)';
  const { CreatedDate, SystemModstamp } = fields;
  store.run(sql, id, type, JSON.stringify(fields), String(CreatedDate), String(SystemModstamp));
}

export function updateRow(store: Store, { id, fields, deleted }: Row, deletedAt: string | null): void {
  const sql = 'UPDATE sf_record SET fields = ?, modstamp = ?, deleted = ?, deleted_at = ? WHERE id = ?';
  const modstamp = String(fields['SystemModstamp']);
  store.run(sql, JSON.stringify(fields), modstamp, deleted ? 1 : 0, deletedAt, id);
}

/** Live records of a type whose lookup `field` (an API name of the schema) points at `id`. */
export function rowsPointingAt(store: Store, type: string, field: string, id: string): Row[] {
  const sql =
    'SELECT id, type, fields, deleted FROM sf_record ' +
    `WHERE type = ? AND deleted = 0 AND fields ->> '$.${field}' = ?`;
  return store.all(sql, type, id).map(toRow);
}

/** Live records of a type, oldest first. */
export function rowsOf(store: Store, type: string): Row[] {
  const sql = 'SELECT id, type, fields, deleted FROM sf_record WHERE type = ? AND deleted = 0 ORDER BY id';
  return store.all(sql, type).map(toRow);
}
