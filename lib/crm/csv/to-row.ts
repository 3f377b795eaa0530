import { storableText } from '#lib/core/storable.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { readDate } from './dates.ts';
import type { Linkable, LinkWay } from './house-field.ts';
import { namedBy } from './house-fields.ts';
import type { ColumnMapping, Mapping } from './mapping.ts';
import { onlyPipeline } from './stages-seen.ts';

/** A name by which a record is known, in the form in which names are compared. */
export interface Known {
  by: LinkWay | 'key';
  key: string;
}

/** A row of the file as a record of its own, before anything is looked up. */
export interface CsvRow {
  line: number;
  /** The id that the file gives it. */
  id: string | null;
  /** What tells it from other rows, and the record id that follows where the file gives none. */
  identity: Known & { recordId: string };
  /** Other names by which records may link to it. */
  names: Known[];
  fields: Record<string, string | null>;
  links: { object: Linkable; by: LinkWay; key: string; kind: string }[];
  createdAt: Instant | null;
  modifiedAt: Instant | null;
  cells: Record<string, string>;
}

/** Reads rows of one header by a mapping; a row that cannot be a record answers with the reason. */
export function rowReader(columns: readonly string[], mapping: Mapping) {
  const at = new Map(columns.map((column, i) => [column, i]));
  const used = mapping.columns.map(column => ({ ...column, at: at.get(column.column) ?? -1 }));
  const idAt = used.find(column => column.id)?.at ?? -1;
  const key = mapping.key
    .map(column => used.find(one => one.column === column))
    .filter(one => one !== undefined);
  const keyWay = wayOf(key);
  const links = used.filter(column => column.link);
  const cellOf = (cells: readonly string[], i: number) => storableText(cells[i] ?? '').trim();

  const identityOf = (cells: readonly string[]): CsvRow['identity'] => {
    const id = idAt === -1 ? '' : cellOf(cells, idAt);
    if (id !== '') return { by: 'id', key: id, recordId: id };
    const values = key.map(column => cellOf(cells, column.at));
    if (values.some(value => value !== '') && values[0] !== '') {
      if (keyWay) {
        const known = keyFor(keyWay, values[0] ?? '');
        if (known !== '') return { by: keyWay, key: known, recordId: idFrom(keyWay, known) };
      }
      const mark = hashOf(values.map(value => value.toLowerCase())).slice(0, 24);
      return { by: 'key', key: mark, recordId: `k-${mark}` };
    }
    const mark = hashOf(cells.map(cell => storableText(cell))).slice(0, 24);
    return { by: 'key', key: mark, recordId: `r-${mark}` };
  };

  /** Why the cells are no row of this table; null when they are. Extra cells may be there as long as they are empty. */
  const problemOf = (cells: readonly string[]): string | null => {
    if (cells.every(cell => cell.trim() === '')) return 'All its cells are empty.';
    const extra = cells.slice(columns.length).some(cell => cell.trim() !== '');
    if (cells.length < columns.length || extra)
      return `It has ${cells.length} cells where the header has ${columns.length}.`;
    const id = idAt === -1 ? '' : cellOf(cells, idAt);
    if (id.length > 128) return `Its id has ${id.length} characters; no more than 128 can be kept.`;
    return /\p{Cc}/u.test(id) ? 'Its id has control characters in it.' : null;
  };

  const read = (line: number, cells: readonly string[]): CsvRow => {
    const fields: CsvRow['fields'] = {};
    for (const column of used)
      if (column.field) fields[column.field] = valueOf(column, cells[column.at] ?? '');
    // A stage belongs to a pipeline, also where a file knows only one.
    if (mapping.object === 'deals' && fields['dealstage']) fields['pipeline'] ??= onlyPipeline;
    const identity = identityOf(cells);
    return {
      line,
      id: identity.by === 'id' ? identity.key : null,
      identity,
      names: namesOf(mapping, fields),
      fields,
      links: linksOf(mapping, links, cells),
      createdAt: instantOf(fields['createdate']),
      modifiedAt: instantOf(fields['hs_lastmodifieddate']),
      cells: Object.fromEntries(columns.map((column, i) => [column, storableText(cells[i] ?? '')])),
    };
  };
  return { read, identityOf, problemOf };
}

