import { defaultFieldType } from '#lib/crm/sandbox/model/property.ts';
import type { SeedSet } from '#lib/crm/sandbox/seed.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { FIRST_TEAM, FIRST_USER, saveOwner } from '#lib/crm/sandbox/store/owners.ts';
import { removePipelines, savePipeline } from '#lib/crm/sandbox/store/pipelines.ts';
import { listPropertyGroups, saveProperty, savePropertyGroup } from '#lib/crm/sandbox/store/properties.ts';
import { requireSeedType } from './require-seed-type.ts';

const OWN_GROUP = 'custom_properties';

function seedOwners(store: Store, owners: SeedSet['owners']): void {
  const teams = [...new Set(owners.flatMap(owner => owner.teams ?? []))];
  for (const [i, { id, email, firstName, lastName, teams: names = [] }] of owners.entries()) {
    const own = names.map((name, place) => ({
      id: String(FIRST_TEAM + teams.indexOf(name)),
      name,
      primary: place === 0,
    }));
    const createdAt = store.now();
    saveOwner(store, { id, userId: FIRST_USER + i, email, firstName, lastName, teams: own, createdAt });
  }
}

function seedProperties(store: Store, properties: SeedSet['properties']): void {
  for (const property of properties) {
    const type = requireSeedType(property.objectType);
    const groupName = property.groupName ?? OWN_GROUP;
    const groups = listPropertyGroups(store, type);
    if (!groups.some(({ name }) => name === groupName)) {
      const label = groupName.replaceAll('_', ' ');
      savePropertyGroup(store, type, { name: groupName, label, displayOrder: groups.length });
    }
    const { name, label, type: valueType, description = '', options = [], hasUniqueValue = false } = property;
    saveProperty(store, type, {
      name,
      label,
      type: valueType,
      groupName,
      description,
      options,
      hasUniqueValue,
      fieldType: property.fieldType ?? defaultFieldType(valueType),
      custom: true,
      createdAt: new Date(store.now()).toISOString(),
    });
  }
}

/** Plants users, pipelines and property definitions. Pipelines of the seed replace those of a fresh account. */
export function seedAccount(store: Store, { owners, pipelines, properties }: Omit<SeedSet, 'records'>): void {
  seedOwners(store, owners);
  const at = new Date(store.now()).toISOString();
  for (const object of new Set(pipelines.map(({ objectType }) => objectType))) removePipelines(store, object);
  for (const { objectType, id, label, displayOrder, stages } of pipelines) {
    savePipeline(store, objectType, { id, label, displayOrder, stages, createdAt: at, updatedAt: at });
  }
  seedProperties(store, properties);
}
