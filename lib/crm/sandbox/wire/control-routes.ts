import { Hono } from 'hono';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { allowToken, PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import type { Delivery } from '#lib/crm/sandbox/webhooks/deliver.ts';
import { APP_ID } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { readTarget, setTarget } from '#lib/crm/sandbox/webhooks/target.ts';
import { authorize } from './authorize.ts';
import { readBody } from './read-body.ts';
import { tokenBody, webhookTargetBody } from './schemas.ts';
import type { Stats } from './stats.ts';

/** What the sandbox has beyond a CRM: counts, the webhook target and more tokens. */
export function controlRoutes(store: Store, stats: Stats, delivery: Delivery): Hono {
  const routes = new Hono();

  routes.get('/stats', c => {
    const rows = store.all('SELECT type, count(*) AS n FROM record WHERE archived_at IS NULL GROUP BY type');
    const waiting = Number(store.get('SELECT count(*) AS n FROM outbox')?.['n']);
    return c.json({
      portalId: PORTAL_ID,
      appId: APP_ID,
      ...stats,
      records: Object.fromEntries(rows.map(row => [String(row['type']), Number(row['n'])])),
      webhooks: { target: readTarget(store)?.url ?? null, waiting, ...delivery.counts },
    });
  });

  routes.use('/webhooks', authorize(store));
  routes.put('/webhooks', async c => {
    const { url, secret } = await readBody(c, webhookTargetBody);
    setTarget(store, { url, secret });
    return c.json({ url });
  });
  routes.delete('/webhooks', c => {
    setTarget(store, undefined);
    return c.body(null, 204);
  });

  routes.use('/tokens', authorize(store));
  routes.post('/tokens', async c => {
    allowToken(store, (await readBody(c, tokenBody)).token);
    return c.body(null, 204);
  });

  return routes;
}
