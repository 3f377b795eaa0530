import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { Sandbox } from '#lib/crm/sandbox/sandbox.ts';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import { draw } from './rule.ts';

const CONTACTS = '/crm/objects/2026-09/contacts';

async function strike(sandbox: Sandbox, ...rules: object[]): Promise<void> {
  const answer = await ask(sandbox, '/sandbox/faults', { rules });
  expect(answer.status).toBe(201);
}

function ask(sandbox: Sandbox, path: string, body?: object): Promise<Response> {
  return fetch(sandbox.url + path, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: 'Bearer sandbox' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function contactCount(sandbox: Sandbox): Promise<number> {
  const { records } = (await (await ask(sandbox, '/sandbox/stats')).json()) as {
    records: Record<string, number>;
  };
  return records['contacts'] ?? 0;
}

const create = (sandbox: Sandbox) => ask(sandbox, CONTACTS, { properties: { firstname: 'Ann' } });

test('a fault strikes the nth matching request, is counted, and ends when cleared', async () => {
  await using open = await openSandbox();
  const { sandbox, call } = open;
  await strike(sandbox, {
    match: { method: 'get', path: '/contacts$', nth: 2 },
    effect: { kind: 'status', status: 503, retryAfterSeconds: 7 },
  });
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await ask(sandbox, CONTACTS)).status);
  expect(statuses).toEqual([200, 503, 200]);
  expect((await call('GET', '/crm/owners/2026-09')).status).toBe(200);
  const { body } = await call('GET', '/sandbox/faults');
  expect(body.results).toMatchObject([{ id: '1', seen: 3, hits: 1 }]);
  expect((await call('DELETE', '/sandbox/faults')).status).toBe(204);
  expect((await call('GET', '/sandbox/faults')).body.results).toEqual([]);
});

test('429 carries Retry-After and a policy; a failure after the effect leaves the effect', async () => {
  await using open = await openSandbox();
  const { sandbox } = open;
  const busy = { kind: 'status', status: 429, retryAfterSeconds: 3 };
  await strike(sandbox, { match: { times: 1 }, effect: busy });
  const refused = await create(sandbox);
  expect(refused.headers.get('retry-after')).toBe('3');
  expect(await refused.json()).toMatchObject({ category: 'RATE_LIMITS', policyName: 'TEN_SECONDLY_ROLLING' });
  expect(await contactCount(sandbox)).toBe(0);
  await strike(sandbox, { match: { times: 1 }, effect: { kind: 'status', status: 500, after: true } });
  expect((await create(sandbox)).status).toBe(500);
  expect(await contactCount(sandbox)).toBe(1);
});

test.each([
  ['drop-before', 0],
  ['drop-after', 1],
  ['truncate', 1],
])('%s cuts the connection with %i contacts made', async (kind, made) => {
  await using open = await openSandbox();
  const complaints = vi.spyOn(console, 'error');
  await strike(open.sandbox, { match: { times: 1 }, effect: { kind } });
  await expect(create(open.sandbox).then(answer => answer.text())).rejects.toThrow();
  expect(await contactCount(open.sandbox)).toBe(made);
  expect((await create(open.sandbox)).status).toBe(201);
  expect(complaints).not.toHaveBeenCalled();
});

test('a hanging request is answered by nothing, and an unreadable one takes effect', async () => {
  await using open = await openSandbox();
  const { sandbox } = open;
  await strike(sandbox, { match: { times: 1 }, effect: { kind: 'hang', ms: 1 } });
  await expect(create(sandbox)).rejects.toThrow();
  await strike(sandbox, { match: { times: 1 }, effect: { kind: 'invalid-json' } });
  const answer = await create(sandbox);
  expect(answer.status).toBe(201);
  await expect(answer.json()).rejects.toThrow();
  expect(await contactCount(sandbox)).toBe(1);
});

test('one item of a batch is refused and the others are kept', async () => {
  await using open = await openSandbox();
  const { sandbox, call } = open;
  const effect = { kind: 'refuse-item', index: 1, message: 'Not this one' };
  await strike(sandbox, { match: { times: 2 }, effect });
  const inputs = ['a', 'b', 'c'].map(name => ({
    properties: { firstname: name },
    objectWriteTraceId: `trace-${name}`,
  }));
  const { status, body } = await call('POST', `${CONTACTS}/batch/create`, { inputs });
  expect(status).toBe(207);
  expect(body.results.map(({ properties }) => properties['firstname'])).toEqual(['a', 'c']);
  expect(body).toMatchObject({
    numErrors: 1,
    errors: [{ message: 'Not this one', context: { objectWriteTraceId: ['trace-b'] } }],
  });
  const alone = await call('POST', `${CONTACTS}/batch/create`, { inputs: inputs.slice(0, 1) });
  expect([alone.status, alone.body.results]).toEqual([207, []]);
  expect(await contactCount(sandbox)).toBe(2);
});

