import type { Store } from '#lib/crm/sandbox/store/open-store.ts';

/** Who has this value of a unique or external id field; case does not count. */
export function holderOf(store: Store, object: string, field: string, value: string): string | undefined {
  const sql = 'SELECT id FROM sf_unique WHERE object = ? AND field = ? AND value = ?';
  return store.get(sql, object, field, value)?.['id']?.toString();
}

export function claimValue(store: Store, object: string, field: string, value: string, id: string): void {
  store.run('DELETE FROM sf_unique WHERE object = ? AND field = ? AND id = ?', object, field, id);
  if (value !== '') store.run('INSERT INTO sf_unique VALUES (?, ?, ?, ?)', object, field, value, id);
}

export function releaseValues(store: Store, id: string): void {
  store.run('DELETE FROM sf_unique WHERE id = ?', id);
}
