import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { checkRules } from '#lib/crm/sandbox/rules/check-rules.ts';
import { addHistory, type Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord, saveRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { checkProperties, type Values } from './check-properties.ts';
import { claimUniqueValues } from './claim-unique-values.ts';
import { notFound } from './refusal.ts';
import { deriveValues, settleStage } from './settle-stage.ts';

function onlyChanged(before: Values, wanted: Values): Values {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => (before[name] ?? '') !== value));
}

/**
 * Keeps values that differ from what the record has, with their history and a later change time. `asked` are the
 * caller’s and announced; `derived` are what the CRM itself sets with them. Nothing is checked.
 */
export function keepValues(
  store: Store,
  record: StoredRecord,
  asked: Values,
  derived: Values,
  source: Source,
): StoredRecord {
  const { type, id } = record;
  const at = Math.max(store.now(), record.updatedAt + 1);
  const modified = { [OBJECT_TYPES[type].modified]: new Date(at).toISOString() };
  const merged: Values = { ...record.properties, ...asked, ...derived, ...modified };
  const properties = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''));
  const changed = { ...record, properties, updatedAt: at };
  saveRecord(store, changed);
  for (const [name, value] of Object.entries({ ...asked, ...derived })) {
    const from: Source = name in asked ? source : { type: 'CALCULATED' };
    addHistory(store, type, id, name, { value, at, source: from });
  }
  for (const [propertyName, propertyValue] of Object.entries(asked)) {
    queueEvent(store, { kind: 'propertyChange', type, id, at, source, propertyName, propertyValue });
  }
  return changed;
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
    const asked = onlyChanged(record.properties, settleStage(store, type, record.properties, checked));
    checkRules(store, type, { ...record.properties, ...asked }, new Set(Object.keys(checked)), 'update');
    if (Object.keys(asked).length === 0) return record;
    const after = { ...record.properties, ...asked };
    const derived = onlyChanged(record.properties, deriveValues(store, type, after));
    claimUniqueValues(store, type, record.id, asked);
    return keepValues(store, record, asked, derived, source);
  });
}

/** Sets what only the CRM itself sets on a live record: nothing is checked. */
export function setOwnValues(store: Store, record: StoredRecord, values: Values): StoredRecord {
  return store.transact(() => {
    const changed = onlyChanged(record.properties, values);
    if (Object.keys(changed).length === 0) return record;
    return keepValues(store, record, changed, {}, { type: 'CALCULATED' });
  });
}
