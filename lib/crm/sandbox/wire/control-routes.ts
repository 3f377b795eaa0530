import { Hono } from 'hono';
import { faultRoutes } from '#lib/crm/sandbox/faults/fault-routes.ts';
import { limitsBody, setLimits } from '#lib/crm/sandbox/limits/limits.ts';
import { appBody, listApps, saveApp } from '#lib/crm/sandbox/oauth/apps.ts';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import { saveUserRecord } from '#lib/crm/sandbox/records/save-user-record.ts';
import { restoreRecord } from '#lib/crm/sandbox/records/restore-record.ts';
import { ruleRoutes } from '#lib/crm/sandbox/rules/rule-routes.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { addOwner, listOwners } from '#lib/crm/sandbox/store/owners.ts';
import { allowToken, PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import type { Delivery } from '#lib/crm/sandbox/webhooks/deliver.ts';
import { APP_ID } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { readTarget, setTarget } from '#lib/crm/sandbox/webhooks/target.ts';
import { authorizeAdmin } from './authorize.ts';
import { renderOwner } from './owner-routes.ts';
import { readBody } from './read-body.ts';
import { requireObjectType } from './read-query.ts';
import { renderWritten } from './render-record.ts';
import { ownerBody, restoreBody, tokenBody, webhookTargetBody } from './schemas.ts';
import type { Stats } from './stats.ts';

/**
 * What the sandbox has beyond a CRM: counts, the webhook target, more tokens and owners, apps, limits, faults,
 * validation rules, and restoring from the archive. Some of it stands in for what people do on HubSpot's own pages.
 */
export function controlRoutes(store: Store, stats: Stats, delivery: Delivery): Hono {
  const routes = new Hono();

  routes.get('/stats', c => {
    const rows = store.all(
      "SELECT type, count(*) AS n FROM record WHERE archived_at IS NULL AND type <> 'users' GROUP BY type",
    );
    const waiting = Number(store.get('SELECT count(*) AS n FROM outbox')?.['n']);
    return c.json({
      portalId: PORTAL_ID,
      appId: APP_ID,
      ...stats,
      records: Object.fromEntries(rows.map(row => [String(row['type']), Number(row['n'])])),
      webhooks: { target: readTarget(store)?.url ?? null, waiting, ...delivery.counts },
    });
  });

  for (const path of ['/webhooks', '/tokens', '/owners', '/apps', '/restore', '/rate-limits']) {
    routes.use(path, authorizeAdmin(store));
  }
  for (const path of ['/faults', '/faults/*', '/validation-rules', '/validation-rules/*']) {
    routes.use(path, authorizeAdmin(store));
  }
  routes.route('/faults', faultRoutes(store));
  routes.route('/validation-rules', ruleRoutes(store));

  routes.put('/webhooks', async c => {
    const { url, secret } = await readBody(c, webhookTargetBody);
    setTarget(store, { url, secret });
    return c.json({ url });
  });
  routes.delete('/webhooks', c => {
    setTarget(store, undefined);
    return c.body(null, 204);
  });

  routes.post('/tokens', async c => {
    allowToken(store, (await readBody(c, tokenBody)).token);
    return c.body(null, 204);
  });

  routes.post('/owners', async c => {
    const { email = '', ...person } = await readBody(c, ownerBody);
    const taken = email !== '' && listOwners(store, { email, limit: 1 }).length > 0;
    if (taken)
      throw new Refusal(409, 'CONFLICT', `An owner with the e-mail address ${email} already exists.`);
    const owner = store.transact(() => {
      const added = addOwner(store, { ...person, email });
      saveUserRecord(store, added);
      return added;
    });
    return c.json(renderOwner(owner), 201);
  });

  routes.get('/apps', c => c.json({ results: listApps(store) }));
  routes.post('/apps', async c => c.json(saveApp(store, await readBody(c, appBody)), 201));

  routes.put('/rate-limits', async c => {
    const limits = await readBody(c, limitsBody);
    setLimits(store, limits);
    return c.json(limits);
  });
  routes.delete('/rate-limits', c => {
    setLimits(store, undefined);
    return c.body(null, 204);
  });

  routes.post('/restore', async c => {
    const { objectType, id } = await readBody(c, restoreBody);
    const person: Source = { type: 'CRM_UI' };
    const record = restoreRecord(store, requireObjectType(objectType).name, id, person);
    return c.json(renderWritten(store, record));
  });

  return routes;
}
