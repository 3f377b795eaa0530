import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { strikeRequests } from './faults/strike-requests.ts';
import { Refusal } from './records/refusal.ts';
import { pageRoutes } from './pages/page-routes.ts';
import { answerAsSalesforce, translateFaults } from './salesforce/answer-as-salesforce.ts';
import type { Salesforce } from './salesforce/salesforce.ts';
import type { Store } from './store/open-store.ts';
import type { Delivery } from './webhooks/deliver.ts';
import { controlRoutes } from './wire/control-routes.ts';
import { renderRefusal } from './wire/render-refusal.ts';
import { countRequest, countUnknownPath, newStats } from './wire/stats.ts';
import { wireRoutes } from './wire/wire-routes.ts';

const LARGEST_BODY = 20 * 1024 * 1024;
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Keeps web sites that point their own name at this machine from talking to a server meant for it alone. */
function onlyLoopbackNames(): MiddlewareHandler {
  return async (c, next) => {
    if (!LOOPBACK.test(c.req.header('host') ?? '')) {
      throw new Refusal(403, 'FORBIDDEN', 'This server answers to localhost and 127.0.0.1 only.');
    }
    await next();
  };
}

type Parts = { delivery: Delivery; salesforce: Salesforce; cardUrl: string; loopbackOnly: boolean };

/** The whole sandbox: HubSpot's interface, Salesforce's, the control paths, and the pages for people. */
export function createApp(store: Store, { delivery, salesforce, cardUrl, loopbackOnly }: Parts): Hono {
  const app = new Hono({ strict: false }); // The official client asks for /crm/v3/owners/, slash included.
  const stats = { ...newStats(), salesforce: { pubSubPort: salesforce.pubSubPort } };
  app.use(async (c, next) => {
    await next();
    countRequest(stats, c.req.method, c.res.status);
  });
  if (loopbackOnly) app.use(onlyLoopbackNames());
  app.use(bodyLimit({ maxSize: LARGEST_BODY }));
  app.use(translateFaults(salesforce));
  app.use(strikeRequests(store));
  app.use(answerAsSalesforce(salesforce, stats));
  app.route('/sandbox', controlRoutes(store, stats, delivery));
  app.route('/', wireRoutes(store));
  app.route('/', pageRoutes(store, cardUrl));
  app.notFound(c => {
    countUnknownPath(stats, c.req.method, c.req.path);
    const refusal = new Refusal(404, 'NOT_FOUND', `There is nothing at ${c.req.method} ${c.req.path}.`);
    return c.json(renderRefusal(refusal), 404);
  });
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(renderRefusal(error), error.status);
    if (error instanceof HTTPException) {
      const why = error.status === 403 ? 'This form did not come from one of these pages.' : error.message;
      return c.text(why, error.status);
    }
    console.error(error);
    return c.json(
      { status: 'error', category: 'INTERNAL_ERROR', message: 'Unexpected error in the sandbox' },
      500,
    );
  });
  return app;
}
