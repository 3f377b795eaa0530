import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { findAssociation } from '#lib/crm/sandbox/model/association-types.ts';
import { OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import { linkBySpec, linkPlainly, requireEnd, unlink } from '#lib/crm/sandbox/records/link-records.ts';
import { listAssociated, type Associated, type End } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readBody } from './read-body.ts';
import { readPage, renderPaging, requireObjectType } from './read-query.ts';
import { renderBatch } from './run-batch.ts';
import { linkSpec } from './schemas.ts';

/** The two ends a path names. */
function readEnds(store: Store, c: Context): { from: End; to: End } {
  const [type, id, toType, toId] = ['type', 'id', 'to', 'toId'].map(name => c.req.param(name) ?? '');
  return {
    from: requireEnd(store, requireObjectType(type).name, id ?? ''),
    to: requireEnd(store, requireObjectType(toType).name, toId ?? ''),
  };
}

/** The answer to linking two records plainly: one entry for each direction. */
export function renderPlainLink(from: End, to: End, ids: { there: number; back: number }) {
  const entry = (a: End, b: End, associationTypeId: number) => ({
    from: { id: String(a.id) },
    to: { id: String(b.id) },
    associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId },
  });
  return [entry(from, to, ids.there), entry(to, from, ids.back)];
}

/** The answer to linking two records by labels. */
export function renderLabelledLink(from: End, to: End, labels: (string | null)[]) {
  return {
    fromObjectTypeId: OBJECT_TYPES[from.type].typeId,
    fromObjectId: String(from.id),
    toObjectTypeId: OBJECT_TYPES[to.type].typeId,
    toObjectId: String(to.id),
    labels: labels.filter(label => label !== null),
  };
}

/** Far ends of links as the association interfaces list them, up to `limit`; `after` if there are more. */
export function renderAssociated(
  { from, to }: { from: End['type']; to: End['type'] },
  found: Associated[],
  limit: number,
) {
  const shown = found.slice(0, limit);
  const results = shown.map(({ id, typeIds }) => ({
    toObjectId: String(id),
    associationTypes: typeIds.map(typeId => ({
      category: 'HUBSPOT_DEFINED',
      typeId,
      label: findAssociation(from, typeId, to)?.type.label ?? null,
    })),
  }));
  return { results, after: found.length > limit ? shown.at(-1)?.id : undefined };
}

/** Links between two named records, below `…/objects/{type}/{id}/associations`. */
export function associationRoutes(store: Store): Hono {
  const routes = new Hono();

  const putPlain = (c: Context) => {
    const { from, to } = readEnds(store, c);
    const ids = store.transact(() => linkPlainly(store, from, to));
    return c.json(renderBatch(store, renderPlainLink(from, to, ids)));
  };

  routes.put('/:type/:id/associations/default/:to/:toId', putPlain);

  routes.put('/:type/:id/associations/:to/:toId', async c => {
    if ((await c.req.text()) === '') return putPlain(c);
    const specs = await readBody(c, z.array(linkSpec).min(1));
    const { from, to } = readEnds(store, c);
    const labels = store.transact(() => linkBySpec(store, from, { type: to.type, id: String(to.id) }, specs));
    return c.json(renderLabelledLink(from, to, labels), 201);
  });

  routes.delete('/:type/:id/associations/:to/:toId', c => {
    const { from, to } = readEnds(store, c);
    store.transact(() => unlink(store, from, to));
    return c.body(null, 204);
  });

  return routes;
}

/** The list of a record's links, which only the v4 path has. */
export function associationListRoutes(store: Store): Hono {
  const routes = new Hono();
  routes.get('/:type/:id/associations/:to', c => {
    const from = requireEnd(store, requireObjectType(c.req.param('type')).name, c.req.param('id'));
    const page = readPage(c, { most: 500, standard: 500 });
    const to = requireObjectType(c.req.param('to')).name;
    const found = listAssociated(store, from, to, { ...page, limit: page.limit + 1 });
    const { results, after } = renderAssociated({ from: from.type, to }, found, page.limit);
    return c.json({ results, ...renderPaging(after) });
  });
  return routes;
}
