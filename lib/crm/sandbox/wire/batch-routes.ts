import { Hono } from 'hono';
import { archiveRecord } from '#lib/crm/sandbox/records/archive-record.ts';
import { createRecord } from '#lib/crm/sandbox/records/create-record.ts';
import { findRecord, findRecords } from '#lib/crm/sandbox/records/find-record.ts';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import { updateRecord } from '#lib/crm/sandbox/records/update-record.ts';
import { upsertRecord } from '#lib/crm/sandbox/records/upsert-record.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readBody } from './read-body.ts';
import { APP_SOURCE, readArchived, requireObjectType } from './read-query.ts';
import { MOST_WITH_HISTORY } from './object-routes.ts';
import { renderRecords, renderWritten } from './render-record.ts';
import { renderItemError } from './render-refusal.ts';
import { renderBatch, runBatch } from './run-batch.ts';
import { batchArchiveBody, batchCreateBody, batchReadBody, batchWriteBody } from './schemas.ts';

function refuseDuplicates(inputs: { id: string; idProperty?: string | undefined }[]): void {
  const keys = inputs.map(({ id, idProperty }) => `${idProperty ?? 'hs_object_id'} ${id.toLowerCase()}`);
  const twice = inputs.filter((_, i) => keys.indexOf(keys[i] ?? '') !== i);
  if (twice.length > 0)
    throw invalid(`Duplicate IDs found in batch input: [${twice.map(({ id }) => id).join(', ')}]`);
}

/** Batches of up to 100, answered 207 where single inputs failed. */
export function batchRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.post('/:type/batch/create', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { inputs } = await readBody(c, batchCreateBody);
    const { results, errors } = runBatch(store, inputs, ({ properties, associations = [], ...rest }) => ({
      ...renderWritten(store, createRecord(store, name, { properties, associations }, APP_SOURCE)),
      ...rest,
    }));
    return c.json(renderBatch(store, results, errors), errors.length > 0 ? 207 : 201);
  });

  routes.post('/:type/batch/read', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { inputs, idProperty, properties, propertiesWithHistory } = await readBody(c, batchReadBody);
    const wanted = {
      ...(properties && { properties }),
      ...(propertiesWithHistory && { propertiesWithHistory }),
    };
    if (propertiesWithHistory?.length && inputs.length > MOST_WITH_HISTORY) {
      throw invalid(`At most ${MOST_WITH_HISTORY} records can be read with propertiesWithHistory`);
    }
    const ids = [...new Set(inputs.map(({ id }) => id))];
    const found = findRecords(store, name, ids, idProperty, readArchived(c));
    const records = new Map([...found.values()].map(record => [record.id, record]));
    const results = renderRecords(store, name, [...records.values()], wanted);
    const errors = ids.filter(id => !found.has(id)).map(id => renderItemError(notFound(id), { ids: [id] }));
    return c.json(renderBatch(store, results, errors), errors.length > 0 ? 207 : 200);
  });

  routes.post('/:type/batch/update', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { inputs } = await readBody(c, batchWriteBody);
    refuseDuplicates(inputs);
    const { results, errors } = runBatch(store, inputs, ({ id, idProperty, properties }) => {
      const found = findRecord(store, name, { id, idProperty });
      if (!found) throw notFound(id);
      return renderWritten(store, updateRecord(store, name, found.id, properties, APP_SOURCE));
    });
    return c.json(renderBatch(store, results, errors), errors.length > 0 ? 207 : 200);
  });

  routes.post('/:type/batch/upsert', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { inputs } = await readBody(c, batchWriteBody);
    refuseDuplicates(inputs);
    const { results, errors } = runBatch(store, inputs, ({ id, idProperty, properties }) => {
      const { record, isNew } = upsertRecord(store, name, { id, idProperty }, properties, APP_SOURCE);
      return { ...renderWritten(store, record), new: isNew };
    });
    return c.json(renderBatch(store, results, errors), errors.length > 0 ? 207 : 200);
  });

  routes.post('/:type/batch/archive', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { inputs } = await readBody(c, batchArchiveBody);
    store.transact(() => {
      for (const { id } of inputs) archiveRecord(store, name, id, APP_SOURCE);
    });
    return c.body(null, 204);
  });

  return routes;
}
