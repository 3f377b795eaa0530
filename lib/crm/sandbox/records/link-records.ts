import { findAssociation, plainAssociation } from '#lib/crm/sandbox/model/association-types.ts';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { linkRecords, type End } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord } from '#lib/crm/sandbox/store/records.ts';
import { invalid, notFound } from './refusal.ts';

/** One side of a link as the wire states it. */
export type LinkSpec = { associationCategory: string; associationTypeId: number };

/** The live record at an end, or a 404. */
export function requireEnd(store: Store, type: ObjectName, id: string): End {
  const record = loadRecord(store, type, id);
  if (!record || record.archivedAt !== null) throw notFound(id);
  return { type, id: record.id };
}

/** Links two records plainly, as HubSpot's "default" association does; returns the type id used. */
export function linkPlainly(store: Store, from: End, to: End): { there: number; back: number } {
  const link = plainAssociation(from.type, to.type);
  if (!link) throw invalid(`${from.type} cannot be associated with ${to.type}`);
  linkRecords(store, from, to, link);
  return { there: link.type.id, back: link.opposite.id };
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
    const link =
      associationCategory === 'HUBSPOT_DEFINED'
        ? findAssociation(from.type, associationTypeId, to.type)
        : undefined;
    if (!link) {
      const goal = to.type ? ` to ${to.type}` : '';
      throw invalid(
        `${associationCategory} association type ${associationTypeId} does not lead from ${from.type}${goal}`,
      );
    }
    const target = loadRecord(store, link.type.to, to.id);
    if (!target || target.archivedAt !== null) {
      throw invalid(`Cannot associate with ${link.type.to} ${to.id}: it does not exist`);
    }
    const end = { type: link.type.to, id: target.id };
    linkRecords(store, from, end, link);
    if (link.type.label !== null) linkPlainly(store, from, end);
    return link.type.label;
  });
}
