import { findAssociation } from '#lib/crm/sandbox/model/association-types.ts';
import { findObjectType, OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import { invalid } from '#lib/crm/sandbox/records/refusal.ts';
import { listAssociated } from '#lib/crm/sandbox/store/associations.ts';
import { readHistory, type HistoryEntry, type Source } from '#lib/crm/sandbox/store/history.ts';
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

function renderLinks(store: Store, record: StoredRecord, names: string[]) {
  const entries = names.map(name => {
    const to = findObjectType(name);
    if (!to) throw invalid(`Unable to infer object type from: ${name}`);
    const results = listAssociated(store, record, to.name).flatMap(({ id, typeIds }) =>
      typeIds.map(typeId => ({
        id: String(id),
        type: findAssociation(record.type, typeId, to.name)?.type.name ?? '',
      })),
    );
    return [to.name, { results }] as const;
  });
  return Object.fromEntries(entries.filter(([, { results }]) => results.length > 0));
}

/**
 * A record in the shape of a read. Properties that exist and are empty come as null, unknown names are left
 * out; id, creation and change times always come.
 */
export function renderRecord(store: Store, record: StoredRecord, wanted: Wanted = {}) {
  const { created, modified, defaults } = OBJECT_TYPES[record.type];
  const known = propertiesOf(store, record.type);
  const names = [...(wanted.properties ?? defaults), created, modified, 'hs_object_id'].filter(name =>
    known.has(name),
  );
  const withHistory = (wanted.propertiesWithHistory ?? []).filter(name => known.has(name));
  const all = [...new Set([...names, ...withHistory])];
  return {
    id: String(record.id),
    properties: Object.fromEntries(all.map(name => [name, record.properties[name] ?? null])),
    ...(withHistory.length > 0 && {
      propertiesWithHistory: Object.fromEntries(
        withHistory.map(name => [
          name,
          readHistory(store, record.type, record.id, name).map(entry => renderHistory(entry)),
        ]),
      ),
    }),
    ...(wanted.associations?.length ? { associations: renderLinks(store, record, wanted.associations) } : {}),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archivedAt !== null,
    ...(record.archivedAt !== null && { archivedAt: new Date(record.archivedAt).toISOString() }),
  };
}

/** A record as a write returns it: with everything that is set. */
export function renderWritten(store: Store, record: StoredRecord) {
  return renderRecord(store, record, { properties: Object.keys(record.properties) });
}
