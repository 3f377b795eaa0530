import { Hono } from 'hono';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import { associationBatchRoutes } from './association-batch-routes.ts';
import { associationListRoutes, associationRoutes } from './association-routes.ts';
import { authorize } from './authorize.ts';
import { batchRoutes } from './batch-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { ownerRoutes } from './owner-routes.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { propertyRoutes } from './property-routes.ts';

const DATED = '2026-09';

/** HubSpot's interface at the paths where HubSpot has it: dated, and v3 and v4 beside them. */
export function wireRoutes(store: Store): Hono {
  const wire = new Hono();
  wire.use('/crm/*', authorize(store));
  wire.use('/account-info/*', authorize(store));
  for (const root of [`/crm/objects/${DATED}`, '/crm/v3/objects', '/crm/v4/objects']) {
    wire.route(root, associationRoutes(store));
    if (root === '/crm/v4/objects') continue;
    wire.route(root, batchRoutes(store));
    wire.route(root, objectRoutes(store));
  }
  wire.route('/crm/v4/objects', associationListRoutes(store));
  for (const version of [`associations/${DATED}`, 'v4/associations']) {
    wire.route(`/crm/${version}`, associationBatchRoutes(store));
  }
  for (const path of [`owners/${DATED}`, 'v3/owners']) wire.route(`/crm/${path}`, ownerRoutes(store));
  for (const path of [`pipelines/${DATED}`, 'v3/pipelines'])
    wire.route(`/crm/${path}`, pipelineRoutes(store));
  for (const path of [`properties/${DATED}`, 'v3/properties'])
    wire.route(`/crm/${path}`, propertyRoutes(store));
  for (const version of [DATED, 'v3']) {
    wire.get(`/account-info/${version}/details`, c =>
      c.json({
        portalId: PORTAL_ID,
        accountType: 'DEVELOPER_TEST',
        timeZone: 'Europe/Berlin',
        companyCurrency: 'EUR',
        additionalCurrencies: [],
        utcOffset: '+01:00',
        utcOffsetMilliseconds: 36e5,
        uiDomain: 'localhost',
        dataHostingLocation: 'na1',
      }),
    );
  }
  return wire;
}
