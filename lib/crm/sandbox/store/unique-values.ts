import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from './open-store.ts';

/** Unique values are compared without regard to case and surrounding space. */
function normalise(value: string): string {
  return value.trim().toLowerCase();
}

/** Id of the live record that holds this value of a unique property. */
export function findByUniqueValue(store: Store, type: ObjectName, name: string, value: string) {
  const row = store.get(
    'SELECT id FROM unique_value WHERE type = ? AND name = ? AND value = ?',
    type,
    name,
    normalise(value),
  );
  return row && Number(row['id']);
}

/** Ids of live records by the value that was asked for. */
export function findByUniqueValues(
  store: Store,
  type: ObjectName,
  name: string,
  values: string[],
): Map<string, string> {
  const rows = store.all(
    `SELECT value, id FROM unique_value WHERE type = ? AND name = ?
     AND value IN (SELECT value FROM json_each(?))`,
    type,
    name,
    JSON.stringify(values.map(normalise)),
  );
  const holders = new Map(rows.map(row => [String(row['value']), String(row['id'])]));
  return new Map(
    values.flatMap(value => {
      const holder = holders.get(normalise(value));
      return holder === undefined ? [] : [[value, holder] as const];
    }),
  );
}

/** Makes `id` the holder of the value, and of no other value of that property. */
export function claimUniqueValue(
  store: Store,
  type: ObjectName,
  name: string,
  value: string,
  id: number,
): void {
  store.run('DELETE FROM unique_value WHERE type = ? AND name = ? AND id = ?', type, name, id);
  if (value !== '')
    store.run('INSERT INTO unique_value VALUES (?, ?, ?, ?)', type, name, normalise(value), id);
}

/** Frees all unique values of an archived record. */
export function releaseUniqueValues(store: Store, type: ObjectName, id: number): void {
  store.run('DELETE FROM unique_value WHERE type = ? AND id = ?', type, id);
}
