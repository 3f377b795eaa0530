import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Signature } from '@hubspot/api-client';
import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import { signedUri } from './sign.ts';

type Received = { headers: IncomingHttpHeaders; raw: string; events: Record<string, unknown>[] };

const SECRET = 'client-secret';

/** A subscriber that answers with the given statuses in turn, then 204. */
async function listen(statuses: number[] = []) {
  const waiting: ((call: Received) => void)[] = [];
  const calls: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const call = { headers: request.headers, raw, events: JSON.parse(raw) as Received['events'] };
      response.writeHead(statuses.shift() ?? 204).end();
      const next = waiting.shift();
      if (next) next(call);
      else calls.push(call);
    });
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/webhooks/hubspot?a=%2Fb%20c`;
  const next = () =>
    new Promise<Received>(resolve => {
      const call = calls.shift();
      if (call) resolve(call);
      else waiting.push(resolve);
    });
  return {
    url,
    next,
    [Symbol.asyncDispose]: async () => void (await new Promise(done => server.close(done))),
  };
}

test('a change is announced with a signature that verifies independently', async () => {
  await using subscriber = await listen();
  await using open = await openSandbox({ webhook: { url: subscriber.url, secret: SECRET } });
  const before = Date.now();
  const { body } = await open.call('POST', '/crm/objects/2026-09/contacts', {
    properties: { firstname: 'Zoë' },
  });
  const created = await subscriber.next();
  expect(created.events).toEqual([
    {
      eventId: expect.any(Number),
      subscriptionId: expect.any(Number),
      portalId: 48213907,
      appId: expect.any(Number),
      occurredAt: expect.any(Number),
      subscriptionType: 'contact.creation',
      attemptNumber: 0,
      objectId: Number(body.id),
      changeSource: 'INTEGRATION',
    },
  ]);
  await open.call('PATCH', `/crm/objects/2026-09/contacts/${body.id}`, {
    properties: { lastname: 'Ørsted' },
  });
  const { headers, raw, events } = await subscriber.next();
  expect(events[0]).toMatchObject({
    subscriptionType: 'contact.propertyChange',
    propertyName: 'lastname',
    propertyValue: 'Ørsted',
  });
  const timestamp = Number(headers['x-hubspot-request-timestamp']);
  expect(timestamp).toBeGreaterThanOrEqual(before);
  const text = `POST${subscriber.url.replace('%2F', '/')}${raw}${timestamp}`;
  const expected = createHmac('sha256', SECRET).update(text, 'utf8').digest('base64');
  expect(headers['x-hubspot-signature-v3']).toBe(expected);
  const accepted = Signature.isValid({
    signature: expected,
    signatureVersion: 'v3',
    clientSecret: SECRET,
    requestBody: raw,
    method: 'POST',
    timestamp,
    url: signedUri(subscriber.url),
  });
  expect(accepted).toBe(true);
});

test('activities use the generic events, and archiving is a deletion', async () => {
  await using subscriber = await listen();
  await using open = await openSandbox({ webhook: { url: subscriber.url, secret: SECRET } });
  const { body } = await open.call('POST', '/crm/objects/2026-09/tasks', {
    properties: { hs_timestamp: '2026-11-30' },
  });
  expect((await subscriber.next()).events[0]).toMatchObject({
    subscriptionType: 'object.creation',
    objectTypeId: '0-27',
  });
  await open.call('DELETE', `/crm/objects/2026-09/tasks/${body.id}`);
  expect((await subscriber.next()).events[0]).toMatchObject({ subscriptionType: 'object.deletion' });
});

test('many changes arrive in calls of 100 at most', async () => {
  await using subscriber = await listen();
  await using open = await openSandbox({ webhook: { url: subscriber.url, secret: SECRET } });
  const inputs = Array.from({ length: 100 }, (_, i) => ({ properties: { firstname: `P${i}` } }));
  const { body } = await open.call('POST', '/crm/objects/2026-09/contacts/batch/create', { inputs });
  const changes = body.results.map(({ id }) => ({ id, properties: { city: 'Oslo', country: 'Norway' } }));
  await open.call('POST', '/crm/objects/2026-09/contacts/batch/update', { inputs: changes });
  const sizes: number[] = [];
  const kinds = new Map<unknown, number>();
  while (sizes.reduce((a, b) => a + b, 0) < 300) {
    const { events } = await subscriber.next();
    sizes.push(events.length);
    for (const { subscriptionType: kind } of events) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  expect(Object.fromEntries(kinds)).toEqual({ 'contact.creation': 100, 'contact.propertyChange': 200 });
});

test('a refused call is made again with the next attempt number and the same event id', async () => {
  await using subscriber = await listen([500, 302]);
  await using open = await openSandbox({ webhook: { url: subscriber.url, secret: SECRET, retryBaseMs: 5 } });
  await open.call('POST', '/crm/objects/2026-09/contacts', { properties: {} });
  const attempts = [await subscriber.next(), await subscriber.next(), await subscriber.next()].map(
    ({ events }) => events[0],
  );
  expect(attempts.map(event => event?.['attemptNumber'])).toEqual([0, 1, 2]);
  expect(new Set(attempts.map(event => event?.['eventId'])).size).toBe(1);
});

test('a target set later hears of what changes from then on', async () => {
  await using subscriber = await listen();
  await using open = await openSandbox();
  await open.call('POST', '/crm/objects/2026-09/contacts', { properties: { firstname: 'before' } });
  const target = { url: subscriber.url, secret: SECRET };
  expect(
    (await fetch(`${open.sandbox.url}/sandbox/webhooks`, { method: 'PUT', body: JSON.stringify(target) }))
      .status,
  ).toBe(401);
  expect((await open.call('PUT', '/sandbox/webhooks', target)).status).toBe(200);
  const { body } = await open.call('POST', '/crm/objects/2026-09/deals', { properties: { dealname: 'x' } });
  const { events } = await subscriber.next();
  expect(events.map(({ objectId, subscriptionType }) => [objectId, subscriptionType])).toEqual([
    [Number(body.id), 'deal.creation'],
  ]);
});
