import type { SObject } from '../model/sobject.ts';
import { newId, type Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { loadRows, type Row } from '../store/rows.ts';
import type { Query } from './ast.ts';
import { compileQuery } from './compile.ts';
import { parseQuery } from './parse.ts';
import { renderRows, selectedPaths, type Rendered } from './render.ts';
import { requireObject } from './resolve.ts';
import { malformed } from './tokens.ts';

export type Page = { totalSize: number; done: boolean; records: Rendered[]; nextRecordsUrl?: string };

type Cursor = { query: Query; object: SObject; ids: string[] };
/** Open result sets by locator, oldest first; lost with the process, as Salesforce's are after two days. */
export type Cursors = Map<string, Cursor>;

export type QueryOptions = { version: string; batchSize: number; deleted: boolean };

const MOST_CURSORS = 100;

/** The ids of a query's records in order. */
export function queryIds(org: Org, object: SObject, query: Query, deleted: boolean): string[] {
  const { from, order, values } = compileQuery(org, object, query, deleted);
  const sql = `SELECT r0.id ${from} ORDER BY ${order} LIMIT ? OFFSET ?`;
  return org.store.all(sql, ...values, query.limit ?? -1, query.offset).map(row => String(row['id']));
}

/** Children of each parent: related lists nested as results of their own. */
function addChildren(
  org: Org,
  version: string,
  object: SObject,
  query: Query,
  records: Rendered[],
  ids: string[],
): void {
  for (const selected of query.select) {
    if (selected.kind !== 'children') continue;
    const child = org.schema
      .children(object)
      .find(({ relationshipName }) => relationshipName.toLowerCase() === selected.query.from.toLowerCase());
    if (!child) {
      const message = `Didn't understand relationship '${selected.query.from}' in FROM part of query call.`;
      throw new SalesforceRefusal('INVALID_TYPE', message);
    }
    const type = org.schema.find(child.childSObject)!;
    if (selected.query.count || selected.query.select.some(({ kind }) => kind === 'children')) {
      throw malformed('A child query selects fields only');
    }
    const { from, order, values } = compileQuery(org, type, selected.query, false);
    const key = `(r0.fields ->> '$.${child.field}')`;
    const sql = `SELECT r0.id, ${key} AS parent ${from} AND ${key} IN (SELECT value FROM json_each(?)) ORDER BY ${order}`;
    const byParent = new Map<string, string[]>();
    for (const row of org.store.all(sql, ...values, JSON.stringify(ids))) {
      const parent = String(row['parent']);
      byParent.set(parent, [...(byParent.get(parent) ?? []), String(row['id'])]);
    }
    const { limit = Infinity, offset } = selected.query;
    const paths = selectedPaths(org, type, selected.query);
    for (const [i, id] of ids.entries()) {
      const rows = rowsInOrder(org, (byParent.get(id) ?? []).slice(offset, offset + limit));
      const list = renderRows(org, version, rows, paths);
      records[i]![child.relationshipName] =
        list.length > 0 ? { totalSize: list.length, done: true, records: list } : null;
    }
  }
}

function rowsInOrder(org: Org, ids: string[]): Row[] {
  if (ids.length === 0) return [];
  const rows = loadRows(org.store, ids);
  return ids.flatMap(id => rows.get(id) ?? []);
}

function pageOf(org: Org, cursors: Cursors, locator: string, from: number, options: QueryOptions): Page {
  const { query, object, ids } = cursors.get(locator)!;
  const to = from + options.batchSize;
  const slice = ids.slice(from, to);
  const records = renderQuery(org, options.version, object, query, slice);
  if (to >= ids.length) return { totalSize: ids.length, done: true, records };
  const nextRecordsUrl = `/services/data/${options.version}/query/${locator}-${to}`;
  return { totalSize: ids.length, done: false, nextRecordsUrl, records };
}

export function renderQuery(
  org: Org,
  version: string,
  object: SObject,
  query: Query,
  ids: string[],
): Rendered[] {
  const rows = rowsInOrder(org, ids);
  const records = renderRows(org, version, rows, selectedPaths(org, object, query));
  addChildren(
    org,
    version,
    object,
    query,
    records,
    rows.map(({ id }) => id),
  );
  return records;
}

/** Checks a query and finds its object; everything that it selects must exist. */
export function readQuery(org: Org, soql: string): { query: Query; object: SObject } {
  const query = parseQuery(soql);
  const object = requireObject(org, query.from, query.text, query.fromAt);
  selectedPaths(org, object, query);
  if (query.select.some(({ kind }) => kind === 'all') && (query.limit ?? Infinity) > 200) {
    throw malformed('The SOQL FIELDS function must have a LIMIT of at most 200');
  }
  return { query, object };
}

/** Runs a query; more than a batch of records leaves a cursor behind for the next pages. */
export function runQuery(org: Org, cursors: Cursors, soql: string, options: QueryOptions): Page {
  const { query, object } = readQuery(org, soql);
  const ids = queryIds(org, object, query, options.deleted);
  if (query.count) return { totalSize: ids.length, done: true, records: [] };
  const locator = newId(org, '01g');
  cursors.set(locator, { query, object, ids });
  const page = pageOf(org, cursors, locator, 0, options);
  if (page.done) cursors.delete(locator);
  for (const oldest of cursors.keys()) if (cursors.size > MOST_CURSORS) cursors.delete(oldest);
  return page;
}

/** The page at a `nextRecordsUrl`'s end ("01g…-2000"). */
export function nextPage(org: Org, cursors: Cursors, place: string, options: QueryOptions): Page {
  const [, locator = '', from = ''] = /^(\w{15,18})-(\d{1,9})$/.exec(place) ?? [];
  if (!cursors.has(locator)) throw new SalesforceRefusal('INVALID_QUERY_LOCATOR', 'invalid query locator');
  return pageOf(org, cursors, locator, Number(from), options);
}
