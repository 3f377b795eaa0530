import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { loadRows, type Row, type Value } from '../store/rows.ts';
import type { Query } from './ast.ts';
import { resolvePath, type Resolved } from './resolve.ts';

export type Rendered = { attributes: { type: string; url: string }; [field: string]: unknown };

/** A kept value as it goes over the wire: moments end in "+0000". */
export function wireValue(field: Field | undefined, value: Value | undefined): Value {
  if (value == null) return null;
  return field?.type === 'datetime' && typeof value === 'string' ? value.replace(/Z$/, '+0000') : value;
}

export function attributesOf(version: string, type: string, id: string): Rendered['attributes'] {
  return { type, url: `/services/data/${version}/sobjects/${type}/${id}` };
}

/** The paths that a query selects, FIELDS(…) spelled out. */
export function selectedPaths(org: Org, object: SObject, query: Query): Resolved[] {
  return query.select.flatMap(selected => {
    if (selected.kind === 'children') return [];
    if (selected.kind === 'field') return [resolvePath(org, object, selected.path, query.text)];
    return object.fields
      .filter(({ custom }) => selected.which === 'ALL' || custom === (selected.which === 'CUSTOM'))
      .map(field => ({ lookups: [], field }));
  });
}

/** All records that the given rows lead to by one of the paths, loaded together. */
function loadRelated(org: Org, rows: Row[], paths: Resolved[]): Map<string, Row> {
  const known = new Map(rows.map(row => [row.id, row]));
  let front = paths.filter(({ lookups }) => lookups.length > 0).map(path => ({ path, depth: 0, rows }));
  while (front.length > 0) {
    const wanted = new Set<string>();
    for (const { path, depth, rows: from } of front) {
      for (const row of from) {
        const id = row.fields[path.lookups[depth]!.name];
        if (typeof id === 'string' && !known.has(id)) wanted.add(id);
      }
    }
    for (const [id, row] of loadRows(org.store, [...wanted])) known.set(id, row);
    front = front
      .filter(({ path, depth }) => depth + 1 < path.lookups.length)
      .map(({ path, depth, rows: from }) => ({
        path,
        depth: depth + 1,
        rows: from.flatMap(row => known.get(String(row.fields[path.lookups[depth]!.name])) ?? []),
      }));
  }
  return known;
}

/** Records with the selected fields, related ones nested by relationship name. */
export function renderRows(org: Org, version: string, rows: Row[], paths: Resolved[]): Rendered[] {
  const related = loadRelated(org, rows, paths);
  return rows.map(row => {
    const out: Rendered = { attributes: attributesOf(version, row.type, row.id) };
    for (const { lookups, field } of paths) {
      let holder = out;
      let at: Row | undefined = row;
      for (const { name, relationshipName } of lookups) {
        at = related.get(String(at.fields[name]));
        const key = relationshipName!;
        if (!at) {
          holder[key] = null;
          break;
        }
        holder[key] ??= { attributes: attributesOf(version, at.type, at.id) };
        holder = holder[key] as Rendered;
      }
      if (at) holder[field?.name ?? 'Type'] = field ? wireValue(field, at.fields[field.name]) : at.type;
    }
    return out;
  });
}