test('a skewed clock stamps records until it is cleared; an expired token is said to be so', async () => {
  await using open = await openSandbox({ now: () => 1_795_000_000_000 });
  const { sandbox, call } = open;
  await strike(sandbox, { effect: { kind: 'clock-skew', ms: 3_600_000 } });
  const made = await call('POST', CONTACTS, { properties: {} });
  expect(Date.parse(String(made.body['createdAt']))).toBe(1_795_003_600_000);
  await call('DELETE', '/sandbox/faults');
  expect(sandbox.store.now()).toBe(1_795_000_000_000);
  await strike(sandbox, { match: { times: 1 }, effect: { kind: 'expire-token' } });
  expect((await call('GET', CONTACTS)).body.category).toBe('EXPIRED_AUTHENTICATION');
  expect((await call('GET', CONTACTS)).status).toBe(200);
});

test('chance follows the seed alone', async () => {
  const run = async (seed: number) => {
    await using open = await openSandbox();
    await strike(open.sandbox, {
      match: { probability: 0.5, seed },
      effect: { kind: 'status', status: 500 },
    });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await ask(open.sandbox, CONTACTS)).status);
    return statuses;
  };
  const first = await run(3);
  expect(await run(3)).toEqual(first);
  expect(await run(4)).not.toEqual(first);
  const draws = Array.from({ length: 4_000 }, (_, place) => draw(1, place));
  expect(draws.reduce((a, b) => a + b) / draws.length).toBeCloseTo(0.5, 1);
});

test('faults need the token and readable rules', async () => {
  await using open = await openSandbox();
  expect((await fetch(`${open.sandbox.url}/sandbox/faults`)).status).toBe(401);
  const bad = await open.call('POST', '/sandbox/faults', {
    match: { path: '(' },
    effect: { kind: 'drop-before' },
  });
  expect(bad.status).toBe(400);
  expect((await open.call('POST', '/sandbox/faults', { effect: { kind: 'nonsense' } })).status).toBe(400);
});

/** A subscriber that keeps every event it is sent. */
async function subscribe() {
  const events: Record<string, unknown>[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const server = createServer((request, response) => {
    let raw = '';
    request.setEncoding('utf8').on('data', (part: string) => (raw += part));
    request.on('end', () => {
      events.push(...(JSON.parse(raw) as Record<string, unknown>[]));
      response.writeHead(204).end();
      for (const { count, done } of waiting) if (events.length >= count) done();
    });
  });
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    after: (count: number) =>
      new Promise<Record<string, unknown>[]>(resolve => {
        const done = () => resolve(events);
        if (events.length >= count) done();
        else waiting.push({ count, done });
      }),
    [Symbol.asyncDispose]: async () => void (await new Promise(done => server.close(done))),
  };
}

test('webhooks are lost, doubled under one event id, and put in another order', async () => {
  await using subscriber = await subscribe();
  await using open = await openSandbox({ webhook: { url: subscriber.url, secret: 's' } });
  await strike(
    open.sandbox,
    { match: { path: 'contact.creation', nth: 1 }, effect: { kind: 'webhook-drop' } },
    { match: { path: 'contact.creation', nth: 3 }, effect: { kind: 'webhook-duplicate' } },
    { match: { path: 'deal', times: 1 }, effect: { kind: 'webhook-delay', ms: 5 } },
    { match: { seed: 5 }, effect: { kind: 'webhook-reorder' } },
  );
  const inputs = Array.from({ length: 9 }, (_, i) => ({ properties: { firstname: `P${i}` } }));
  const made = await open.call('POST', `${CONTACTS}/batch/create`, { inputs });
  const ids = made.body.results.map(({ id }) => Number(id));
  const events = await subscriber.after(9);
  const heard = events.map(event => Number(event['objectId']));
  expect(heard.toSorted((a, b) => a - b)).toEqual([ids[1], ids[2], ids[2], ...ids.slice(3)]);
  expect(heard).not.toEqual(heard.toSorted((a, b) => a - b));
  const twice = events.filter(event => event['objectId'] === ids[2]);
  expect(new Set(twice.map(event => event['eventId'])).size).toBe(1);
  await open.call('POST', '/crm/objects/2026-09/deals', { properties: { dealname: 'late' } });
  expect((await subscriber.after(10)).at(-1)).toMatchObject({ subscriptionType: 'deal.creation' });
});
