import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { Column, FileMapping } from './mapping.ts';
import type { Crm } from './open-crm.ts';
import type { Row } from './read-csv.ts';
import { cellOf } from './to-properties.ts';

const Names = z.object({ results: z.array(z.object({ name: z.string() })) });
const Options = z.array(z.object({ value: z.string(), label: z.string() }));
const Definitions = z.object({
  results: z.array(z.object({ name: z.string(), hasUniqueValue: z.boolean(), options: Options })),
});
type Definition = z.infer<typeof Definitions>['results'][number];

const fieldTypes = { string: 'text', number: 'number', enumeration: 'select', date: 'date' } as const;

/** Creates the groups and properties that a file needs, and adds the options that it brings to those there are. */
export async function makeProperties(
  crm: Crm,
  mapping: FileMapping,
  rows: readonly Row[],
): Promise<{ created: number; updated: number }> {
  const { object, groups, columns, key, missing } = mapping;
  const path = `/crm/properties/2026-09/${object}`;
  const known = new Map(
    (await crm.ask(`to list the properties of ${object}`, Definitions, 'GET', path)).results.map(
      property => [property.name, property] as const,
    ),
  );
  requireUnique(object, known.get(key.property));
  await makeGroups(crm, `${path}/groups`, groups);
  const count = { created: 0, updated: 0 };
  for (const column of columns) {
    if (column.group === null) continue;
    const found = column.type === 'enumeration' ? textsOf(rows, column, missing) : [];
    const before = known.get(column.property);
    if (!before) {
      const body = { ...definitionOf(column, found), hasUniqueValue: column.property === key.property };
      await crm.ask(`the property ${column.property}`, z.looseObject({}), 'POST', path, body);
      count.created += 1;
    } else if (await addOptions(crm, `${path}/${column.property}`, before, found)) count.updated += 1;
  }
  return count;
}

async function makeGroups(crm: Crm, path: string, groups: FileMapping['groups']): Promise<void> {
  const { results } = await crm.ask('to list the property groups', Names, 'GET', path);
  for (const group of groups)
    if (!results.some(({ name }) => name === group.name))
      await crm.ask(`the property group ${group.name}`, z.looseObject({}), 'POST', path, group);
}

/** A file in which a column is empty throughout offers no options; a text property then holds nothing as well. */
function definitionOf({ property, label, type, group }: Column, found: readonly string[]) {
  const kind = type === 'enumeration' && found.length === 0 ? 'string' : type;
  const options = found.map((value, displayOrder) => ({ value, label: value, displayOrder, hidden: false }));
  return {
    name: property,
    label,
    type: kind,
    fieldType: fieldTypes[kind],
    groupName: group,
    ...(options.length > 0 && { options }),
  };
}

async function addOptions(
  crm: Crm,
  path: string,
  before: Definition,
  found: readonly string[],
): Promise<boolean> {
  const known = before.options.map(({ value, label }) => ({ value, label }));
  const fresh = found.filter(value => !known.some(option => option.value === value));
  if (known.length === 0 || fresh.length === 0) return false;
  const options = [...known, ...fresh.map(value => ({ value, label: value }))];
  const body = {
    options: options.map((option, displayOrder) => ({ ...option, displayOrder, hidden: false })),
  };
  await crm.ask(`new options of ${before.name}`, z.looseObject({}), 'PATCH', path, body);
  return true;
}

const textsOf = (rows: readonly Row[], column: Column, missing: readonly string[]): string[] =>
  [...new Set(rows.map(({ cells }) => cellOf(cells, column, missing)))].filter(cell => cell !== null).sort();

/** Without it, nothing would keep a second run from creating everything twice. */
function requireUnique(object: string, property: Definition | undefined): void {
  if (!property || property.hasUniqueValue) return;
  throw new AppError(
    'conflict',
    `The CRM already has a property ${property.name} on ${object} that does not require unique values. Rename or delete it, then run this again.`,
    { object, property: property.name },
  );
}
