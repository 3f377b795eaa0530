import { OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import { checkProperties, type Values } from '#lib/crm/sandbox/records/check-properties.ts';
import { claimUniqueValues } from '#lib/crm/sandbox/records/claim-unique-values.ts';
import { deriveDeal, settlePipeline } from '#lib/crm/sandbox/records/derive-deal.ts';
import { parseValue } from '#lib/crm/sandbox/records/parse-value.ts';
import type { SeedRecord, SeedValue } from '#lib/crm/sandbox/seed.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { saveRecord } from '#lib/crm/sandbox/store/records.ts';
import { requireSeedType } from './require-seed-type.ts';

function readTime(at: string): number {
  const time = Date.parse(at);
  if (Number.isNaN(time)) throw new Error(`"${at}" is not a moment`);
  return time;
}

/** The values a property had, oldest first, ending with the one it has. */
function pastValues(record: SeedRecord, current: string, given: SeedValue[] | undefined): SeedValue[] {
  if (!given || given.length === 0) return [{ value: current, at: record.createdAt }];
  const sorted = given.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const agrees = sorted.at(-1)?.value === current;
  return agrees ? sorted : [...sorted, { value: current, at: record.updatedAt }];
}

function seedHistory(store: Store, record: SeedRecord, values: Values, kept: Values): void {
  const type = requireSeedType(record.type);
  const known = propertiesOf(store, type);
  const names = new Set([...Object.keys(kept), ...Object.keys(record.history ?? {})]);
  names.delete(OBJECT_TYPES[type].modified);
  for (const name of names) {
    const property = known.get(name);
    if (!property) throw new Error(`its history names the property "${name}", which does not exist`);
    const current = values[name] ?? kept[name] ?? '';
    for (const [i, { value, at }] of pastValues(record, current, record.history?.[name]).entries()) {
      const parsed = parseValue(store, property, value);
      if (!parsed.ok) throw new Error(`its history of "${name}" holds: ${parsed.message}`);
      store.run(
        'INSERT INTO history VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
        ...[type, Number(record.id), name, i + 1, parsed.value, readTime(at), i === 0 ? 'IMPORT' : 'CRM_UI'],
      );
    }
  }
}

function plant(store: Store, record: SeedRecord): void {
  const type = requireSeedType(record.type);
  if (!/^\d{1,15}$/.test(record.id)) throw new Error('its id is not a number');
  const { created, modified } = OBJECT_TYPES[type];
  const createdAt = readTime(record.createdAt);
  const updatedAt = readTime(record.updatedAt);
  const known = propertiesOf(store, type);
  const settable = Object.entries(record.properties).filter(
    ([name, value]) => value !== '' && name !== created && known.get(name)?.readOnly !== 'server',
  );
  const checked = checkProperties(store, type, Object.fromEntries(settable), 'create');
  const values = type === 'deals' ? settlePipeline(store, {}, checked) : checked;
  const properties: Values = {
    ...values,
    ...(type === 'deals' ? deriveDeal(store, values) : {}),
    [created]: new Date(createdAt).toISOString(),
    [modified]: new Date(updatedAt).toISOString(),
    hs_object_id: record.id,
  };
  claimUniqueValues(store, type, Number(record.id), values);
  saveRecord(store, { type, id: Number(record.id), properties, createdAt, updatedAt, archivedAt: null });
  seedHistory(store, record, record.properties, properties);
}

/** Plants one record with its history; a fault throws an Error that names the record. */
export function seedRecord(store: Store, record: SeedRecord): void {
  try {
    plant(store, record);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`Seed ${record.type} ${record.id}: ${why}`, { cause: error });
  }
}
