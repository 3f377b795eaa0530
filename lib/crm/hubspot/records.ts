import type { ReadRecord } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { chunksOf, resultsOf } from './batch.ts';
import { readLinks } from './links.ts';
import { toRecord } from './normalise.ts';
import { objectShapes, type RecordObject } from './objects.ts';
import { batchOf, WireRecord } from './wire.ts';

/** HubSpot reads 100 records at once, and 50 where their history is wanted. */
const mostAtOnce = 100;
const mostWithHistory = 50;

/** Records by id with their properties, history and links; what is not there is absent. Any number of ids. */
export async function readRecords(
  hubspot: HubSpot,
  object: RecordObject,
  ids: readonly string[],
  properties: readonly string[],
  archived = false,
): Promise<ReadRecord[]> {
  const { history, links } = objectShapes[object];
  const [wires, linkMaps] = await Promise.all([
    Promise.all(
      chunksOf(ids, history.length > 0 ? mostWithHistory : mostAtOnce).map(chunk =>
        readBatch(hubspot, object, chunk, { properties, history, archived }),
      ),
    ),
    archived || ids.length === 0
      ? []
      : Promise.all(
          links.flatMap(to => chunksOf(ids, 1000).map(chunk => readLinks(hubspot, object, to, chunk))),
        ),
  ]);
  return wires.flat().map(wire => {
    const own = linkMaps.flatMap(map => map.get(wire.id) ?? []);
    return { record: toRecord(object, wire, own), raw: { ...wire, links: own } };
  });
}

async function readBatch(
  hubspot: HubSpot,
  object: RecordObject,
  ids: readonly string[],
  want: { properties: readonly string[]; history: readonly string[]; archived: boolean },
): Promise<WireRecord[]> {
  const reply = await hubspot.send(
    {
      method: 'POST',
      path: `/crm/objects/${version}/${object}/batch/read`,
      ...(want.archived ? { query: { archived: 'true' } } : {}),
      body: {
        inputs: ids.map(id => ({ id })),
        properties: want.properties,
        ...(want.history.length > 0 ? { propertiesWithHistory: want.history } : {}),
      },
      doing: `reading ${object}`,
    },
    batchOf(WireRecord),
  );
  return resultsOf(reply, `reading ${object}`);
}
