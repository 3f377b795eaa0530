import { findAssociation } from '#lib/crm/sandbox/model/association-types.ts';
import { findObjectType, OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { invalid } from '#lib/crm/sandbox/records/refusal.ts';
import { listAssociatedOf, type Associated } from '#lib/crm/sandbox/store/associations.ts';
import { readHistories, type HistoryEntry, type Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';

/** What a read asks for: property names, names with history, and objects to list links to. */
export type Wanted = { properties?: string[]; propertiesWithHistory?: string[]; associations?: string[] };

const SOURCE_LABELS: Record<Source['type'], string> = {
  INTEGRATION: 'Connected app',
  CRM_UI: 'CRM UI',
  IMPORT: 'Import',
  CALCULATED: 'Calculated',
};

function renderHistory({ value, at, source }: HistoryEntry) {
  return {
    value,
    timestamp: new Date(at).toISOString(),
    sourceType: source.type,
    sourceLabel: SOURCE_LABELS[source.type],
    ...(source.id === undefined ? {} : { sourceId: source.id }),
    ...(source.userId === undefined ? {} : { updatedByUserId: source.userId }),
  };
}

function renderLinks(from: ObjectName, to: ObjectName, linked: Associated[]) {
  const results = linked.flatMap(({ id, typeIds }) =>
    typeIds.map(typeId => ({
      id: String(id),
      type: findAssociation(from, typeId, to)?.type.name ?? '',
    })),
  );
  return { results };
}

/** The links of records to each object that was asked for, read in one go for each object. */
function linksOf(store: Store, type: ObjectName, ids: number[], names: string[]) {
  return names.map(name => {
    const to = findObjectType(name);
    if (!to) throw invalid(`Unable to infer object type from: ${name}`);
    return { to: to.name, linked: listAssociatedOf(store, type, ids, to.name) };
  });
}

/**
 * Records of one object in the shape of a read. Properties that exist and are empty come as null, unknown names
 * are left out; id, creation and change times always come. History and links are read once for all records.
 */
export function renderRecords(store: Store, type: ObjectName, records: StoredRecord[], wanted: Wanted = {}) {
  const { created, modified, defaults } = OBJECT_TYPES[type];
  const known = propertiesOf(store, type);
  const asked = [...(wanted.properties ?? defaults), created, modified, 'hs_object_id'];
  const withHistory = [...new Set(wanted.propertiesWithHistory)].filter(name => known.has(name));
  const names = [...new Set([...asked.filter(name => known.has(name)), ...withHistory])];
  const ids = records.map(({ id }) => id);
  const histories = readHistories(store, type, ids, withHistory);
  const links = linksOf(store, type, ids, wanted.associations ?? []);
  return records.map(record => {
    const properties: Record<string, string | null> = {};
    for (const name of names) properties[name] = record.properties[name] ?? null;
    const history = histories.get(record.id);
    const linked = links.flatMap(({ to, linked: found }) => {
      const own = found.get(record.id);
      return own ? [[to, renderLinks(type, to, own)] as const] : [];
    });
    return {
      id: String(record.id),
      properties,
      ...(withHistory.length > 0 && {
        propertiesWithHistory: Object.fromEntries(
          withHistory.map(name => [name, (history?.get(name) ?? []).map(entry => renderHistory(entry))]),
        ),
      }),
      ...(links.length > 0 ? { associations: Object.fromEntries(linked) } : {}),
      createdAt: new Date(record.createdAt).toISOString(),
      updatedAt: new Date(record.updatedAt).toISOString(),
      archived: record.archivedAt !== null,
      ...(record.archivedAt !== null && { archivedAt: new Date(record.archivedAt).toISOString() }),
    };
  });
}

type Rendered = ReturnType<typeof renderRecords>[number];

/** One record in the shape of a read. */
export function renderRecord(store: Store, record: StoredRecord, wanted: Wanted = {}): Rendered {
  return renderRecords(store, record.type, [record], wanted)[0] as Rendered;
}

/** A record as a write returns it: with everything that is set. */
export function renderWritten(store: Store, record: StoredRecord): Rendered {
  return renderRecord(store, record, { properties: Object.keys(record.properties) });
}
