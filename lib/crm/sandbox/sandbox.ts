import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
import { openSalesforce, type SalesforceOptions } from './salesforce/salesforce.ts';
import { limitsBody, setLimits, type Limits } from './limits/limits.ts';
import type { SeedSet } from './seed.ts';
import { seed } from './seeding/plant-seed.ts';
import { openStore, type Store } from './store/open-store.ts';
import { isEmpty, prepareAccount } from './store/settings.ts';
import { startDelivery } from './webhooks/deliver.ts';
import { setTarget } from './webhooks/target.ts';

export type SandboxOptions = {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** The SQLite file; made with its folder if it is not there. ":memory:" keeps nothing. */
  file: string;
  /** Called once, when the account has no records yet. */
  seedIfEmpty?: () => SeedSet;
  /** Where the product serves its card; record pages frame `${cardUrl}/card/hubspot/{object}/{id}`. */
  cardUrl?: string;
  /** Where webhooks go. Without it, the target kept in the store stays. `retryBaseMs` is the first wait. */
  webhook?: { url: string; secret: string; retryBaseMs?: number };
  /** The clock, in milliseconds; the computer’s own if not given. */
  now?: () => number;
  /** Limits that are on from the start, in place of HubSpot’s own numbers where given. */
  rateLimits?: Partial<Limits>;
  /** What the Salesforce side starts with. */
  salesforce?: SalesforceOptions;
};

export type Sandbox = {
  url: string;
  port: number;
  /** Where Salesforce's Pub/Sub interface listens, on the same host, with TLS. */
  pubSubPort: number;
  store: Store;
  stop: () => Promise<void>;
};

function listen(server: ReturnType<typeof createAdaptorServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      const hint = 'Stop what uses it, or set SANDBOX_PORT to a free one.';
      reject(taken ? new Error(`Port ${port} on ${host} is taken. ${hint}`, { cause: error }) : error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Starts a CRM that speaks HubSpot's and Salesforce's wire formats and shows pages for people, on its own durable store.
 * Throws an Error with a clear sentence if the port is taken or a seed is wrong.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = '127.0.0.1', file, seedIfEmpty, cardUrl = 'http://localhost:3000', webhook } = options;
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const store = openStore(file, options.now);
  try {
    prepareAccount(store);
    if (options.rateLimits) setLimits(store, limitsBody.parse(options.rateLimits));
    if (seedIfEmpty && isEmpty(store)) seed(store, seedIfEmpty());
    if (webhook) setTarget(store, { url: webhook.url, secret: webhook.secret });
    const delivery = startDelivery(store, webhook?.retryBaseMs);
    const loopbackOnly = ['127.0.0.1', 'localhost', '::1'].includes(host);
    const urlOf = (at: number) => `http://${host.includes(':') ? `[${host}]` : host}:${at}`;
    let bound = port;
    const salesforce = await openSalesforce(store, {
      host,
      cardUrl,
      instanceUrl: () => urlOf(bound),
      ...options.salesforce,
    });
    const app = createApp(store, { delivery, salesforce, cardUrl, loopbackOnly });
    const server = createAdaptorServer({ fetch: app.fetch });
    // Longer than a busy process pauses: a connection must not close just as the next request is sent over it.
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = 60_000;
    bound = await listen(server, port, host).catch(async (error: unknown) => {
      await delivery.stop();
      await salesforce.stop();
      throw error;
    });
    return {
      url: urlOf(bound),
      port: bound,
      pubSubPort: salesforce.pubSubPort,
      store,
      stop: async () => {
        const closed = new Promise(resolve => server.close(resolve));
        if ('closeAllConnections' in server) server.closeAllConnections();
        await closed;
        await delivery.stop();
        await salesforce.stop();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
