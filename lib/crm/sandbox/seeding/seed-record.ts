import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import { checkProperties, type Values } from '#lib/crm/sandbox/records/check-properties.ts';
import { claimUniqueValues } from '#lib/crm/sandbox/records/claim-unique-values.ts';
import { deriveValues, settleStage } from '#lib/crm/sandbox/records/settle-stage.ts';
import { parseValue } from '#lib/crm/sandbox/records/parse-value.ts';
import type { SeedRecord, SeedValue } from '#lib/crm/sandbox/seed.ts';
import { plantHistory } from '#lib/crm/sandbox/store/history.ts';
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

/** A choice may be given by its label, as CRM imports allow; it is kept by its value. */
function readChoice(property: PropertyDefinition | undefined, raw: string): string {
  if (property?.type !== 'enumeration' || property.options.some(({ value }) => value === raw)) return raw;
  return property.options.find(({ label }) => label === raw)?.value ?? raw;
}

/** The record's values in the form in which they are kept, without those the CRM itself sets. */
function readValues(store: Store, type: ObjectName, given: Values): Values {
  const known = propertiesOf(store, type);
  const settable = Object.entries(given).filter(
    ([name, value]) =>
      value !== '' && name !== OBJECT_TYPES[type].created && known.get(name)?.readOnly !== 'server',
  );
  const chosen = settable.map(([name, value]) => [name, readChoice(known.get(name), value)] as const);
  const checked = checkProperties(store, type, Object.fromEntries(chosen), 'create');
  return settleStage(store, type, {}, checked);
}

function seedHistory(store: Store, type: ObjectName, record: SeedRecord, kept: Values): void {
  const known = propertiesOf(store, type);
  const names = new Set([...Object.keys(kept), ...Object.keys(record.history ?? {})]);
  names.delete(OBJECT_TYPES[type].modified);
  const rows = [...names].flatMap(name => {
    const property = known.get(name);
    if (!property) throw new Error(`its history names the property "${name}", which does not exist`);
    const current = record.properties[name] ?? kept[name] ?? '';
    return pastValues(record, current, record.history?.[name]).map(({ value: raw, at }, i) => {
      const parsed = parseValue(store, property, readChoice(property, raw));
      if (!parsed.ok) throw new Error(`its history of "${name}" holds: ${parsed.message}`);
      const source = i === 0 ? ('IMPORT' as const) : ('CRM_UI' as const);
      return { name, seq: i + 1, value: parsed.value, at: readTime(at), source };
    });
  });
  plantHistory(store, type, Number(record.id), rows);
}

function plant(store: Store, record: SeedRecord): void {
  const type = requireSeedType(record.type);
  if (!/^\d{1,15}$/.test(record.id)) throw new Error('its id is not a number');
  const { created, modified } = OBJECT_TYPES[type];
  const createdAt = readTime(record.createdAt);
  const updatedAt = readTime(record.updatedAt);
  const values = readValues(store, type, record.properties);
  const properties: Values = {
    ...values,
    ...deriveValues(store, type, values),
    [created]: new Date(createdAt).toISOString(),
    [modified]: new Date(updatedAt).toISOString(),
    hs_object_id: record.id,
  };
  claimUniqueValues(store, type, Number(record.id), values);
  saveRecord(store, { type, id: Number(record.id), properties, createdAt, updatedAt, archivedAt: null });
  seedHistory(store, type, record, properties);
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
