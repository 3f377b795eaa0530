import type { CrmObject } from '#lib/core/subject.ts';
import type { CrmReader, ReadRecord } from '../doors.ts';
import type { CrmSession } from '../session.ts';
import { allOfAccount, listOfAccount } from './account-objects.ts';
import { readDefinitions } from './account.ts';
import { openHubSpot, version, type HubSpot } from './api.ts';
import { readConsent } from './consent.ts';
import { withConversions } from './conversion.ts';
import { findMerged, findPresent, listRemoved } from './lost.ts';
import { isRecordObject, objectShapes, wireName, type RecordObject } from './objects.ts';
import { readPage } from './page.ts';
import { readRecords } from './records.ts';
import { searchModified } from './search.ts';
import { WireId } from './wire.ts';

export function openHubSpotReader(session: CrmSession): CrmReader {
  const hubspot = openHubSpot(session);
  const propertiesOf = rememberProperties(hubspot);

  const hydrate = async (object: RecordObject, ids: readonly string[], askConsent: boolean) => {
    const records = await readRecords(hubspot, object, ids, {
      properties: await propertiesOf(object),
      askConsent,
    });
    return object === 'leads' ? withConversions(hubspot, records) : records;
  };

  return {
    crm: 'hubspot',
    objects: readObjects,

    listPage: async (object, { after, limit }) => {
      if (!isRecordObject(object)) return listOfAccount(hubspot, object, after);
      const { results, next } = await readPage(
        hubspot,
        {
          path: `/crm/objects/${version}/${wireName(object)}`,
          query: { limit: String(Math.min(limit, 100)) },
          after,
          doing: `listing ${object}`,
        },
        WireId,
      );
      const ids = results.map(({ id }) => id);
      return { records: await hydrate(object, ids, false), next };
    },

    read: async (object, ids) => {
      const wanted = [...new Set(ids)];
      if (!isRecordObject(object)) {
        const { records, absent } = pick(await allOfAccount(hubspot, object), wanted);
        return { records, missing: absent, merged: [] };
      }
      const live = pick(await hydrate(object, wanted, true), wanted);
      if (live.absent.length === 0) return { records: live.records, missing: [], merged: [] };
      const properties = await propertiesOf(object);
      const removed = await readRecords(hubspot, object, live.absent, { properties, archived: true });
      const archived = pick(removed, live.absent);
      const lost = await findMerged(hubspot, object, archived.absent);
      return { records: [...live.records, ...archived.records], ...lost };
    },

    modifiedSince: async (object, since, after) => {
      if (!isRecordObject(object)) return listOfAccount(hubspot, object, after);
      const { ids, next } = await searchModified(hubspot, object, since, after);
      return { records: await hydrate(object, ids, true), next };
    },

    removedSince: (object, since, after) =>
      isRecordObject(object)
        ? listRemoved(hubspot, object, since, after)
        : Promise.resolve({ ids: [], next: null }),

    linksLeaveNoTime: object => isRecordObject(object) && objectShapes[object].links.length > 0,

    present: async (object, ids) =>
      isRecordObject(object)
        ? findPresent(hubspot, object, ids)
        : pick(await allOfAccount(hubspot, object), ids).records.map(({ record }) => record.ref.id),

    consent: emails => readConsent(hubspot, emails),
  };
}

export const readObjects: readonly CrmObject[] = [
  ...(['owners', 'teams', 'currencies', 'pipelines', 'properties'] as const),
  ...(['companies', 'contacts', 'products', 'campaigns', 'deals'] as const),
  ...(['leads', 'tickets', 'line_items', 'enrolments', 'quotas', 'forecasts', 'automations'] as const),
  ...(['emails', 'calls', 'meetings', 'notes', 'tasks'] as const),
];

/** Names of the properties to read; those that the account defines are asked for once. */
function rememberProperties(hubspot: HubSpot): (object: RecordObject) => Promise<readonly string[]> {
  const known = new Map<RecordObject, readonly string[]>();
  return async object => {
    const { properties } = objectShapes[object];
    if (properties !== 'all') return properties;
    const names = known.get(object) ?? (await readDefinitions(hubspot, object)).map(({ name }) => name);
    known.set(object, names);
    return names;
  };
}

/** The wanted ones of some records. A merged id may be answered with another record, which was not asked for. */
function pick(records: readonly ReadRecord[], ids: readonly string[]) {
  const found = new Set(records.map(({ record }) => record.ref.id));
  return {
    records: records.filter(({ record }) => ids.includes(record.ref.id)),
    absent: ids.filter(id => !found.has(id)),
  };
}
