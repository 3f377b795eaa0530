import { AppError } from '#lib/core/errors.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { chunksOf } from '../chunks.ts';
import type { RemovedPage } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { wireName, type RecordObject } from './objects.ts';
import { readPage } from './page.ts';
import { batchOf, WireId, WireRecord } from './wire.ts';

const atOnce = 10;

/**
 * What became of ids that no batch knows. HubSpot answers the request for a single merged record with the one that it
 * was merged into; every other id is gone for good.
 */
export async function findMerged(
  hubspot: HubSpot,
  object: RecordObject,
  ids: readonly string[],
): Promise<{ missing: string[]; merged: { id: string; into: Subject }[] }> {
  const missing: string[] = [];
  const merged: { id: string; into: Subject }[] = [];
  for (const chunk of chunksOf(ids, atOnce)) {
    const found = await Promise.all(chunk.map(async id => ({ id, now: await idNow(hubspot, object, id) })));
    for (const { id, now } of found)
      if (now === null || now === id) missing.push(id);
      else merged.push({ id, into: { crm: 'hubspot', object, id: now } });
  }
  return { missing, merged };
}

async function idNow(hubspot: HubSpot, object: RecordObject, id: string): Promise<string | null> {
  try {
    const path = `/crm/objects/${version}/${wireName(object)}/${encodeURIComponent(id)}`;
    const wire = await hubspot.send(
      { method: 'GET', path, doing: `looking for a merged record of ${object}` },
      WireId,
    );
    return wire.id;
  } catch (error) {
    // An id that is none is refused, not sought.
    if (error instanceof AppError && (error.code === 'not_found' || error.code === 'refused')) return null;
    throw error;
  }
}

/** A page of deleted records. HubSpot keeps no order of deletion: those of an earlier time are passed over. */
export async function listRemoved(
  hubspot: HubSpot,
  object: RecordObject,
  since: Instant,
  after: string | null,
): Promise<RemovedPage> {
  const { results, next } = await readPage(
    hubspot,
    {
      path: `/crm/objects/${version}/${wireName(object)}`,
      query: { archived: 'true', properties: 'hs_object_id' },
      after,
      doing: `looking for deleted ${object}`,
    },
    WireRecord,
  );
  const ids = results.filter(wire => (wire.archivedAt ?? wire.updatedAt) >= since).map(wire => wire.id);
  return { ids, next };
}

/** Which of these ids are live records, by name alone. */
export async function findPresent(
  hubspot: HubSpot,
  object: RecordObject,
  ids: readonly string[],
): Promise<string[]> {
  const wanted = new Set(ids);
  const present: string[] = [];
  const doing = `looking for lost ${object}`;
  for (const chunk of chunksOf([...wanted], 100)) {
    const path = `/crm/objects/${version}/${wireName(object)}/batch/read`;
    const body = { inputs: chunk.map(id => ({ id })), properties: ['hs_object_id'] };
    const reply = await hubspot.send({ method: 'POST', path, body, doing }, batchOf(WireId));
    present.push(...resultsOf(reply, doing).map(({ id }) => id));
  }
  return present.filter(id => wanted.has(id));
}
