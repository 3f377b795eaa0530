import { Hono } from 'hono';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { deployPackage } from './admin/deploy-fields.ts';
import { startOutbound } from './events/deliver-outbound.ts';
import { pruneEvents } from './events/log-change.ts';
import { startPubSub } from './events/pubsub-server.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import { openOrg, type Org } from './org.ts';
import { lightningRoutes } from './pages/lightning-routes.ts';
import { notFound, SalesforceRefusal } from './refusal.ts';
import { seedBasics } from './seed/seed-basics.ts';
import { seedDemo } from './seed/seed-demo.ts';
import { dataRoutes } from './wire/data-routes.ts';
import type { Usage } from './wire/context.ts';

/** Paths that are Salesforce's, or about it. */
const OURS = /^\/(services|lightning|id|sandbox\/salesforce)(\/|$)/;

/** `seed` fills the org with the demo's people; `packageFolder` holds SFDX metadata whose fields are deployed. */
export type SalesforceOptions = { seed?: boolean; packageFolder?: string };

export type Salesforce = {
  org: Org;
  owns: (path: string) => boolean;
  /** Answers a request of its paths; `known` is false where nobody serves the path. */
  answer: (request: Request) => Promise<{ response: Response; known: boolean }>;
  /** Where the Pub/Sub interface listens. */
  pubSubPort: number;
  stop: () => Promise<void>;
};

/** An org that speaks Salesforce's wire formats, in the same store as the rest of the sandbox. */
export async function openSalesforce(
  store: Store,
  options: SalesforceOptions & { host: string; cardUrl: string; instanceUrl: () => string },
): Promise<Salesforce> {
  const { host, cardUrl, instanceUrl, seed = false, packageFolder } = options;
  const org = openOrg(store);
  seedBasics(org);
  if (packageFolder !== undefined) deployPackage(org, packageFolder);
  if (seed) seedDemo(org);
  pruneEvents(org);
  const pubSub = await startPubSub(org, host);
  const outbound = startOutbound(org, instanceUrl);
  const usage: Usage = { day: 0, used: 0 };
  store.onCommit(() => setImmediate(wake));
  let stopped = false;
  function wake(): void {
    if (stopped) return;
    pubSub.wake();
    outbound.wake();
  }
  const app = new Hono({ strict: false });
  const unknown = new WeakSet<Response>();
  app.route('/', oauthRoutes(org));
  app.route(
    '/services/data',
    dataRoutes(org, usage, request => app.fetch(request)),
  );
  app.route('/sandbox/salesforce', adminRoutes(org, { pubSub, outbound, usage }));
  app.route('/', lightningRoutes(org, cardUrl));
  app.notFound(c => {
    const response = c.json([notFound().body], 404);
    unknown.add(response);
    return response;
  });
  app.onError((error, c) => {
    if (error instanceof SalesforceRefusal) return c.json([error.body], error.status);
    console.error(error);
    const unexpected = {
      errorCode: 'UNKNOWN_EXCEPTION',
      message: 'An unexpected error occurred in the sandbox',
    };
    return c.json([unexpected], 500);
  });
  outbound.wake();
  return {
    org,
    owns: path => OURS.test(path),
    answer: async request => {
      const response = await app.fetch(request);
      return { response, known: !unknown.has(response) };
    },
    pubSubPort: pubSub.port,
    stop: async () => {
      stopped = true;
      await pubSub.stop();
      await outbound.stop();
    },
  };
}