/** As given, but for a date that is certain: it becomes ISO 8601. An owner's address is the owner's id. */
function valueOf({ type, dates, field }: ColumnMapping, cell: string): string | null {
  const text = storableText(cell);
  if (text.trim() === '') return null;
  if (field === 'hubspot_owner_id') return ownerIdOf(text);
  return type === 'date' ? (readDate(text, dates ?? 'iso') ?? text) : text;
}

/** E-mail addresses are one owner however they are written; a name in brackets' company is left out. */
const ownerIdOf = (text: string): string => (emailsIn(text)[0] ?? text.trim()).slice(0, 128);

const instantOf = (value: string | null | undefined): Instant | null =>
  value && /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?$/.test(value) ? toInstant(value) : null;

const emailsIn = (text: string): string[] =>
  (text.match(/[^\s@<>(),;"]+@[^\s@<>(),;"]+\.[\p{L}\d-]{2,}/gu) ?? []).map(one => one.toLowerCase());

const wayOf = (key: readonly ColumnMapping[]): LinkWay | null => {
  const [only, ...more] = key;
  if (!only || more.length > 0) return null;
  return only.field === 'email'
    ? 'email'
    : only.field === 'domain'
      ? 'domain'
      : only.field === 'name'
        ? 'name'
        : null;
};

/** A name in the form in which names are compared; '' where it is none. */
export function keyFor(by: LinkWay, value: string): string {
  if (by === 'email') return emailsIn(value)[0] ?? '';
  if (by === 'name') return value.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  if (by === 'id') return value.trim();
  const host = value
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '');
  return /^[^\s/?#:]+\.[^\s/?#:.]+/.exec(host)?.[0] ?? '';
}

/** The record id for somebody who is only known by a name: the name, where an id may be like that. */
export const idFrom = (by: LinkWay, key: string): string =>
  by !== 'name' && key.length <= 128 && !/[\p{Cc}]/u.test(key) ? key : `${by[0]}-${hashOf(key).slice(0, 24)}`;

const namesOf = ({ object }: Mapping, fields: CsvRow['fields']): Known[] => {
  const names = new Map<string, Known>();
  for (const { field, by } of namedBy[object] ?? []) {
    const key = keyFor(by, fields[field] ?? '');
    if (key !== '' && !names.has(by)) names.set(by, { by, key });
  }
  return [...names.values()];
};

const surest: readonly LinkWay[] = ['id', 'email', 'domain', 'name'];

/** Of several columns that name the same neighbour the surest counts: its id, rather than its name. */
function linksOf(
  { object: own }: Mapping,
  columns: readonly (ColumnMapping & { at: number })[],
  cells: readonly string[],
): CsvRow['links'] {
  const found = new Map<Linkable, CsvRow['links']>();
  const inOrder = columns.toSorted(
    (a, b) => surest.indexOf(a.link?.by ?? 'name') - surest.indexOf(b.link?.by ?? 'name'),
  );
  for (const { link, at } of inOrder) {
    if (!link || found.has(link.object)) continue;
    const keys = keysIn(link.by, storableText(cells[at] ?? ''));
    const kind = link.object === own ? 'parent' : 'plain';
    if (keys.length > 0)
      found.set(
        link.object,
        keys.map(key => ({ ...link, key, kind })),
      );
  }
  return [...found.values()].flat();
}

/** HubSpot writes several ids or addresses into one cell. */
function keysIn(by: LinkWay, cell: string): string[] {
  const keys =
    by === 'email'
      ? emailsIn(cell)
      : by === 'name'
        ? [keyFor('name', cell)]
        : cell.split(/[;,]/).map(part => keyFor(by, part));
  return [...new Set(keys)].filter(key => key !== '' && key.length <= 128 && !/\p{Cc}/u.test(key));
}
