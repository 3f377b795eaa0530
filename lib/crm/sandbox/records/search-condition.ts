import type { SQLInputValue } from 'node:sqlite';
import { findObjectType, OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { parseMoment } from './parse-value.ts';
import { invalid } from './refusal.ts';
import type { SearchFilter } from './search-request.ts';

/** A piece of SQL over the table `record r`, with the values it binds. */
export type Condition = { sql: string; values: SQLInputValue[] };

/** How a property is read for comparing and sorting, and how a caller's value is brought to the same form. */
export function comparable(store: Store, type: ObjectName, name: string) {
  const property = propertiesOf(store, type).get(name);
  if (!property) throw invalid(`There is no property "${name}" on ${type}`);
  if (name === OBJECT_TYPES[type].modified) return { sql: 'r.updated_at', values: [], property };
  if (name === 'hs_object_id') return { sql: 'r.id', values: [], property };
  const read = 'json_extract(r.properties, ?)';
  const sql = property.type === 'number' ? `CAST(${read} AS REAL)` : `${read} COLLATE NOCASE`;
  return { sql, values: [`$."${name}"`], property };
}

function bring(
  property: PropertyDefinition,
  name: string,
  raw: string | undefined,
  column: string,
): SQLInputValue {
  if (raw === undefined) throw invalid(`A filter on "${name}" lacks its value`);
  if (column === 'r.id' || property.type === 'number') {
    if (raw.trim() === '' || !Number.isFinite(Number(raw)))
      throw invalid(`${raw} is not a number ("${name}")`);
    return Number(raw);
  }
  if (property.type !== 'datetime' && property.type !== 'date') return raw;
  const at = parseMoment(raw);
  if (at === undefined) throw invalid(`${raw} is not a moment ("${name}")`);
  if (column === 'r.updated_at') return at;
  const iso = new Date(at).toISOString();
  return property.type === 'date' ? iso.slice(0, 10) : iso;
}

function associationCondition(
  type: ObjectName,
  { propertyName, operator, value, values }: SearchFilter,
): Condition {
  const to = findObjectType(propertyName.slice('associations.'.length));
  const ids = operator === 'IN' ? values : operator === 'EQ' && value !== undefined ? [value] : undefined;
  if (!to || !ids) throw invalid(`Cannot filter ${propertyName} by ${operator}`);
  const marks = ids.map(() => '?').join(', ');
  return {
    sql: `EXISTS (SELECT 1 FROM association a WHERE a.from_type = ? AND a.from_id = r.id
          AND a.to_type = ? AND a.to_id IN (${marks}))`,
    values: [type, to.name, ...ids.map(Number)],
  };
}

type Read = { column: string; bound: SQLInputValue[]; give: (raw: string | undefined) => SQLInputValue };
type Builder = (read: Read, filter: SearchFilter) => Condition;

function compare(sign: string): Builder {
  return ({ column, bound, give }, { value }) => ({
    sql: `${column} ${sign} ?`,
    values: [...bound, give(value)],
  });
}

function amongValues(not: boolean): Builder {
  return ({ column, bound, give }, { propertyName, values = [] }) => {
    if (values.length === 0) throw invalid(`A filter on "${propertyName}" lacks its values`);
    const list = `(${values.map(() => '?').join(', ')})`;
    const sql = not ? `coalesce(${column} NOT IN ${list}, 1)` : `${column} IN ${list}`;
    return { sql, values: [...bound, ...values.map(give)] };
  };
}

function containsToken(not: boolean): Builder {
  return ({ column, bound }, { value = '' }) => ({
    sql: `${not ? 'NOT ' : ''}coalesce(${column} LIKE ? ESCAPE '\\', 0)`,
    values: [...bound, `%${value.replaceAll(/[\\%_]/g, '\\$&').replaceAll('*', '%')}%`],
  });
}

const BUILDERS: Record<SearchFilter['operator'], Builder> = {
  EQ: compare('='),
  LT: compare('<'),
  LTE: compare('<='),
  GT: compare('>'),
  GTE: compare('>='),
  NEQ: ({ column, bound, give }, { value }) => ({
    sql: `coalesce(${column} <> ?, 1)`,
    values: [...bound, give(value)],
  }),
  BETWEEN: ({ column, bound, give }, { value, highValue }) => ({
    sql: `${column} BETWEEN ? AND ?`,
    values: [...bound, give(value), give(highValue)],
  }),
  IN: amongValues(false),
  NOT_IN: amongValues(true),
  CONTAINS_TOKEN: containsToken(false),
  NOT_CONTAINS_TOKEN: containsToken(true),
  HAS_PROPERTY: ({ column, bound }) => ({ sql: `${column} IS NOT NULL`, values: bound }),
  NOT_HAS_PROPERTY: ({ column, bound }) => ({ sql: `${column} IS NULL`, values: bound }),
};

/** One filter as SQL. Records without a value match only NEQ, NOT_IN, NOT_HAS_PROPERTY, NOT_CONTAINS_TOKEN. */
export function filterCondition(store: Store, type: ObjectName, filter: SearchFilter): Condition {
  if (filter.propertyName.startsWith('associations.')) return associationCondition(type, filter);
  const { propertyName: name, operator } = filter;
  const { sql: column, values: bound, property } = comparable(store, type, name);
  const give = (raw: string | undefined) => bring(property, name, raw, column);
  return BUILDERS[operator]({ column, bound, give }, filter);
}
