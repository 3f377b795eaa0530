import { Hono } from 'hono';
import { archiveRecord } from '#lib/crm/sandbox/records/archive-record.ts';
import { createRecord } from '#lib/crm/sandbox/records/create-record.ts';
import { eraseContact } from '#lib/crm/sandbox/records/erase-contact.ts';
import { findRecord } from '#lib/crm/sandbox/records/find-record.ts';
import { mergeRecords } from '#lib/crm/sandbox/records/merge-records.ts';
import { notFound } from '#lib/crm/sandbox/records/refusal.ts';
import { searchRecords } from '#lib/crm/sandbox/records/search-records.ts';
import { searchRequest } from '#lib/crm/sandbox/records/search-request.ts';
import { updateRecord } from '#lib/crm/sandbox/records/update-record.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { pageRecords } from '#lib/crm/sandbox/store/records.ts';
import { readBody } from './read-body.ts';
import {
  APP_SOURCE,
  readArchived,
  readPage,
  readWanted,
  renderPaging,
  requireObjectType,
} from './read-query.ts';
import { renderRecord, renderRecords, renderWritten } from './render-record.ts';
import { createBody, eraseBody, mergeBody, updateBody } from './schemas.ts';

/** HubSpot reads fewer records at once when their history is wanted. */
export const MOST_WITH_HISTORY = 50;

/** Single records, lists and search: the same below the dated and the v3 path. */
export function objectRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/:type', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const wanted = readWanted(c);
    const most = wanted.propertiesWithHistory?.length ? MOST_WITH_HISTORY : 100;
    const { limit, after } = readPage(c, { most, standard: 10 });
    const found = pageRecords(store, name, { after, limit: limit + 1, archived: readArchived(c) });
    const page = found.slice(0, limit);
    const next = found.length > limit ? page.at(-1)?.id : undefined;
    return c.json({ results: renderRecords(store, name, page, wanted), ...renderPaging(next) });
  });

  routes.post('/:type', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { properties, associations = [] } = await readBody(c, createBody);
    const record = createRecord(store, name, { properties, associations }, APP_SOURCE);
    return c.json(renderWritten(store, record), 201);
  });

  routes.post('/:type/search', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const request = await readBody(c, searchRequest);
    const { total, records, after } = searchRecords(store, name, request);
    const wanted = request.properties?.length ? { properties: request.properties } : {};
    const results = renderRecords(store, name, records, wanted);
    return c.json({ total, results, ...renderPaging(after) });
  });

  routes.post('/:type/merge', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { primaryObjectId, objectIdToMerge } = await readBody(c, mergeBody);
    const pair = { primaryId: primaryObjectId, otherId: objectIdToMerge };
    return c.json(renderWritten(store, mergeRecords(store, name, pair, APP_SOURCE)));
  });

  routes.post('/contacts/gdpr-delete', async c => {
    const { objectId, idProperty } = await readBody(c, eraseBody);
    eraseContact(store, { id: objectId, idProperty }, APP_SOURCE);
    return c.body(null, 204);
  });

  routes.get('/:type/:id', c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { id } = c.req.param();
    const record = findRecord(store, name, { id, idProperty: c.req.query('idProperty') }, readArchived(c));
    if (!record) throw notFound(id);
    return c.json(renderRecord(store, record, readWanted(c)));
  });

  routes.patch('/:type/:id', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const { id } = c.req.param();
    const { properties } = await readBody(c, updateBody);
    const found = findRecord(store, name, { id, idProperty: c.req.query('idProperty') });
    if (!found) throw notFound(id);
    return c.json(renderWritten(store, updateRecord(store, name, found.id, properties, APP_SOURCE)));
  });

  routes.delete('/:type/:id', c => {
    const { name } = requireObjectType(c.req.param('type'));
    archiveRecord(store, name, c.req.param('id'), APP_SOURCE);
    return c.body(null, 204);
  });

  return routes;
}
