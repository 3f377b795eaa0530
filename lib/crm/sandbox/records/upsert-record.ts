import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import type { Values } from './check-properties.ts';
import { createRecord } from './create-record.ts';
import { findRecord, type RecordKey } from './find-record.ts';
import { invalid, notFound } from './refusal.ts';
import { updateRecord } from './update-record.ts';

/** Updates the record with this unique value, or creates it with that value. */
export function upsertRecord(
  store: Store,
  type: ObjectName,
  key: RecordKey,
  properties: Values,
  source: Source,
): { record: StoredRecord; isNew: boolean } {
  const found = findRecord(store, type, key);
  if (found) return { record: updateRecord(store, type, found.id, properties, source), isNew: false };
  const { id, idProperty } = key;
  if (idProperty === undefined || idProperty === 'hs_object_id') throw notFound(id);
  const own = properties[idProperty];
  if (own !== undefined && own.toLowerCase() !== id.toLowerCase()) {
    throw invalid(`The id ${id} and the value of ${idProperty} differ`);
  }
  const input = { properties: { ...properties, [idProperty]: own ?? id } };
  return { record: createRecord(store, type, input, source), isNew: true };
}
