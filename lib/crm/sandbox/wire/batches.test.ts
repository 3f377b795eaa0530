import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

const BATCH = '/crm/objects/2026-09/contacts/batch';

test('reading a batch answers 207 with an error for what is missing', async () => {
  await using open = await openSandbox();
  const { batchApi } = open.client.crm.contacts;
  const made = await batchApi.create({
    inputs: ['a', 'b'].map(name => ({ properties: { firstname: name }, associations: [] })),
  });
  expect(made.results.map(({ properties }) => properties['firstname'])).toEqual(['a', 'b']);
  const ids = [...made.results.map(({ id }) => ({ id })), { id: '17' }];
  const read = await open.call('POST', `${BATCH}/read`, { inputs: ids, properties: ['firstname'] });
  expect(read.status).toBe(207);
  expect(read.body.results.map(({ id }) => id)).toEqual(made.results.map(({ id }) => id));
  expect(read.body).toMatchObject({
    numErrors: 1,
    errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: ['17'] } }],
  });
});

test('a batch create with one bad input changes nothing, unless trace ids ask for errors per item', async () => {
  await using open = await openSandbox();
  const inputs = [{ properties: { firstname: 'a' } }, { properties: { nothing: 'b' } }];
  expect((await open.call('POST', `${BATCH}/create`, { inputs })).status).toBe(400);
  expect((await open.call('GET', '/crm/objects/2026-09/contacts')).body.results).toEqual([]);
  const traced = inputs.map((input, i) => ({ ...input, objectWriteTraceId: `t${i}` }));
  const answer = await open.call('POST', `${BATCH}/create`, { inputs: traced });
  expect(answer.status).toBe(207);
  expect(answer.body.results).toHaveLength(1);
  expect(answer.body.errors?.[0]?.context).toMatchObject({ objectWriteTraceId: ['t1'] });
});

test('a failed input of a traced batch leaves no half-made record', async () => {
  await using open = await openSandbox();
  const associations = [
    { to: { id: '999' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 279 }] },
  ];
  const inputs = [{ properties: { email: 'x@example.com' }, associations, objectWriteTraceId: 't0' }];
  const answer = await open.call('POST', `${BATCH}/create`, { inputs });
  expect(answer.body).toMatchObject({ results: [], numErrors: 1 });
  const { body } = await open.call('GET', '/crm/objects/2026-09/contacts');
  expect(body.results).toEqual([]);
});

test('updating a batch reports missing records and changes the others', async () => {
  await using open = await openSandbox();
  const { body: made } = await open.call('POST', '/crm/objects/2026-09/contacts', { properties: {} });
  const inputs = [made.id, '17'].map(id => ({ id, properties: { city: 'Oslo' } }));
  const answer = await open.call('POST', `${BATCH}/update`, { inputs });
  expect(answer.status).toBe(207);
  expect(answer.body.results[0]?.properties['city']).toBe('Oslo');
  const twice = await open.call('POST', `${BATCH}/update`, { inputs: [inputs[0], inputs[0]] });
  expect(twice).toMatchObject({ status: 400 });
  expect(twice.body.message).toContain(made.id);
});

test('upsert by a unique property creates once and updates afterwards', async () => {
  await using open = await openSandbox();
  await open.client.crm.properties.coreApi.create('tasks', {
    name: 'sidecard_change',
    label: 'Sidecard change',
    groupName: 'task',
    hasUniqueValue: true,
    type: 'string' as never,
    fieldType: 'text' as never,
  });
  const write = (subject: string) =>
    open.client.crm.objects.tasks.batchApi.upsert({
      inputs: [
        {
          id: 'd1.c1',
          idProperty: 'sidecard_change',
          properties: {
            hs_task_subject: subject,
            hs_timestamp: '2026-11-30T09:00:00Z',
          },
        },
      ],
    });
  const [first] = (await write('Call back')).results;
  const [second] = (await write('Call back on Monday')).results;
  expect([first?._new, second?._new]).toEqual([true, false]);
  expect(second?.id).toBe(first?.id);
  expect(second?.properties).toMatchObject({
    sidecard_change: 'd1.c1',
    hs_task_subject: 'Call back on Monday',
  });
});

test('a batch is archived at once, and more than 100 inputs are refused', async () => {
  await using open = await openSandbox();
  const { body: made } = await open.call('POST', `${BATCH}/create`, {
    inputs: [{ properties: {} }, { properties: {} }],
  });
  const inputs = made.results.map(({ id }) => ({ id }));
  expect((await open.call('POST', `${BATCH}/archive`, { inputs })).status).toBe(204);
  expect((await open.call('GET', '/crm/objects/2026-09/contacts')).body.results).toEqual([]);
  const many = Array.from({ length: 101 }, () => ({ properties: {} }));
  expect((await open.call('POST', `${BATCH}/create`, { inputs: many })).status).toBe(400);
});
