import { z } from 'zod';
import { Batch, postBatch, type Item, type Saved } from './post-batch.ts';
import type { Crm } from './open-crm.ts';

/** How the records of one object are found and written. */
export interface Place {
  object: string;
  idProperty: string;
}

/** Most inputs that the CRM takes at once. */
const batchSize = 100;
/** Batches on their way at once: enough to keep the CRM busy while the next is put together. */
const atOnce = 4;
/** A deal's primary company. */
const primaryCompany = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 5 };

/** Creates what the CRM does not have under these keys, and updates the rest. What it refuses is listed in its words. */
export async function saveRecords(
  crm: Crm,
  place: Place,
  items: readonly Item[],
  progress: (done: number) => void,
): Promise<Saved> {
  const saved: Saved = { created: 0, updated: 0, ids: new Map(), refused: [] };
  const write = place.object === 'deals' ? createOrUpdate : upsert;
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const batch = items.slice(next, (next += batchSize));
      await write(crm, place, batch, saved).catch((error: unknown) => {
        next = items.length; // The others finish what is on its way, and start nothing more.
        throw error;
      });
      progress((done += batch.length));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return saved;
}

async function upsert(
  crm: Crm,
  { object, idProperty }: Place,
  items: readonly Item[],
  saved: Saved,
): Promise<void> {
  await postBatch(crm, `/crm/objects/2026-09/${object}/batch/upsert`, items, saved, {
    inputOf: ({ key, values }) => ({ id: key, idProperty, properties: values }),
    take: result => {
      if (result.new) saved.created += 1;
      else saved.updated += 1;
      saved.ids.set(fold(result.properties[idProperty] ?? ''), result.id);
    },
  });
}

/** For records with properties that an upsert would have to send again, and that the CRM then refuses. */
async function createOrUpdate(crm: Crm, place: Place, items: readonly Item[], saved: Saved): Promise<void> {
  const { object, idProperty } = place;
  const path = `/crm/objects/2026-09/${object}/batch`;
  const read = await crm.ask(`to find ${object}`, Batch, 'POST', `${path}/read`, {
    idProperty,
    properties: [idProperty],
    inputs: items.map(({ key }) => ({ id: key })),
  });
  const known = new Map(
    read.results.map(({ id, properties }) => [fold(properties[idProperty] ?? ''), id] as const),
  );
  const [old, fresh] = [true, false].map(is => items.filter(({ key }) => known.has(fold(key)) === is));
  await postBatch(crm, `${path}/create`, fresh ?? [], saved, {
    inputOf: ({ values, atCreation, companies }) => ({
      properties: { ...values, ...atCreation },
      associations: companies.map(id => ({ to: { id }, types: [primaryCompany] })),
    }),
    take: () => (saved.created += 1),
  });
  await postBatch(crm, `${path}/update`, old ?? [], saved, {
    inputOf: ({ key, values }) => ({ id: known.get(fold(key)) ?? '', properties: values }),
    take: () => (saved.updated += 1),
  });
  const links = (old ?? []).flatMap(({ key, companies }) =>
    companies.map(id => ({ from: { id: known.get(fold(key)) ?? '' }, to: { id }, types: [primaryCompany] })),
  );
  if (links.length === 0) return;
  const linking = `/crm/associations/2026-09/${object}/companies/batch/create`;
  await crm.ask(`to link ${object} with companies`, z.looseObject({}), 'POST', linking, { inputs: links });
}

/** The CRM compares unique values without regard to case and surrounding space. */
export const fold = (key: string): string => key.trim().toLowerCase();
