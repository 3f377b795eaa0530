import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { loadRecord, loadRecords, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { findByUniqueValue, findByUniqueValues } from '#lib/crm/sandbox/store/unique-values.ts';
import { invalid } from './refusal.ts';

/** How a caller names a record: by its id, or by the value of a unique property. */
export type RecordKey = { id: string; idProperty?: string | undefined };

function requireUnique(store: Store, type: ObjectName, idProperty: string): void {
  if (propertiesOf(store, type).get(idProperty)?.hasUniqueValue) return;
  throw invalid(`idProperty ${idProperty} is not a unique property of ${type}`);
}

/** Records by the key that was asked for, live or archived as asked; what is not there is absent. */
export function findRecords(
  store: Store,
  type: ObjectName,
  keys: string[],
  idProperty: string | undefined,
  archived: boolean,
): Map<string, StoredRecord> {
  const byId = idProperty === undefined || idProperty === 'hs_object_id';
  if (!byId) requireUnique(store, type, idProperty);
  const ids = byId ? new Map(keys.map(key => [key, key])) : findByUniqueValues(store, type, idProperty, keys);
  const records = loadRecords(store, type, [...ids.values()]);
  return new Map(
    [...ids].flatMap(([key, id]) => {
      const record = records.get(String(Number(id)));
      return record && (record.archivedAt !== null) === archived ? [[key, record] as const] : [];
    }),
  );
}

/** The record behind a key, live or archived as asked; undefined if there is none. */
export function findRecord(
  store: Store,
  type: ObjectName,
  { id, idProperty }: RecordKey,
  archived = false,
): StoredRecord | undefined {
  let key: string | number | undefined = id;
  if (idProperty !== undefined && idProperty !== 'hs_object_id') {
    requireUnique(store, type, idProperty);
    key = findByUniqueValue(store, type, idProperty, id);
  }
  const record = key === undefined ? undefined : loadRecord(store, type, key);
  return record && (record.archivedAt !== null) === archived ? record : undefined;
}
