import { expect, test } from 'vitest';
import { openSandbox, type Call } from '#lib/crm/sandbox/testing.ts';

const OBJECTS = '/crm/objects/2026-09';
const LINKS = '/crm/associations/2026-09';

async function make(
  call: Call,
  type: string,
  properties: object = {},
  associations: object[] = [],
): Promise<string> {
  const { status, body } = await call('POST', `${OBJECTS}/${type}`, { properties, associations });
  expect(status).toBe(201);
  return body.id;
}

const inline = (id: string, associationTypeId: number) => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }],
});

test('a task is linked as it is created, and both ends know', async () => {
  await using open = await openSandbox();
  const contact = await make(open.call, 'contacts');
  const deal = await make(open.call, 'deals', { dealname: 'x' }, [inline(contact, 3)]);
  const task = await make(open.call, 'tasks', { hs_timestamp: '2026-11-30' }, [
    inline(contact, 204),
    inline(deal, 216),
  ]);
  const read = await open.client.crm.contacts.basicApi.getById(contact, undefined, undefined, [
    'tasks',
    'deals',
  ]);
  expect(read.associations).toMatchObject({
    tasks: { results: [{ id: task, type: 'contact_to_task' }] },
    deals: { results: [{ id: deal, type: 'contact_to_deal' }] },
  });
});

test('a type id that leads elsewhere and a record that is not there are refused, and nothing is made', async () => {
  await using open = await openSandbox();
  const contact = await make(open.call, 'contacts');
  for (const association of [inline(contact, 203), inline('5', 204)]) {
    const body = { properties: { hs_timestamp: '2026-11-30' }, associations: [association] };
    expect((await open.call('POST', `${OBJECTS}/tasks`, body)).status).toBe(400);
  }
  expect((await open.call('GET', `${OBJECTS}/tasks`)).body.results).toEqual([]);
});

test('links are put and deleted by path, dated and v4', async () => {
  await using open = await openSandbox();
  const [contact, company] = [
    await make(open.call, 'contacts'),
    await make(open.call, 'companies', { name: 'x' }),
  ];
  const list = async () => {
    const page = await open.client.crm.associations.v4.basicApi.getPage('contacts', contact, 'companies');
    return page.results.flatMap(({ associationTypes }) => associationTypes.map(({ typeId }) => typeId));
  };
  const path = `${OBJECTS}/contacts/${contact}/associations/companies/${company}`;
  expect((await open.call('PUT', path)).status).toBe(200);
  expect(await list()).toEqual([279]);
  const primary = [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId: 1 }];
  await open.client.crm.associations.v4.basicApi.create('contacts', contact, 'companies', company, primary);
  expect(await list()).toEqual([1, 279]);
  expect((await open.call('DELETE', path)).status).toBe(204);
  expect(await list()).toEqual([]);
  await open.client.crm.associations.v4.basicApi.createDefault('companies', company, 'contacts', contact);
  expect(await list()).toEqual([279]);
});

test('a batch read lists links and answers 207 for records that have none', async () => {
  await using open = await openSandbox();
  const [a, b] = [await make(open.call, 'contacts'), await make(open.call, 'contacts')];
  const deal = await make(open.call, 'deals', { dealname: 'x' });
  const made = await open.call('POST', `${LINKS}/contacts/deals/batch/create`, {
    inputs: [{ from: { id: a }, to: { id: deal }, types: inline(deal, 4).types }],
  });
  expect(made.status).toBe(201);
  const read = await open.call('POST', `${LINKS}/contact/deal/batch/read`, {
    inputs: [{ id: a }, { id: b }],
  });
  expect(read.status).toBe(207);
  expect(read.body.results).toEqual([
    {
      from: { id: a },
      to: [{ toObjectId: deal, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 4, label: null }] }],
    },
  ]);
  expect(read.body.errors?.[0]).toMatchObject({ subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' });
  const gone = await open.call('POST', `${LINKS}/deals/contacts/batch/archive`, {
    inputs: [{ from: { id: deal }, to: [{ id: a }] }],
  });
  expect(gone.status).toBe(204);
  expect(
    (await open.call('POST', `${LINKS}/contacts/deals/batch/read`, { inputs: [{ id: a }] })).body.results,
  ).toEqual([]);
});

test('an archived record drops out of lists of links', async () => {
  await using open = await openSandbox();
  const contact = await make(open.call, 'contacts');
  const deal = await make(open.call, 'deals', { dealname: 'x' }, [inline(contact, 3)]);
  await open.call('DELETE', `${OBJECTS}/deals/${deal}`);
  const { body } = await open.call('GET', `${OBJECTS}/contacts/${contact}?associations=deals`);
  expect(body['associations']).toEqual({});
});
