import { chunksOf } from '../chunks.ts';
import type { ReadRecord } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { consentFields } from './contact-consent.ts';
import { readLinks } from './links.ts';
import { toRecord } from './normalise.ts';
import { objectShapes, wireName, type RecordObject } from './objects.ts';
import { batchOf, WireRecord } from './wire.ts';

/** HubSpot reads 100 records at once, and 50 where their history is wanted. */
const mostAtOnce = 100;
const mostWithHistory = 50;

export interface ReadOptions {
  properties: readonly string[];
  archived?: boolean;
  /** Whether HubSpot is asked what contacts want of e-mails. */
  askConsent?: boolean;
}

/** Records by id with their properties, history and links; what is not there is absent. Any number of ids. */
export async function readRecords(
  hubspot: HubSpot,
  object: RecordObject,
  ids: readonly string[],
  { properties, archived = false, askConsent = false }: ReadOptions,
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
  const found = wires.flat();
  const consents = object === 'contacts' ? await consentFields(hubspot, found, askConsent) : null;
  return found.map(wire => {
    const own = linkMaps.flatMap(map => map.get(wire.id) ?? []);
    const record = toRecord(object, wire, own, consents?.get(wire.id));
    return { record, raw: { ...wire, properties: filledIn(wire.properties), links: own } };
  });
}

/** HubSpot names every property that it is asked for; most have no value, as the record says too. */
function filledIn(properties: WireRecord['properties']): WireRecord['properties'] {
  const filled: WireRecord['properties'] = {};
  for (const name of Object.keys(properties)) {
    const value = properties[name];
    if (typeof value === 'string') filled[name] = value;
  }
  return filled;
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
      path: `/crm/objects/${version}/${wireName(object)}/batch/read`,
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
