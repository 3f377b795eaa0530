import { compare } from '#lib/core/compare.ts';
import type { CrmRecord, FieldMoment, Link } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { contentHash } from '#lib/platform/hash.ts';
import type { ReadRecord } from '../doors.ts';
import { objectShapes, type RecordObject } from './objects.ts';
import type { WireRecord } from './wire.ts';

/** Everything of a record but its name, from whatever interface it came. */
export type Content = Omit<CrmRecord, 'ref' | 'version'>;

/** Names a record and its version: when it changed last, and what it then was (links change without a new time). */
export function named(object: CrmObject, id: string, content: Content): CrmRecord {
  const mark = contentHash(content).slice(0, 12);
  return { ref: { crm: 'hubspot', object, id }, version: `${content.updatedAt}-${mark}`, ...content };
}

/** For what HubSpot gives no time. */
export const unknownTime: Instant = '1970-01-01T00:00:00.000Z';

/** A record of an interface that keeps no earlier values; its times are those of `raw`, where that has them. */
export const plainRecord = (
  object: CrmObject,
  id: string,
  fields: CrmRecord['fields'],
  raw: { createdAt?: Instant | undefined; updatedAt?: Instant | undefined; [word: string]: unknown },
  links: readonly Link[] = [],
): ReadRecord => ({
  record: named(object, id, {
    createdAt: raw.createdAt ?? unknownTime,
    updatedAt: raw.updatedAt ?? unknownTime,
    archived: false,
    fields,
    history: [],
    links: [...links],
  }),
  raw,
});

/**
 * A record in our words. The modification time leaves the fields, where it would make a new version of a record in
 * which nothing that we read has changed; it stays as `updatedAt`.
 */
export function toRecord(
  object: RecordObject,
  wire: WireRecord,
  links: readonly Link[],
  more: CrmRecord['fields'] = {},
): CrmRecord {
  return named(object, wire.id, {
    createdAt: wire.createdAt,
    updatedAt: wire.updatedAt,
    archived: wire.archived,
    fields: fieldsOf(wire.properties, objectShapes[object].modified, more),
    history: historyOf(wire),
    links: links.length > 1 ? [...links].sort((a, b) => compare(keyOf(a), keyOf(b))) : [...links],
  });
}

let lastBlank: { names: readonly string[]; fields: CrmRecord['fields'] } | null = null;

/**
 * Values by name, but for one, and some more. They are filled into a copy of what `JSON.parse` makes of those names,
 * which all the records of a batch have: that is several times smaller and faster than an object that grows name by name.
 */
function fieldsOf(
  properties: WireRecord['properties'],
  but: string,
  more: CrmRecord['fields'],
): CrmRecord['fields'] {
  const names = [...Object.keys(properties), ...Object.keys(more)].filter(name => name !== but);
  if (!lastBlank || !sameNames(lastBlank.names, names)) {
    const blank = names.map(name => `${JSON.stringify(name)}:null`).join(',');
    lastBlank = { names, fields: JSON.parse(`{${blank}}`) as CrmRecord['fields'] };
  }
  const fields = { ...lastBlank.fields };
  for (const name of names) {
    const value = name in more ? more[name] : valueOf(properties[name]);
    if (value !== undefined && value !== null) fields[name] = value;
  }
  return fields;
}

/** HubSpot writes a cleared value as '' or as null, and means the same. */
export const valueOf = (value: string | null | undefined): string | null => value || null;

const historyOf = ({ propertiesWithHistory = {} }: WireRecord): FieldMoment[] =>
  Object.entries(propertiesWithHistory)
    .flatMap(([field, entries]) =>
      entries.map(entry => ({
        field,
        value: valueOf(entry.value),
        at: entry.timestamp,
        source: entry.sourceType ? [entry.sourceType, entry.sourceId].filter(Boolean).join(':') : null,
      })),
    )
    .sort((a, b) => compare(a.field, b.field) || compare(a.at, b.at));

const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

const keyOf = ({ to, kind }: Link): string => `${to.object}:${to.id}:${kind}`;
