import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { RECORD_COLUMNS, recordFromRow, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { invalid } from './refusal.ts';
import { comparable, filterCondition, type Condition } from './search-condition.ts';
import type { SearchRequest } from './search-request.ts';

const MOST_RESULTS = 10_000;
const DEFAULT_LIMIT = 10;

/** Joins conditions with AND or OR; an empty list holds always. */
function join(conditions: Condition[], word: 'AND' | 'OR'): Condition {
  if (conditions.length === 0) return { sql: '1', values: [] };
  return {
    sql: `(${conditions.map(({ sql }) => sql).join(` ${word} `)})`,
    values: conditions.flatMap(({ values }) => values),
  };
}

/** Every word of the text must stand in one of the properties the object is searched by. */
export function textCondition(type: ObjectName, query: string): Condition {
  const words = query.split(/\s+/).filter(Boolean);
  const perWord = words.map(word => {
    const pattern = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
    return join(
      OBJECT_TYPES[type].searched.map(name => ({
        sql: `coalesce(json_extract(r.properties, ?) LIKE ? ESCAPE '\\', 0)`,
        values: [`$."${name}"`, pattern],
      })),
      'OR',
    );
  });
  return join(perWord, 'AND');
}

function order(store: Store, type: ObjectName, sorts: SearchRequest['sorts']): Condition {
  const sort = sorts?.[0];
  if (sort === undefined) return { sql: 'r.id', values: [] };
  const text = typeof sort === 'string';
  const name = text ? sort.replace(/^-/, '') : sort.propertyName;
  const descending = text ? sort.startsWith('-') : sort.direction === 'DESCENDING';
  const { sql, values } = comparable(store, type, name);
  return { sql: `${sql} ${descending ? 'DESC' : 'ASC'}, r.id`, values };
}

/** Live records that match, a page at a time. `after` is the offset of the next page, if there is one. */
export function searchRecords(
  store: Store,
  type: ObjectName,
  request: SearchRequest,
): { total: number; records: StoredRecord[]; after?: number } {
  const groups = (request.filterGroups ?? []).map(({ filters }) =>
    join(
      filters.map(filter => filterCondition(store, type, filter)),
      'AND',
    ),
  );
  if ((request.filterGroups ?? []).flatMap(({ filters }) => filters).length > 18) {
    throw invalid('A search may have 18 filters at most');
  }
  const where = join(
    [join(groups, 'OR'), ...(request.query ? [textCondition(type, request.query)] : [])],
    'AND',
  );
  const offset = Number(request.after ?? 0);
  const limit = request.limit ?? DEFAULT_LIMIT;
  if (offset + limit > MOST_RESULTS)
    throw invalid(`Only the first ${MOST_RESULTS} results can be paged through`);
  const from = `FROM record r WHERE r.type = ? AND r.archived_at IS NULL AND ${where.sql}`;
  const total = Number(store.get(`SELECT count(*) AS n ${from}`, type, ...where.values)?.['n']);
  const by = order(store, type, request.sorts);
  const rows = store.all(
    `SELECT ${RECORD_COLUMNS} ${from} ORDER BY ${by.sql} LIMIT ? OFFSET ?`,
    type,
    ...where.values,
    ...by.values,
    limit,
    offset,
  );
  const end = offset + rows.length;
  const more = rows.length > 0 && end < Math.min(total, MOST_RESULTS);
  return { total, records: rows.map(recordFromRow), ...(more ? { after: end } : {}) };
}
