import { Hono } from 'hono';
import type { z } from 'zod';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import { choicesOf } from '#lib/crm/sandbox/records/parse-value.ts';
import { invalid, notFound, Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import {
  listPropertyGroups,
  propertiesOf,
  removeProperty,
  saveProperty,
  savePropertyGroup,
} from '#lib/crm/sandbox/store/properties.ts';
import { readBody } from './read-body.ts';
import { requireObjectType } from './read-query.ts';
import { propertyBody, propertyChangeBody, propertyGroupBody } from './schemas.ts';

function renderProperty(store: Store, property: PropertyDefinition) {
  const { name, label, type, fieldType, groupName, description, hasUniqueValue, custom } = property;
  const readOnlyValue = property.readOnly === 'server';
  return {
    name,
    label,
    type,
    fieldType,
    groupName,
    description,
    hasUniqueValue,
    options: choicesOf(store, property).map((option, displayOrder) => ({
      ...option,
      displayOrder,
      hidden: false,
    })),
    ...(property.choices === 'owners'
      ? {
          referencedObjectType: 'OWNER',
          externalOptions: true,
        }
      : {}),
    displayOrder: -1,
    calculated: false,
    hidden: false,
    formField: false,
    archived: false,
    ...(custom ? {} : { hubspotDefined: true }),
    ...(property.createdAt
      ? {
          createdAt: property.createdAt,
          updatedAt: property.createdAt,
        }
      : {}),
    modificationMetadata: {
      archivable: custom,
      readOnlyDefinition: !custom,
      readOnlyValue,
    },
  };
}

function createProperty(
  store: Store,
  type: ObjectName,
  body: z.infer<typeof propertyBody>,
): PropertyDefinition {
  const { name, label, type: valueType, fieldType, groupName, description = '', options = [] } = body;
  if (propertiesOf(store, type).has(name)) {
    throw new Refusal(409, 'CONFLICT', `A property named '${name}' already exists.`);
  }
  if (!listPropertyGroups(store, type).some(group => group.name === groupName)) {
    throw invalid(`Property group ${groupName} does not exist`);
  }
  if (valueType === 'enumeration' && options.length === 0) throw invalid(`Enumeration ${name} needs options`);
  if (body.hasUniqueValue && !['string', 'number'].includes(valueType)) {
    throw invalid(`Only text and number properties can be unique; ${name} is ${valueType}`);
  }
  const property: PropertyDefinition = {
    name,
    label,
    type: valueType,
    fieldType,
    groupName,
    description,
    custom: true,
    options: options.map(({ value, label: text }) => ({
      value,
      label: text,
    })),
    hasUniqueValue: body.hasUniqueValue ?? false,
    createdAt: new Date(store.now()).toISOString(),
  };
  saveProperty(store, type, property);
  return property;
}

/** Changes one of the account's own properties. Records keep values that are no longer among the options. */
function changeProperty(
  store: Store,
  type: ObjectName,
  property: PropertyDefinition,
  { label, groupName, description, options }: z.infer<typeof propertyChangeBody>,
): PropertyDefinition {
  if (!property.custom) throw invalid(`${property.name} is part of HubSpot and cannot be changed`);
  if (groupName !== undefined && !listPropertyGroups(store, type).some(({ name }) => name === groupName)) {
    throw invalid(`Property group ${groupName} does not exist`);
  }
  const changed = {
    ...property,
    ...(label === undefined ? {} : { label }),
    ...(groupName === undefined ? {} : { groupName }),
    ...(description === undefined ? {} : { description }),
    ...(options === undefined
      ? {}
      : { options: options.map(option => ({ value: option.value, label: option.label })) }),
  };
  saveProperty(store, type, changed);
  return changed;
}

/** Property definitions and their groups. */
export function propertyRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/:type/groups', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const results = listPropertyGroups(store, name).map(group => ({ ...group, archived: false }));
    return c.json({ results });
  });

  routes.post('/:type/groups', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const group = { displayOrder: -1, ...(await readBody(c, propertyGroupBody)) };
    if (listPropertyGroups(store, name).some(known => known.name === group.name)) {
      throw new Refusal(409, 'CONFLICT', `A property group named '${group.name}' already exists.`);
    }
    savePropertyGroup(store, name, { ...group, displayOrder: group.displayOrder ?? -1 });
    return c.json({ ...group, archived: false }, 201);
  });

  routes.get('/:type/groups/:group', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const group = listPropertyGroups(store, name).find(known => known.name === c.req.param('group'));
    if (!group) throw notFound(c.req.param('group'));
    return c.json({ ...group, archived: false });
  });

  routes.get('/:type', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const all = [...propertiesOf(store, name).values()];
    return c.json({ results: all.map(property => renderProperty(store, property)) });
  });

  routes.post('/:type', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const property = createProperty(store, name, await readBody(c, propertyBody));
    return c.json(renderProperty(store, property), 201);
  });

  routes.get('/:type/:property', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const property = propertiesOf(store, name).get(c.req.param('property'));
    if (!property) throw notFound(c.req.param('property'));
    return c.json(renderProperty(store, property));
  });

  routes.patch('/:type/:property', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const property = propertiesOf(store, name).get(c.req.param('property'));
    if (!property) throw notFound(c.req.param('property'));
    const changes = await readBody(c, propertyChangeBody);
    const changed = changeProperty(store, name, property, changes);
    return c.json(renderProperty(store, changed));
  });

  routes.delete('/:type/:property', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const property = propertiesOf(store, name).get(c.req.param('property'));
    if (property && !property.custom)
      throw invalid(`${property.name} is part of HubSpot and cannot be archived`);
    if (property) removeProperty(store, name, property.name);
    return c.body(null, 204);
  });

  return routes;
}
