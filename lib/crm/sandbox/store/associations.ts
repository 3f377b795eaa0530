import type { AssociationLink } from '#lib/crm/sandbox/model/association-types.ts';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from './open-store.ts';

/** An end of a link. */
export type End = { type: ObjectName; id: number };

/** A record at the far end of a link, with the ids of all link types between the two. */
export type Associated = { id: number; typeIds: number[] };

/** Links two records in both directions; false if they were linked so already. */
export function linkRecords(store: Store, from: End, to: End, { type, opposite }: AssociationLink): boolean {
  const insert = 'INSERT OR IGNORE INTO association VALUES (?, ?, ?, ?, ?)';
  const made = store.run(insert, from.type, from.id, to.type, to.id, type.id);
  store.run(insert, to.type, to.id, from.type, from.id, opposite.id);
  return made > 0;
}

/** Removes all links between two records; false if there were none. */
export function unlinkRecords(store: Store, from: End, to: End): boolean {
  const remove = 'DELETE FROM association WHERE from_type = ? AND from_id = ? AND to_type = ? AND to_id = ?';
  const removed = store.run(remove, from.type, from.id, to.type, to.id);
  store.run(remove, to.type, to.id, from.type, from.id);
  return removed > 0;
}

/** Gives all links of one record to another of the same object; links between the two end. */
export function moveLinks(store: Store, from: End, to: End): void {
  const own = 'from_type = ?1 AND from_id = ?2';
  const back = 'to_type = ?1 AND to_id = ?2';
  store.run(`UPDATE OR IGNORE association SET from_id = ?3 WHERE ${own}`, from.type, from.id, to.id);
  store.run(`UPDATE OR IGNORE association SET to_id = ?3 WHERE ${back}`, from.type, from.id, to.id);
  dropLinks(store, from);
  unlinkRecords(store, to, to);
}

/** Removes every link of a record. */
export function dropLinks(store: Store, { type, id }: End): void {
  store.run('DELETE FROM association WHERE from_type = ? AND from_id = ?', type, id);
  store.run('DELETE FROM association WHERE to_type = ? AND to_id = ?', type, id);
}

function associatedFromRow(row: Record<string, string | number | null>): Associated {
  return { id: Number(row['to_id']), typeIds: String(row['type_ids']).split(',').map(Number) };
}

/** Live records of type `to` that are linked with records of type `from`, in order of id, by the near id. */
export function listAssociatedOf(
  store: Store,
  from: ObjectName,
  ids: number[],
  to: ObjectName,
): Map<number, Associated[]> {
  const rows = store.all(
    `SELECT a.from_id, a.to_id, group_concat(a.type_id) AS type_ids FROM association a
     JOIN record r ON r.type = a.to_type AND r.id = a.to_id AND r.archived_at IS NULL
     WHERE a.from_type = ? AND a.from_id IN (SELECT value FROM json_each(?)) AND a.to_type = ?
     GROUP BY a.from_id, a.to_id ORDER BY a.from_id, a.to_id`,
    from,
    JSON.stringify(ids),
    to,
  );
  const found = new Map<number, Associated[]>();
  for (const row of rows) {
    const id = Number(row['from_id']);
    const own = found.get(id);
    if (own) own.push(associatedFromRow(row));
    else found.set(id, [associatedFromRow(row)]);
  }
  return found;
}

/** Live records of type `to` that are linked with `from`, in order of id, after `after`. */
export function listAssociated(
  store: Store,
  from: End,
  to: ObjectName,
  page: { after?: number; limit?: number } = {},
): Associated[] {
  const rows = store.all(
    `SELECT a.to_id, group_concat(a.type_id) AS type_ids FROM association a
     JOIN record r ON r.type = a.to_type AND r.id = a.to_id AND r.archived_at IS NULL
     WHERE a.from_type = ? AND a.from_id = ? AND a.to_type = ? AND a.to_id > ?
     GROUP BY a.to_id ORDER BY a.to_id LIMIT ?`,
    from.type,
    from.id,
    to,
    page.after ?? 0,
    page.limit ?? -1,
  );
  return rows.map(associatedFromRow);
}
