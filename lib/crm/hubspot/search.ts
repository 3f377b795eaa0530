import type { Instant } from '#lib/core/time.ts';
import { version, type HubSpot } from './api.ts';
import { objectShapes, wireName, type RecordObject } from './objects.ts';
import { pageOf, WireId } from './wire.ts';

interface Filter {
  propertyName: string;
  operator: string;
  value: string;
}

/** Ids of the records that all filters fit. Goes by record id, not by page number: search ends at 10,000 results, and records change while it is read. */
export async function searchIds(
  hubspot: HubSpot,
  object: RecordObject,
  filters: readonly Filter[],
  after: string | null,
) {
  const beyond = after === null ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: after }];
  const limit = 100;
  const { results } = await hubspot.send(
    {
      method: 'POST',
      path: `/crm/objects/${version}/${wireName(object)}/search`,
      body: {
        filterGroups: [{ filters: [...filters, ...beyond] }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: ['hs_object_id'],
        limit,
      },
      doing: `searching ${object}`,
    },
    pageOf(WireId),
  );
  const ids = results.map(({ id }) => id);
  return { ids, next: ids.length < limit ? null : (ids.at(-1) ?? null) };
}

/** Ids of live records that were modified at or after a time. */
export const searchModified = (
  hubspot: HubSpot,
  object: RecordObject,
  since: Instant,
  after: string | null,
) =>
  searchIds(
    hubspot,
    object,
    [{ propertyName: objectShapes[object].modified, operator: 'GTE', value: String(Date.parse(since)) }],
    after,
  );
