import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import { STANDARD_PROPERTIES } from '#lib/crm/sandbox/model/standard-properties.ts';
import type { Store } from './open-store.ts';

export type PropertyGroup = { name: string; label: string; displayOrder: number };

const known = new WeakMap<Store, Map<ObjectName, Map<string, PropertyDefinition>>>();

/** All properties of an object by name: the standard ones first, then the account's own. */
export function propertiesOf(store: Store, type: ObjectName): Map<string, PropertyDefinition> {
  const perStore = known.get(store) ?? new Map<ObjectName, Map<string, PropertyDefinition>>();
  known.set(store, perStore);
  const cached = perStore.get(type);
  if (cached) return cached;
  const own = store
    .all('SELECT definition FROM property WHERE object_type = ? ORDER BY name', type)
    .map(row => JSON.parse(String(row['definition'])) as PropertyDefinition);
  const all = new Map([...STANDARD_PROPERTIES[type], ...own].map(property => [property.name, property]));
  perStore.set(type, all);
  return all;
}

/** Adds or replaces one of the account's own properties. */
export function saveProperty(store: Store, type: ObjectName, property: PropertyDefinition): void {
  const definition = JSON.stringify(property);
  store.run('INSERT OR REPLACE INTO property VALUES (?, ?, ?)', type, property.name, definition);
  known.delete(store);
}

export function removeProperty(store: Store, type: ObjectName, name: string): void {
  store.run('DELETE FROM property WHERE object_type = ? AND name = ?', type, name);
  known.delete(store);
}

/** Groups in which properties are shown: those the standard properties name, then the account's own. */
export function listPropertyGroups(store: Store, type: ObjectName): PropertyGroup[] {
  const standard = [...new Set(STANDARD_PROPERTIES[type].map(({ groupName }) => groupName))];
  const own = store.all(
    'SELECT name, label, display_order FROM property_group WHERE object_type = ? ORDER BY display_order, name',
    type,
  );
  return [
    ...standard.map((name, displayOrder) => ({ name, label: name.replaceAll('_', ' '), displayOrder })),
    ...own.map(row => ({
      name: String(row['name']),
      label: String(row['label']),
      displayOrder: Number(row['display_order']),
    })),
  ];
}

export function savePropertyGroup(store: Store, type: ObjectName, group: PropertyGroup): void {
  store.run(
    'INSERT OR REPLACE INTO property_group VALUES (?, ?, ?, ?)',
    type,
    group.name,
    group.label,
    group.displayOrder,
  );
}
