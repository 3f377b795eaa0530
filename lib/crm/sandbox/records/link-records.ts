import {
  findAssociation,
  plainAssociation,
  type AssociationLink,
} from '#lib/crm/sandbox/model/association-types.ts';
import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { linkRecords, unlinkRecords, type End } from '#lib/crm/sandbox/store/associations.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord } from '#lib/crm/sandbox/store/records.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { invalid, notFound } from './refusal.ts';

/** One side of a link as the wire states it. */
export type LinkSpec = { associationCategory: string; associationTypeId: number };

/** The live record at an end, or a 404. */
export function requireEnd(store: Store, type: ObjectName, id: string): End {
  const record = loadRecord(store, type, id);
  if (!record || record.archivedAt !== null) throw notFound(id);
  return { type, id: record.id };
}

/** Announces a link from both of its ends; HubSpot does so between objects that have webhooks of their own. */
function announce(store: Store, from: End, to: End, what: { removed: boolean; primary: boolean }): void {
  const source: Source = { type: 'INTEGRATION' };
  if ([from, to].some(end => OBJECT_TYPES[end.type].event === 'object')) return;
  const at = store.now();
  queueEvent(store, { kind: 'associationChange', ...from, to, at, source, ...what });
  queueEvent(store, { kind: 'associationChange', ...to, to: from, at, source, ...what });
}

function link(store: Store, from: End, to: End, by: AssociationLink): void {
  const made = linkRecords(store, from, to, by);
  if (made) announce(store, from, to, { removed: false, primary: by.type.label !== null });
}

/** Removes all links between two records, and says so. */
export function unlink(store: Store, from: End, to: End): void {
  if (unlinkRecords(store, from, to)) announce(store, from, to, { removed: true, primary: false });
}

/** Links two records plainly, as HubSpot's "default" association does; returns the type id used. */
export function linkPlainly(store: Store, from: End, to: End): { there: number; back: number } {
  const plain = plainAssociation(from.type, to.type);
  if (!plain) throw invalid(`${from.type} cannot be associated with ${to.type}`);
  link(store, from, to, plain);
  return { there: plain.type.id, back: plain.opposite.id };
}

/**
 * Links two records by type ids. A primary link brings the plain one with it. `to` may leave its object
 * type open, as inline associations do: the type id tells it.
 */
export function linkBySpec(
  store: Store,
  from: End,
  to: { type?: ObjectName; id: string },
  specs: LinkSpec[],
): (string | null)[] {
  return specs.map(({ associationCategory, associationTypeId }) => {
    const by =
      associationCategory === 'HUBSPOT_DEFINED'
        ? findAssociation(from.type, associationTypeId, to.type)
        : undefined;
    if (!by) {
      const goal = to.type ? ` to ${to.type}` : '';
      throw invalid(
        `${associationCategory} association type ${associationTypeId} does not lead from ${from.type}${goal}`,
      );
    }
    const target = loadRecord(store, by.type.to, to.id);
    if (!target || target.archivedAt !== null) {
      throw invalid(`Cannot associate with ${by.type.to} ${to.id}: it does not exist`);
    }
    const end = { type: by.type.to, id: target.id };
    link(store, from, end, by);
    const plain = by.type.label === null ? undefined : plainAssociation(from.type, end.type);
    if (plain) linkRecords(store, from, end, plain);
    return by.type.label;
  });
}
