import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { addHistory, type Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord, saveRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { checkProperties, type Values } from './check-properties.ts';
import { claimUniqueValues } from './claim-unique-values.ts';
import { deriveDeal, settlePipeline } from './derive-deal.ts';
import { notFound } from './refusal.ts';

function onlyChanged(before: Values, wanted: Values): Values {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => (before[name] ?? '') !== value));
}

/**
 * Changes properties of a live record. Values that are already there change nothing: no history, no webhook,
 * no new modification time. An empty value clears. The modification time grows with every change.
 */
export function updateRecord(
  store: Store,
  type: ObjectName,
  id: string | number,
  input: Values,
  source: Source,
): StoredRecord {
  return store.transact(() => {
    const record = loadRecord(store, type, id);
    if (!record || record.archivedAt !== null) throw notFound(String(id));
    const checked = checkProperties(store, type, input, 'update');
    const settled = type === 'deals' ? settlePipeline(store, record.properties, checked) : checked;
    const asked = onlyChanged(record.properties, settled);
    if (Object.keys(asked).length === 0) return record;
    const derived =
      type === 'deals' && 'dealstage' in asked
        ? onlyChanged(record.properties, deriveDeal(store, { ...record.properties, ...asked }))
        : {};
    claimUniqueValues(store, type, record.id, asked);
    const at = Math.max(store.now(), record.updatedAt + 1);
    const merged: Values = {
      ...record.properties,
      ...asked,
      ...derived,
      [OBJECT_TYPES[type].modified]: new Date(at).toISOString(),
    };
    const properties = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
    const changed = { ...record, properties, updatedAt: at };
    saveRecord(store, changed);
    for (const [name, value] of Object.entries({ ...asked, ...derived })) {
      const from: Source = name in asked ? source : { type: 'CALCULATED' };
      addHistory(store, type, record.id, name, { value, at, source: from });
    }
    for (const [propertyName, propertyValue] of Object.entries(asked)) {
      queueEvent(store, {
        kind: 'propertyChange',
        type,
        id: record.id,
        at,
        source,
        propertyName,
        propertyValue,
      });
    }
    return changed;
  });
}
