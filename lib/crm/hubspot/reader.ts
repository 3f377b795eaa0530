import type { CrmObject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { CrmReader, Page, ReadRecord } from '../doors.ts';
import type { CrmSession } from '../session.ts';
import { definedObjects, definitionRecord, readDefinitions, readOwners, readPipelines } from './account.ts';
import { openHubSpot, version, type HubSpot } from './api.ts';
import { isRecordObject, objectShapes, type RecordObject } from './objects.ts';
import { readRecords } from './records.ts';
import { pageOf, WireId } from './wire.ts';

export function openHubSpotReader(session: CrmSession): CrmReader {
  const hubspot = openHubSpot(session);
  const propertiesOf = rememberProperties(hubspot);

  const hydrate = async (object: RecordObject, ids: readonly string[]): Promise<ReadRecord[]> =>
    readRecords(hubspot, object, ids, await propertiesOf(object));

  return {
    crm: 'hubspot',
    objects: readObjects,

    listPage: async (object, { after, limit }) => {
      if (!isRecordObject(object)) return listOfAccount(hubspot, object, after);
      const { ids, next } = await listIds(hubspot, object, after, limit);
      return { records: await hydrate(object, ids), next };
    },

    read: async (object, ids) => {
      const wanted = [...new Set(ids)];
      if (!isRecordObject(object))
        return { ...pick(await allOfAccount(hubspot, object), wanted), merged: [] };
      const live = pick(await hydrate(object, wanted), wanted);
      if (live.missing.length === 0) return { ...live, merged: [] };
      const properties = await propertiesOf(object);
      const archived = await readRecords(hubspot, object, live.missing, properties, true);
      return { ...pick([...live.records, ...archived], wanted), merged: [] };
    },

    modifiedSince: async (object, since, after) => {
      if (!isRecordObject(object)) return listOfAccount(hubspot, object, after);
      const { ids, next } = await searchIds(hubspot, object, since, after);
      return { records: await hydrate(object, ids), next };
    },

    removedSince: () => Promise.resolve({ ids: [], next: null }),
  };
}

const readObjects: readonly CrmObject[] = [
  ...(['owners', 'pipelines', 'properties', 'companies', 'contacts', 'deals'] as const),
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

async function listIds(hubspot: HubSpot, object: RecordObject, after: string | null, limit: number) {
  const { results, paging } = await hubspot.send(
    {
      method: 'GET',
      path: `/crm/objects/${version}/${object}`,
      query: { limit: String(Math.min(limit, 100)), ...(after === null ? {} : { after }) },
      doing: `listing ${object}`,
    },
    pageOf(WireId),
  );
  return { ids: results.map(({ id }) => id), next: paging?.next?.after ?? null };
}

/** Goes by record id, not by page number: search ends at 10,000 results, and records change while it is read. */
async function searchIds(hubspot: HubSpot, object: RecordObject, since: Instant, after: string | null) {
  const { modified } = objectShapes[object];
  const filters = [
    { propertyName: modified, operator: 'GTE', value: String(Date.parse(since)) },
    ...(after === null ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: after }]),
  ];
  const limit = 100;
  const { results } = await hubspot.send(
    {
      method: 'POST',
      path: `/crm/objects/${version}/${object}/search`,
      body: {
        filterGroups: [{ filters }],
        sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
        properties: ['hs_object_id'],
        limit,
      },
      doing: `looking for changed ${object}`,
    },
    pageOf(WireId),
  );
  const ids = results.map(({ id }) => id);
  return { ids, next: ids.length < limit ? null : (ids.at(-1) ?? null) };
}

type AccountObject = Exclude<CrmObject, RecordObject>;

/** Owners, pipelines, and properties; a page of properties is named by the object that they belong to. */
async function listOfAccount(hubspot: HubSpot, object: AccountObject, after: string | null): Promise<Page> {
  if (object === 'owners') return readOwners(hubspot, after);
  if (object === 'pipelines') return { records: await readPipelines(hubspot), next: null };
  const place = Math.max(
    0,
    definedObjects.findIndex(name => name === after),
  );
  const of = definedObjects[place] ?? 'contacts';
  const definitions = await readDefinitions(hubspot, of);
  return {
    records: definitions.map(definition => definitionRecord(of, definition)),
    next: definedObjects[place + 1] ?? null,
  };
}

async function allOfAccount(hubspot: HubSpot, object: AccountObject): Promise<ReadRecord[]> {
  const all: ReadRecord[] = [];
  for (let after: string | null = null; ;) {
    const page: Page = await listOfAccount(hubspot, object, after);
    all.push(...page.records);
    if (page.next === null) return all;
    after = page.next;
  }
}

/** The wanted ones of some records. A merged id answers with another record, so it counts as missing. */
function pick(records: ReadRecord[], ids: readonly string[]) {
  const found = new Set(records.map(({ record }) => record.ref.id));
  return {
    records: records.filter(({ record }) => ids.includes(record.ref.id)),
    missing: ids.filter(id => !found.has(id)),
  };
}
