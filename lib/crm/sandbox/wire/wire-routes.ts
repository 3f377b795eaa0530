import { Hono, type MiddlewareHandler } from 'hono';
import { campaignRoutes } from '#lib/crm/sandbox/extras/campaign-routes.ts';
import { currencyRoutes } from '#lib/crm/sandbox/extras/currency-routes.ts';
import { sequenceRoutes } from '#lib/crm/sandbox/extras/sequence-routes.ts';
import { subscriptionRoutes } from '#lib/crm/sandbox/extras/subscription-routes.ts';
import { userRoutes } from '#lib/crm/sandbox/extras/user-routes.ts';
import { workflowRoutes } from '#lib/crm/sandbox/extras/workflow-routes.ts';
import { limitRequests } from '#lib/crm/sandbox/limits/limit-requests.ts';
import { findObjectType } from '#lib/crm/sandbox/model/object-types.ts';
import { oauthRoutes } from '#lib/crm/sandbox/oauth/oauth-routes.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { COMPANY_CURRENCY, PORTAL_ID } from '#lib/crm/sandbox/store/settings.ts';
import { associationBatchRoutes } from './association-batch-routes.ts';
import { associationListRoutes, associationRoutes } from './association-routes.ts';
import { authorize } from './authorize.ts';
import { batchRoutes } from './batch-routes.ts';
import { objectRoutes } from './object-routes.ts';
import { ownerRoutes } from './owner-routes.ts';
import { pipelineRoutes } from './pipeline-routes.ts';
import { propertyRoutes } from './property-routes.ts';

const DATED = '2026-09';

const AREAS = ['crm', 'account-info', 'marketing', 'automation', 'communication-preferences', 'settings'];

/** Objects that the interface only reads have no paths that write. */
function refuseUnpublishedWrites(): MiddlewareHandler {
  return async (c, next) => {
    const [, , , , type = ''] = c.req.path.split('/');
    const reads = c.req.method === 'GET' || /\/(search|batch\/read)$/.test(c.req.path);
    if (!reads && findObjectType(type)?.readOnly) return c.notFound();
    return next();
  };
}

/** HubSpot's interface at the paths where HubSpot has it: dated, and v3 and v4 beside them. */
export function wireRoutes(store: Store): Hono {
  const wire = new Hono();
  for (const area of AREAS) wire.use(`/${area}/*`, authorize(store), limitRequests(store));
  wire.use('/crm/objects/*', refuseUnpublishedWrites());
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
  wire.route('/', oauthRoutes(store, DATED));
  wire.route(`/marketing/campaigns/${DATED}`, campaignRoutes(store));
  wire.route(`/automation/sequences/${DATED}`, sequenceRoutes(store));
  wire.route('/automation/v4/flows', workflowRoutes(store));
  wire.route(`/communication-preferences/${DATED}`, subscriptionRoutes(store));
  wire.route(`/settings/users/${DATED}`, userRoutes(store));
  wire.route(`/settings/currencies/${DATED}`, currencyRoutes(store));
  for (const version of [DATED, 'v3']) {
    wire.get(`/account-info/${version}/details`, c =>
      c.json({
        portalId: PORTAL_ID,
        accountType: 'DEVELOPER_TEST',
        timeZone: 'Europe/Berlin',
        companyCurrency: COMPANY_CURRENCY,
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
