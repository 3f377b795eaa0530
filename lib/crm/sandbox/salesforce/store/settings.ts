import type { Store } from '#lib/crm/sandbox/store/open-store.ts';

/** Settings as read before: every write looks at some of them. */
const known = new WeakMap<Store, Map<string, unknown>>();

function settingsOf(store: Store): Map<string, unknown> {
  const kept = known.get(store) ?? new Map<string, unknown>();
  known.set(store, kept);
  return kept;
}

/** A setting of the org as it was last written; undefined if it never was. */
export function readSetting<T>(store: Store, name: string): T | undefined {
  const kept = settingsOf(store);
  if (!kept.has(name)) {
    const value = store.get('SELECT value FROM sf_setting WHERE name = ?', name)?.['value'];
    kept.set(name, value == null ? undefined : JSON.parse(String(value)));
  }
  return kept.get(name) as T | undefined;
}

export function writeSetting(store: Store, name: string, value: unknown): void {
  const sql = 'INSERT INTO sf_setting VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value';
  store.run(sql, name, JSON.stringify(value));
  settingsOf(store).set(name, value);
}

/** The next of a row of numbers that are never given twice. */
export function nextNumber(store: Store, name: string): number {
  const sql =
    "INSERT INTO sf_setting VALUES (?, '1') ON CONFLICT (name) " +
    'DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value';
  return Number(store.get(sql, name)?.['value']);
}
