import { Hono } from 'hono';
import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { linkBySpec, linkPlainly, requireEnd, unlink } from '#lib/crm/sandbox/records/link-records.ts';
import { listAssociatedOf } from '#lib/crm/sandbox/store/associations.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord, loadRecords } from '#lib/crm/sandbox/store/records.ts';
import { renderAssociated, renderLabelledLink, renderPlainLink } from './association-routes.ts';
import { readBody } from './read-body.ts';
import { renderPaging, requireObjectType } from './read-query.ts';
import { renderBatch, runBatch } from './run-batch.ts';
import { linkArchiveBody, linkCreateBody, linkReadBody } from './schemas.ts';

const PAGE = 500;

function noAssociations(from: ObjectName, to: ObjectName, id: string) {
  const [near, far] = [OBJECT_TYPES[from].singular, OBJECT_TYPES[to].singular];
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    message: `No ${far} is associated with ${near} ${id}.`,
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    context: {
      fromObjectId: [id],
      fromObjectType: [near],
      toObjectType: [far],
    },
    errors: [],
    links: {},
  };
}

/** Links of many records at once: `/{from}/{to}/batch/…`. */
export function associationBatchRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.post('/:from/:to/batch/read', async c => {
    const from = requireObjectType(c.req.param('from')).name;
    const to = requireObjectType(c.req.param('to')).name;
    const { inputs } = await readBody(c, linkReadBody);
    const errors: object[] = [];
    const records = loadRecords(
      store,
      from,
      inputs.map(({ id }) => id),
    );
    const near = [...records.values()].map(({ id }) => id);
    const linked = listAssociatedOf(store, from, near, to);
    const results = inputs.flatMap(input => {
      const all = linked.get(records.get(String(Number(input.id)))?.id ?? 0) ?? [];
      const after = Number(input.after ?? 0);
      const found = renderAssociated(
        { from, to },
        after === 0 ? all : all.filter(({ id }) => id > after),
        PAGE,
      );
      if (found.results.length > 0) {
        return [{ from: { id: input.id }, to: found.results, ...renderPaging(found.after) }];
      }
      errors.push(noAssociations(from, to, input.id));
      return [];
    });
    return c.json(renderBatch(store, results, errors), errors.length > 0 ? 207 : 200);
  });

  routes.post('/:from/:to/batch/create', async c => {
    const from = requireObjectType(c.req.param('from')).name;
    const to = requireObjectType(c.req.param('to')).name;
    const { inputs } = await readBody(c, linkCreateBody);
    const { results, errors } = runBatch(store, inputs, input => {
      const [a, b] = [requireEnd(store, from, input.from.id), requireEnd(store, to, input.to.id)];
      const labels = input.types?.length
        ? linkBySpec(store, a, { type: b.type, id: String(b.id) }, input.types)
        : (linkPlainly(store, a, b), []);
      return renderLabelledLink(a, b, labels);
    });
    return c.json(renderBatch(store, results, errors), errors.length > 0 ? 207 : 201);
  });

  routes.post('/:from/:to/batch/associate/default', async c => {
    const from = requireObjectType(c.req.param('from')).name;
    const to = requireObjectType(c.req.param('to')).name;
    const { inputs } = await readBody(c, linkCreateBody);
    const { results, errors } = runBatch(store, inputs, input => {
      const [a, b] = [requireEnd(store, from, input.from.id), requireEnd(store, to, input.to.id)];
      return renderPlainLink(a, b, linkPlainly(store, a, b));
    });
    return c.json(renderBatch(store, results.flat(), errors), errors.length > 0 ? 207 : 200);
  });

  routes.post('/:from/:to/batch/archive', async c => {
    const from = requireObjectType(c.req.param('from')).name;
    const to = requireObjectType(c.req.param('to')).name;
    const { inputs } = await readBody(c, linkArchiveBody);
    store.transact(() => {
      for (const { from: near, to: far } of inputs) {
        const a = loadRecord(store, from, near.id);
        for (const { id } of far) {
          const b = loadRecord(store, to, id);
          if (a && b) unlink(store, a, b);
        }
      }
    });
    return c.body(null, 204);
  });

  return routes;
}
