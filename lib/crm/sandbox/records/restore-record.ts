import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { loadRecord, saveRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { claimUniqueValues } from './claim-unique-values.ts';
import { notFound } from './refusal.ts';

/** Takes an archived record out of the archive, unless another holds one of its unique values by now. */
export function restoreRecord(store: Store, type: ObjectName, id: string, source: Source): StoredRecord {
  return store.transact(() => {
    const record = loadRecord(store, type, id);
    if (!record || record.archivedAt === null) throw notFound(id);
    const known = propertiesOf(store, type);
    const unique = Object.entries(record.properties).filter(([name]) => known.get(name)?.hasUniqueValue);
    claimUniqueValues(store, type, record.id, Object.fromEntries(unique));
    const at = Math.max(store.now(), record.updatedAt + 1);
    const live = { ...record, updatedAt: at, archivedAt: null };
    saveRecord(store, live);
    queueEvent(store, { kind: 'restore', type, id: record.id, at, source });
    return live;
  });
}
