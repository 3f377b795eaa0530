import { Hono } from 'hono';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { readBody } from '#lib/crm/sandbox/wire/read-body.ts';
import { requireObjectType } from '#lib/crm/sandbox/wire/read-query.ts';
import { addRule, listRules, removeRules, ruleBody } from './rule.ts';

function refuseBadPattern(pattern: string): void {
  try {
    RegExp(pattern, 'u');
  } catch {
    throw invalid(`pattern: ${pattern} is not a regular expression`);
  }
}

/** What an admin would set on HubSpot's property settings, for which its interface has no path. */
export function ruleRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => c.json({ results: listRules(store) }));

  routes.post('/', async c => {
    const body = await readBody(c, ruleBody);
    const objectType = requireObjectType(body.objectType).name;
    for (const name of [body.property, ...(body.when ? [body.when.property] : [])]) {
      if (!propertiesOf(store, objectType).has(name)) throw invalid(`Property "${name}" does not exist`);
    }
    if (body.pattern !== undefined) refuseBadPattern(body.pattern);
    return c.json(addRule(store, { ...body, objectType }), 201);
  });

  routes.delete('/', c => {
    removeRules(store);
    return c.body(null, 204);
  });

  routes.delete('/:id', c => {
    if (removeRules(store, c.req.param('id')) === 0) throw notFound(c.req.param('id'));
    return c.body(null, 204);
  });

  return routes;
}
