import { Hono } from 'hono';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { addOwner, listOwners } from '#lib/crm/sandbox/store/owners.ts';
import { allowToken, PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import type { Delivery } from '#lib/crm/sandbox/webhooks/deliver.ts';
import { APP_ID } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { readTarget, setTarget } from '#lib/crm/sandbox/webhooks/target.ts';
import { authorize } from './authorize.ts';
import { renderOwner } from './owner-routes.ts';
import { readBody } from './read-body.ts';
import { ownerBody, tokenBody, webhookTargetBody } from './schemas.ts';
import type { Stats } from './stats.ts';

/**
 * What the sandbox has beyond a CRM: counts, the webhook target, more tokens, and more owners. HubSpot's interface
 * cannot create owners (people are invited in its settings); `POST /sandbox/owners` stands in for that.
 */
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

  routes.use('/owners', authorize(store));
  routes.post('/owners', async c => {
    const { email = '', ...person } = await readBody(c, ownerBody);
    const taken = email !== '' && listOwners(store, { email, limit: 1 }).length > 0;
    if (taken)
      throw new Refusal(409, 'CONFLICT', `An owner with the e-mail address ${email} already exists.`);
    return c.json(renderOwner(addOwner(store, { ...person, email })), 201);
  });

  return routes;
}
