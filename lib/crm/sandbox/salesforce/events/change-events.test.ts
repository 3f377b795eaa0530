import { createServer } from 'node:http';
import PubSubApiClient from 'salesforce-pubsub-api-client';
import { expect, test } from 'vitest';
import { ORGANIZATION_ID } from '../ids.ts';
import { openSalesforceSandbox } from '../testing.ts';

type Header = {
  entityName: string;
  recordIds: string[];
  changeType: string;
  changeOrigin: string;
  transactionKey: string;
  sequenceNumber: number;
  commitUser: string;
  nulledFields: string[];
  changedFields: string[];
};
type Received = { replayId: number; payload: { ChangeEventHeader: Header } & Record<string, unknown> };

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** The client that people use, and what it has received so far; `until` waits for so many events. */
async function listen(port: number, topic: string, from?: number | 'earliest') {
  const client = new PubSubApiClient(
    {
      authType: 'user-supplied',
      accessToken: 'sandbox',
      instanceUrl: 'https://sandbox.example',
      organizationId: ORGANIZATION_ID,
      pubSubEndpoint: `localhost:${port}`,
      rejectUnauthorizedSsl: false,
    },
    QUIET,
  );
  await client.connect();
  const events: Received[] = [];
  const errors: { code?: number }[] = [];
  const waiting: { count: number; done: () => void }[] = [];
  const heard = (_: unknown, kind: string, data: unknown) => {
    if (kind === 'event') events.push(data as Received);
    if (kind === 'error') errors.push(data as { code?: number });
    for (const { count, done } of waiting) if (events.length + errors.length >= count) done();
  };
  if (from === 'earliest') client.subscribeFromEarliestEvent(topic, heard);
  else if (from === undefined) client.subscribe(topic, heard);
  else client.subscribeFromReplayId(topic, heard, null, from);
  const until = (count: number) =>
    new Promise<void>(done =>
      events.length + errors.length >= count ? done() : waiting.push({ count, done }),
    );
  return { events, errors, until, [Symbol.dispose]: () => client.close() };
}

test('each change becomes an event with its header, origin and changed fields', async () => {
  await using sf = await openSalesforceSandbox();
  using all = await listen(sf.sandbox.pubSubPort, '/data/ChangeEvents', 'earliest');
  const ours = { 'Sforce-Call-Options': 'client=ours' };
  const made = await sf.call(
    'POST',
    'sobjects/Account',
    { Name: 'Acme', BillingCity: 'Ulm', Phone: '1' },
    ours,
  );
  const { id } = made.body as { id: string };
  await sf.call('PATCH', `sobjects/Account/${id}`, {
    BillingStreet: 'Way 1',
    Phone: null,
    NumberOfEmployees: 5,
  });
  await sf.org.sobject('Account').destroy(id);
  await all.until(3);
  const [create, update, gone] = all.events.map(({ payload }) => payload);
  expect(create).toMatchObject({
    Name: 'Acme',
    BillingAddress: { City: 'Ulm', Street: null },
    ChangeEventHeader: {
      entityName: 'Account',
      recordIds: [id],
      changeType: 'CREATE',
      sequenceNumber: 1,
      changeOrigin: 'com/salesforce/api/rest/66.0;client=ours',
    },
  });
  expect(update!.ChangeEventHeader.changedFields.toSorted()).toEqual([
    'BillingAddress.Street',
    'LastModifiedDate',
    'NumberOfEmployees',
    'Phone',
  ]);
  expect(update).toMatchObject({
    NumberOfEmployees: 5,
    Name: null,
    ChangeEventHeader: { changeType: 'UPDATE', nulledFields: ['Phone'] },
  });
  expect(gone!.ChangeEventHeader).toMatchObject({ changeType: 'DELETE', recordIds: [id] });
});

