import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { moveLinks } from '#lib/crm/sandbox/store/associations.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { loadRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { dropRecord, recordMerge } from '#lib/crm/sandbox/store/remove-record.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import type { Values } from './check-properties.ts';
import { claimUniqueValues } from './claim-unique-values.ts';
import { invalid, notFound } from './refusal.ts';
import { keepValues } from './update-record.ts';

const MERGEABLE: ObjectName[] = ['contacts', 'companies', 'deals', 'tickets'];

function requireLive(store: Store, type: ObjectName, id: string): StoredRecord {
  const record = loadRecord(store, type, id);
  if (!record || record.archivedAt !== null) throw notFound(id);
  return record;
}

/** What the survivor lacks and the other has. */
function missingValues(store: Store, survivor: StoredRecord, other: StoredRecord): Values {
  const known = propertiesOf(store, survivor.type);
  const own = Object.entries(other.properties).filter(
    ([name]) => known.get(name)?.readOnly === undefined && !survivor.properties[name],
  );
  return Object.fromEntries(own);
}

function joinIds(...lists: (string | undefined)[]): string {
  return [...new Set(lists.flatMap(list => (list ?? '').split(';').filter(Boolean)))].join(';');
}

/** The properties in which HubSpot keeps what was merged into a record. */
function mergeMarks(survivor: StoredRecord, other: StoredRecord, now: number): Values {
  const [ours, theirs] = [survivor.properties, other.properties];
  const id = String(other.id);
  const ids = joinIds(ours['hs_merged_object_ids'], theirs['hs_merged_object_ids'], id);
  if (survivor.type !== 'contacts') return { hs_merged_object_ids: ids };
  const email = theirs['email'] === ours['email'] ? undefined : theirs['email'];
  const emails = joinIds(
    ours['hs_additional_emails'],
    theirs['hs_additional_emails'],
    ours['email'] && email,
  );
  const vids = [ours, theirs].map(values => values['hs_calculated_merged_vids']);
  return {
    hs_merged_object_ids: ids,
    hs_calculated_merged_vids: joinIds(...vids, `${id}:${now}`),
    ...(emails && { hs_additional_emails: emails }),
  };
}

/**
 * Merges a record into another: the survivor keeps its values and takes over what it lacks, and all links. From
 * then on the other's id stands for the survivor. Announced as a merge.
 */
export function mergeRecords(
  store: Store,
  type: ObjectName,
  { primaryId, otherId }: { primaryId: string; otherId: string },
  source: Source,
): StoredRecord {
  if (!MERGEABLE.includes(type)) throw invalid(`${type} cannot be merged`);
  return store.transact(() => {
    const survivor = requireLive(store, type, primaryId);
    const other = requireLive(store, type, otherId);
    if (survivor.id === other.id) {
      throw invalid(`A ${OBJECT_TYPES[type].singular} cannot be merged with itself: ${otherId}`);
    }
    const moved = missingValues(store, survivor, other);
    moveLinks(store, other, survivor);
    dropRecord(store, other);
    recordMerge(store, other, survivor.id);
    claimUniqueValues(store, type, survivor.id, moved);
    const kept = keepValues(store, survivor, moved, mergeMarks(survivor, other, store.now()), source);
    queueEvent(store, {
      kind: 'merge',
      type,
      id: survivor.id,
      at: kept.updatedAt,
      source,
      mergedIds: [other.id],
      moved: Object.keys(moved).length,
    });
    return kept;
  });
}
