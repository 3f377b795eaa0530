import type { End } from './associations.ts';
import type { Store } from './open-store.ts';
import { releaseUniqueValues } from './unique-values.ts';

/** Removes a record for good, with its history and its unique values. Its links are not touched. */
export function dropRecord(store: Store, { type, id }: End): void {
  releaseUniqueValues(store, type, id);
  store.run('DELETE FROM history WHERE type = ? AND id = ?', type, id);
  store.run('DELETE FROM record WHERE type = ? AND id = ?', type, id);
}

/** From now on the id of a removed record, and all ids that stood for it, stand for `intoId`. */
export function recordMerge(store: Store, { type, id }: End, intoId: number): void {
  store.run('UPDATE merged SET into_id = ? WHERE type = ? AND into_id = ?', intoId, type, id);
  store.run('INSERT OR REPLACE INTO merged VALUES (?, ?, ?, ?)', type, id, intoId, store.now());
}

/** Ids that stood for a record stand for nothing. */
export function forgetMerges(store: Store, { type, id }: End): void {
  store.run('DELETE FROM merged WHERE type = ? AND into_id = ?', type, id);
}
