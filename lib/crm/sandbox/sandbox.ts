import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { createApp } from './app.ts';
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
};

export type Sandbox = { url: string; port: number; store: Store; stop: () => Promise<void> };

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
 * Starts a CRM that speaks HubSpot's wire format and shows pages for people, on its own durable store.
 * Throws an Error with a clear sentence if the port is taken or a seed is wrong.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { port, host = '127.0.0.1', file, seedIfEmpty, cardUrl = 'http://localhost:3000', webhook } = options;
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const store = openStore(file);
  try {
    prepareAccount(store);
    if (seedIfEmpty && isEmpty(store)) seed(store, seedIfEmpty());
    if (webhook) setTarget(store, { url: webhook.url, secret: webhook.secret });
    const delivery = startDelivery(store, webhook?.retryBaseMs);
    const loopbackOnly = ['127.0.0.1', 'localhost', '::1'].includes(host);
    const app = createApp(store, { delivery, cardUrl, loopbackOnly });
    const server = createAdaptorServer({ fetch: app.fetch });
    const bound = await listen(server, port, host).catch(async (error: unknown) => {
      await delivery.stop();
      throw error;
    });
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
      port: bound,
      store,
      stop: async () => {
        const closed = new Promise(resolve => server.close(resolve));
        if ('closeAllConnections' in server) server.closeAllConnections();
        await closed;
        await delivery.stop();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
