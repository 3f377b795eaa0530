import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord, saveRecord } from '#lib/crm/sandbox/store/records.ts';
import { releaseUniqueValues } from '#lib/crm/sandbox/store/unique-values.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';

/** Puts a live record into the archive; returns false if there was none. */
export function archiveRecord(store: Store, type: ObjectName, id: string, source: Source): boolean {
  return store.transact(() => {
    const record = loadRecord(store, type, id);
    if (!record || record.archivedAt !== null) return false;
    const at = Math.max(store.now(), record.updatedAt + 1);
    saveRecord(store, { ...record, updatedAt: at, archivedAt: at });
    releaseUniqueValues(store, type, record.id);
    queueEvent(store, { kind: 'deletion', type, id: record.id, at, source });
    return true;
  });
}