test('a subscription resumes after a replay id, whose next is not the next number', async () => {
  await using sf = await openSalesforceSandbox();
  for (const LastName of ['A', 'B', 'C']) await sf.org.sobject('Contact').create({ LastName });
  const names = (events: Received[]) =>
    events.map(({ payload }) => (payload['Name'] as { LastName: string }).LastName ?? payload['Name']);
  using first = await listen(sf.sandbox.pubSubPort, '/data/ContactChangeEvent', 'earliest');
  await first.until(3);
  expect(names(first.events)).toEqual(['A', 'B', 'C']);
  const [a, b] = first.events;
  expect(b!.replayId).toBeGreaterThan(a!.replayId + 1);
  using second = await listen(sf.sandbox.pubSubPort, '/data/ContactChangeEvent', a!.replayId);
  await second.until(2);
  expect(names(second.events)).toEqual(['B', 'C']);
  using wrong = await listen(sf.sandbox.pubSubPort, '/data/ContactChangeEvent', 9_999_999_999);
  await wrong.until(1);
  expect(wrong.errors).toMatchObject([{ code: 3 }]);
});

test('a replay id from before the retention is refused, one from an empty stream is not', async () => {
  await using sf = await openSalesforceSandbox();
  const { body } = await sf.admin('GET', 'stats');
  const { latestReplayId } = (body as { pubSub: { latestReplayId: number } }).pubSub;
  await sf.org.sobject('Lead').create({ LastName: 'A', Company: 'B' });
  using early = await listen(sf.sandbox.pubSubPort, '/data/LeadChangeEvent', latestReplayId);
  await early.until(1);
  expect(early.events).toHaveLength(1);
  sf.sandbox.store.run('UPDATE sf_event SET at = at - ?', 73 * 3_600_000);
  using late = await listen(sf.sandbox.pubSubPort, '/data/LeadChangeEvent', latestReplayId);
  await late.until(1);
  expect(late.errors).toMatchObject([{ code: 3 }]);
});

test('gaps, overflow and a broken stream come on demand', async () => {
  await using sf = await openSalesforceSandbox();
  using leads = await listen(sf.sandbox.pubSubPort, '/data/LeadChangeEvent', 'earliest');
  await sf.admin('POST', 'faults', { gaps: 1 });
  const { id } = await sf.org.sobject('Lead').create({ LastName: 'A', Company: 'B' });
  await sf.admin('POST', 'gap', { object: 'Lead', changeType: 'GAP_OVERFLOW' });
  await leads.until(2);
  expect(leads.events.map(({ payload }) => payload.ChangeEventHeader)).toMatchObject([
    { changeType: 'GAP_CREATE', recordIds: [id] },
    { changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] },
  ]);
  await sf.admin('POST', 'pubsub/disconnect');
  await leads.until(3);
  expect(leads.errors).toMatchObject([{ code: 14 }]);
});

test('outbound messages come in SOAP until they are acknowledged', async () => {
  await using sf = await openSalesforceSandbox();
  const bodies: string[] = [];
  let acknowledged: () => void;
  const done = new Promise<void>(resolve => (acknowledged = resolve));
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      bodies.push(body);
      answer.end(
        `<Envelope><Ack>${bodies.length > 1}</Ack></Envelope>`,
        () => bodies.length > 1 && acknowledged(),
      );
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await sf.admin('PUT', 'outbound-messages', {
    url: `http://127.0.0.1:${port}/`,
    objects: ['Opportunity'],
    retryBaseMs: 1,
  });
  const { id } = await sf.org
    .sobject('Opportunity')
    .create({ Name: 'A & B', StageName: 'Prospecting', CloseDate: '2026-12-01', Amount: 10 });
  await done;
  server.close();
  expect(bodies[0]).toBe(bodies[1]);
  expect(bodies[0]).toContain(`<sf:Id>${id}</sf:Id>`);
  expect(bodies[0]).toContain('<sf:Amount>10.0</sf:Amount>');
  expect(bodies[0]).toContain('<sf:Name>A &amp; B</sf:Name>');
});
