import type { AssociationLink } from '#lib/crm/sandbox/model/association-types.ts';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from './open-store.ts';

/** An end of a link. */
export type End = { type: ObjectName; id: number };

/** A record at the far end of a link, with the ids of all link types between the two. */
export type Associated = { id: number; typeIds: number[] };

/** Links two records in both directions; linking twice changes nothing. */
export function linkRecords(store: Store, from: End, to: End, { type, opposite }: AssociationLink): void {
  const insert = 'INSERT OR IGNORE INTO association VALUES (?, ?, ?, ?, ?)';
  store.run(insert, from.type, from.id, to.type, to.id, type.id);
  store.run(insert, to.type, to.id, from.type, from.id, opposite.id);
}

/** Removes all links between two records. */
export function unlinkRecords(store: Store, from: End, to: End): void {
  const remove = 'DELETE FROM association WHERE from_type = ? AND from_id = ? AND to_type = ? AND to_id = ?';
  store.run(remove, from.type, from.id, to.type, to.id);
  store.run(remove, to.type, to.id, from.type, from.id);
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
  return rows.map(row => ({
    id: Number(row['to_id']),
    typeIds: String(row['type_ids']).split(',').map(Number),
  }));
}
