import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { invalid } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readBody } from '#lib/crm/sandbox/wire/read-body.ts';
import { renderBatch } from '#lib/crm/sandbox/wire/run-batch.ts';
import { optOut, setStatus, statusBody, statusesOf, wideStatuses } from './subscription-status.ts';
import { listSubscriptions } from './subscriptions.ts';

const email = z.email();
const batchBody = z.object({ inputs: z.array(z.string().min(1)).min(1).max(100) });
const batchStatusBody = z.object({
  inputs: z
    .array(statusBody.extend({ subscriberIdString: email }))
    .min(1)
    .max(100),
});

function requireChannel(c: Context): void {
  if (c.req.query('channel') !== 'EMAIL') throw invalid('The query parameter channel must be EMAIL');
}

function action(store: Store, results: unknown[]) {
  const at = new Date(store.now()).toISOString();
  return { status: 'COMPLETE', results, startedAt: at, completedAt: at };
}

/** Who takes which e-mail: `/communication-preferences/2026-09/…`. */
export function subscriptionRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/definitions', c => {
    const results = listSubscriptions(store).map(subscription => ({
      ...subscription,
      communicationMethod: 'Email',
      isActive: true,
      isInternal: false,
      updatedAt: subscription.createdAt,
    }));
    return c.json(action(store, results));
  });

  routes.post('/statuses/batch/read', async c => {
    requireChannel(c);
    const { inputs } = await readBody(c, batchBody);
    const results = inputs.map(person => ({
      subscriberIdString: person,
      statuses: statusesOf(store, person),
    }));
    return c.json(renderBatch(store, results));
  });

  routes.post('/statuses/batch/unsubscribe-all/read', async c => {
    requireChannel(c);
    const { inputs } = await readBody(c, batchBody);
    const results = inputs.map(person => ({
      subscriberIdString: person,
      wideStatuses: wideStatuses(store, person),
    }));
    return c.json(renderBatch(store, results));
  });

  routes.post('/statuses/batch/unsubscribe-all', async c => {
    requireChannel(c);
    const { inputs } = await readBody(c, batchBody);
    store.transact(() => inputs.forEach(person => optOut(store, person)));
    return c.json(
      renderBatch(
        store,
        inputs.map(subscriberIdString => ({ subscriberIdString })),
      ),
    );
  });

  routes.post('/statuses/batch/write', async c => {
    const { inputs } = await readBody(c, batchStatusBody);
    const results = store.transact(() =>
      inputs.map(input => setStatus(store, input.subscriberIdString, input)),
    );
    return c.json(renderBatch(store, results));
  });

  routes.get('/statuses/:email/unsubscribe-all', c => {
    requireChannel(c);
    return c.json(action(store, wideStatuses(store, c.req.param('email'))));
  });

  routes.post('/statuses/:email/unsubscribe-all', c => {
    requireChannel(c);
    const person = c.req.param('email');
    store.transact(() => optOut(store, person));
    return c.json(action(store, c.req.query('verbose') === 'true' ? statusesOf(store, person) : []));
  });

  routes.get('/statuses/:email', c => {
    requireChannel(c);
    return c.json(action(store, statusesOf(store, c.req.param('email'))));
  });

  routes.post('/statuses/:email', async c => {
    const body = await readBody(c, statusBody);
    const person = c.req.param('email');
    if (!email.safeParse(person).success) throw invalid(`${person} is not an e-mail address`);
    return c.json(action(store, [store.transact(() => setStatus(store, person, body))]));
  });

  return routes;
}
