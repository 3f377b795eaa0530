import type { SQLInputValue } from 'node:sqlite';
import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import { toLongId } from '../ids.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import type { Condition, Literal, Operator, Path, Query } from './ast.ts';
import { periodOf } from './periods.ts';
import { requireObject, resolvePath } from './resolve.ts';
import { malformed } from './tokens.ts';

/** A condition as SQL over `sf_record r0`, with the joins that it needs and the values for its marks, in order. */
export type Compiled = { joins: string; where: string; values: SQLInputValue[] };

type Scope = { org: Org; object: SObject; text: string; joins: Map<string, { alias: string; sql: string }> };

const NUMERIC = new Set(['int', 'double', 'currency', 'percent']);
const SQL: Record<Operator, string> = {
  '=': 'IS',
  '!=': 'IS NOT',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  like: 'LIKE',
};

/** Where a value is kept: what Salesforce sets on every record has columns of its own. */
function columnOf(alias: string, field: Field | undefined): string {
  if (!field) return `${alias}.type`;
  if (field.name === 'Id') return `${alias}.id`;
  if (field.name === 'SystemModstamp') return `${alias}.modstamp`;
  if (field.name === 'IsDeleted') return `${alias}.deleted`;
  if (field.name === 'CreatedDate') return `${alias}.created`;
  return `(${alias}.fields ->> '$.${field.name}')`;
}

function column(scope: Scope, path: Path): { sql: string; field: Field | undefined } {
  const { lookups, field } = resolvePath(scope.org, scope.object, path, scope.text);
  let alias = 'r0';
  let key = '';
  for (const lookup of lookups) {
    key += `.${lookup.name}`;
    const known = scope.joins.get(key);
    const next = known?.alias ?? `r${scope.joins.size + 1}`;
    if (!known) {
      const sql = `LEFT JOIN sf_record ${next} ON ${next}.id = (${alias}.fields ->> '$.${lookup.name}')`;
      scope.joins.set(key, { alias: next, sql });
    }
    alias = next;
  }
  return { sql: columnOf(alias, field), field };
}

function wrongKind(field: Field | undefined, kind: string): never {
  const name = field?.name ?? 'Type';
  const quoted = kind === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  throw new SalesforceRefusal(
    'INVALID_FIELD',
    `value of filter criterion for field '${name}' must be of type ${kind} and ${quoted}`,
  );
}

