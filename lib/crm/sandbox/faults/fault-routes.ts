import { Hono } from 'hono';
import { z } from 'zod';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readBody } from '#lib/crm/sandbox/wire/read-body.ts';
import { addFault, clearFaults, listFaults } from './registry.ts';
import { faultBody, type Fault, type FaultBody } from './rule.ts';

const body = z.union([z.object({ rules: z.array(faultBody).min(1).max(100) }), faultBody]);

function render({ id, match, effect, seen, hits }: Fault) {
  return { id, match, effect, seen, hits };
}

function add(store: Store, rule: FaultBody): Fault {
  try {
    return addFault(store, rule);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalid(`match.path: ${rule.match.path} is not a pattern`);
    throw error;
  }
}

/** Faults on demand: `POST` puts one or several `rules` in force, `GET` shows what they struck, `DELETE` ends them. */
export function faultRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => c.json({ results: listFaults(store).map(render) }));

  routes.post('/', async c => {
    const given = await readBody(c, body);
    const rules = 'rules' in given ? given.rules : [given];
    return c.json({ results: rules.map(rule => render(add(store, rule))) }, 201);
  });

  routes.delete('/', c => {
    clearFaults(store);
    return c.body(null, 204);
  });

  routes.delete('/:id', c => {
    if (clearFaults(store, c.req.param('id')) === 0) throw notFound(c.req.param('id'));
    return c.body(null, 204);
  });

  return routes;
}
