import type { CrmRecord, FieldMoment, Link } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { contentHash } from '#lib/platform/hash.ts';
import { objectShapes, type RecordObject } from './objects.ts';
import type { WireRecord } from './wire.ts';

/** Everything of a record but its name, from whatever interface it came. */
export type Content = Omit<CrmRecord, 'ref' | 'version'>;

/** Names a record and its version: when it changed last, and what it then was (links change without a new time). */
export function named(object: CrmObject, id: string, content: Content): CrmRecord {
  const mark = contentHash(content).slice(0, 12);
  return { ref: { crm: 'hubspot', object, id }, version: `${content.updatedAt}-${mark}`, ...content };
}

/**
 * A record in our words. The modification time leaves the fields, where it would make a new version of a record in
 * which nothing that we read has changed; it stays as `updatedAt`.
 */
export function toRecord(object: RecordObject, wire: WireRecord, links: readonly Link[]): CrmRecord {
  const { [objectShapes[object].modified]: _, ...properties } = wire.properties;
  return named(object, wire.id, {
    createdAt: wire.createdAt,
    updatedAt: wire.updatedAt,
    archived: wire.archived,
    fields: Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, valueOf(value)])),
    history: historyOf(wire),
    links: [...links].sort((a, b) => compare(keyOf(a), keyOf(b))),
  });
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

const keyOf = ({ to, kind }: Link): string => `${to.object}:${to.id}:${kind}`;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