/** The value for a mark, checked against the field that it is compared with. */
function bind(field: Field | undefined, value: Literal): SQLInputValue {
  if (value.kind === 'null') return null;
  const type = field?.type ?? 'string';
  if (NUMERIC.has(type)) return value.kind === 'number' ? value.value : wrongKind(field, type);
  if (type === 'boolean') return value.kind === 'boolean' ? Number(value.value) : wrongKind(field, type);
  if (type === 'date') return value.kind === 'date' ? value.text : wrongKind(field, 'date');
  if (type === 'datetime') {
    if (value.kind !== 'datetime') return wrongKind(field, 'dateTime');
    const time = Date.parse(value.text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
    if (Number.isNaN(time)) throw malformed(`Invalid dateTime '${value.text}'`);
    return new Date(time).toISOString();
  }
  if (value.kind !== 'string') return wrongKind(field, 'string');
  if (type !== 'reference' && type !== 'id') return value.text;
  const long = toLongId(value.text);
  if (long === undefined && value.text !== '') {
    throw new SalesforceRefusal('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${value.text}`);
  }
  return long ?? null;
}

function comparePeriod(
  sql: string,
  field: Field | undefined,
  operator: Operator,
  { from, to }: { from: number; to: number },
): { where: string; values: SQLInputValue[] } {
  if (field?.type !== 'date' && field?.type !== 'datetime') return wrongKind(field, field?.type ?? 'string');
  const cut = (at: number) => new Date(at).toISOString().slice(0, field.type === 'date' ? 10 : 24);
  const [start, end] = [cut(from), cut(to)];
  const wheres: Record<Operator, string> = {
    '=': `(${sql} >= ?1 AND ${sql} < ?2)`,
    '!=': `(${sql} < ?1 OR ${sql} >= ?2 OR ${sql} IS NULL)`,
    '<': `${sql} < ?1`,
    '>=': `${sql} >= ?1`,
    '<=': `${sql} < ?2`,
    '>': `${sql} >= ?2`,
    like: '',
  };
  if (operator === 'like') return wrongKind(field, field.type);
  const marks = [...wheres[operator].matchAll(/\?([12])/g)].map(([, mark]) => (mark === '1' ? start : end));
  return { where: wheres[operator].replace(/\?[12]/g, '?'), values: marks };
}

function compare(scope: Scope, path: Path, operator: Operator, value: Literal): Omit<Compiled, 'joins'> {
  const { sql, field } = column(scope, path);
  if (field?.type === 'textarea' && field.length > 255) {
    const message = `field '${field.name}' can not be filtered in a query call`;
    throw new SalesforceRefusal('INVALID_FIELD', message);
  }
  if (value.kind === 'period') {
    const range = periodOf(value.name, value.n, scope.org.store.now());
    return comparePeriod(sql, field, operator, range);
  }
  if (operator === 'like') {
    const isText =
      !field || !(NUMERIC.has(field.type) || /^(boolean|date|datetime|id|reference)$/.test(field.type));
    if (!isText || value.kind !== 'string') {
      throw new SalesforceRefusal(
        'INVALID_QUERY_FILTER_OPERATOR',
        `invalid operator on ${field?.type ?? 'string'} field`,
      );
    }
    return { where: `coalesce(${sql} LIKE ? ESCAPE '\\', 0)`, values: [value.like] };
  }
  if (value.kind === 'null' && operator !== '=' && operator !== '!=')
    throw malformed("unexpected token: 'null'");
  const bound = bind(field, value);
  const nocase = typeof bound === 'string' && !/^(id|reference|date|datetime)$/.test(field?.type ?? '');
  const where = `${sql} ${SQL[operator]} ?${nocase ? ' COLLATE NOCASE' : ''}`;
  return { where: operator === '=' || operator === '!=' ? where : `coalesce(${where}, 0)`, values: [bound] };
}

function compileIn(
  scope: Scope,
  path: Path,
  negated: boolean,
  list: Literal[] | Query,
): Omit<Compiled, 'joins'> {
  const { sql, field } = column(scope, path);
  const not = negated ? 'NOT ' : '';
  if (Array.isArray(list)) {
    const bound = list.map(value => bind(field, value));
    const text = field?.type === 'id' || field?.type === 'reference' ? sql : `${sql} COLLATE NOCASE`;
    const known = bound.filter(one => one !== null);
    const inList = `coalesce(${text} IN (SELECT value FROM json_each(?)), 0)`;
    const orNull = known.length < bound.length ? `(${inList} OR ${sql} IS NULL)` : inList;
    return { where: `${not}${orNull}`, values: [JSON.stringify(known)] };
  }
  const [selected] = list.select;
  if (list.select.length !== 1 || selected?.kind !== 'field' || list.limit !== undefined) {
    throw malformed('A semi join sub-select must select exactly one field, without LIMIT');
  }
  const object = requireObject(scope.org, list.from, scope.text, list.fromAt);
  const inner: Scope = { ...scope, object, joins: new Map() };
  const picked = column(inner, selected.path);
  const condition = list.where ? compile(inner, list.where) : { where: '1', values: [] };
  const joins = [...inner.joins.values()].map(join => join.sql).join(' ');
  const query =
    `SELECT ${picked.sql} FROM sf_record r0 ${joins} ` +
    `WHERE r0.type = '${object.name}' AND r0.deleted = 0 AND (${condition.where})`;
  return { where: `${not}coalesce(${sql} IN (${query}), 0)`, values: condition.values };
}

function compile(scope: Scope, condition: Condition): Omit<Compiled, 'joins'> {
  if (condition.kind === 'compare') {
    return compare(scope, condition.path, condition.operator, condition.value);
  }
  if (condition.kind === 'in') return compileIn(scope, condition.path, condition.negated, condition.values);
  if (condition.kind === 'not') {
    const { where, values } = compile(scope, condition.part);
    return { where: `NOT coalesce(${where}, 0)`, values };
  }
  const parts = condition.parts.map(part => compile(scope, part));
  const glue = condition.kind === 'and' ? ' AND ' : ' OR ';
  return {
    where: `(${parts.map(({ where }) => where).join(glue)})`,
    values: parts.flatMap(({ values }) => values),
  };
}

function joinsOf(scope: Scope): string {
  return [...scope.joins.values()].map(({ sql }) => sql).join(' ');
}

export function compileCondition(org: Org, object: SObject, condition: Condition): Compiled {
  const scope: Scope = { org, object, text: '', joins: new Map() };
  const { where, values } = compile(scope, condition);
  return { joins: joinsOf(scope), where, values };
}

/** SQL that gives the ids of a query's records in its order; `deleted` records too if asked. */
export function compileQuery(
  org: Org,
  object: SObject,
  query: Query,
  deleted: boolean,
): { from: string; order: string; values: SQLInputValue[] } {
  const scope: Scope = { org, object, text: query.text, joins: new Map() };
  const { where, values } = query.where ? compile(scope, query.where) : { where: '1', values: [] };
  const order = query.orderBy.map(({ path, descending, nullsLast }) => {
    const { sql, field } = column(scope, path);
    const nocase = !field || /^(string|picklist|email|phone|url|textarea)$/.test(field.type);
    const direction = descending ? 'DESC' : 'ASC';
    return `${sql}${nocase ? ' COLLATE NOCASE' : ''} ${direction} NULLS ${nullsLast ? 'LAST' : 'FIRST'}`;
  });
  const alive = deleted ? '' : 'AND r0.deleted = 0 ';
  const from = `FROM sf_record r0 ${joinsOf(scope)} WHERE r0.type = '${object.name}' ${alive}AND (${where})`;
  return { from, order: [...order, 'r0.id'].join(', '), values };
}
