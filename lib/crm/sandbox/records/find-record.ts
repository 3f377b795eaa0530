import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { loadRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { findByUniqueValue } from '#lib/crm/sandbox/store/unique-values.ts';
import { invalid } from './refusal.ts';

/** How a caller names a record: by its id, or by the value of a unique property. */
export type RecordKey = { id: string; idProperty?: string | undefined };

/** The record behind a key, live or archived as asked; undefined if there is none. */
export function findRecord(
  store: Store,
  type: ObjectName,
  { id, idProperty }: RecordKey,
  archived = false,
): StoredRecord | undefined {
  let key: string | number | undefined = id;
  if (idProperty !== undefined && idProperty !== 'hs_object_id') {
    if (!propertiesOf(store, type).get(idProperty)?.hasUniqueValue) {
      throw invalid(`idProperty ${idProperty} is not a unique property of ${type}`);
    }
    key = findByUniqueValue(store, type, idProperty, id);
  }
  const record = key === undefined ? undefined : loadRecord(store, type, key);
  return record && (record.archivedAt !== null) === archived ? record : undefined;
}
