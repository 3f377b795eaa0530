import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import type { SeedSet } from '#lib/crm/sandbox/seed.ts';

const seedIfEmpty = (): SeedSet => ({
  owners: ['1', '2', '3'].map(id => ({
    id,
    email: `o${id}@example.com`,
    firstName: 'O',
    lastName: id,
    teams: ['North'],
  })),
  pipelines: [],
  properties: [],
  records: [{ type: 'contacts', id: '7', properties: {}, createdAt: '2026-01-01', updatedAt: '2026-01-02' }],
});

test('owners are listed in pages and found by id, user and e-mail', async () => {
  await using open = await openSandbox({ seedIfEmpty });
  const { ownersApi } = open.client.crm.owners;
  const first = await ownersApi.getPage(undefined, undefined, 2);
  expect(first.results.map(({ id }) => id)).toEqual(['1', '2']);
  const next = await ownersApi.getPage(undefined, first.paging?.next?.after, 2);
  expect(next.results.map(({ id }) => id)).toEqual(['3']);
  expect((await ownersApi.getPage('O2@example.com')).results[0]?.teams?.[0]?.name).toBe('North');
  const userId = next.results[0]?.userId ?? 0;
  expect((await ownersApi.getById(userId, 'userId')).id).toBe('3');
});

test('the deal pipeline has its stages in order with their probabilities', async () => {
  await using open = await openSandbox();
  const { results } = await open.client.crm.pipelines.pipelinesApi.getAll('deals');
  expect(results[0]?.stages.map(({ displayOrder }) => displayOrder)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(results[0]?.stages.at(-2)).toMatchObject({
    id: 'closedwon',
    metadata: { isClosed: 'true', probability: '1.0' },
  });
  const dated = await open.call('GET', '/crm/pipelines/2026-09/deals/default/stages/closedlost');
  expect(dated.body).toMatchObject({ metadata: { isClosed: 'true', probability: '0.0' } });
});

test('a property and its group are created once, and used from then on', async () => {
  await using open = await openSandbox();
  const { coreApi, groupsApi } = open.client.crm.properties;
  await groupsApi.create('contacts', { name: 'sidecard', label: 'Sidecard', displayOrder: 1 });
  const definition = {
    name: 'sidecard_band',
    label: 'Band',
    groupName: 'sidecard',
    type: 'enumeration' as never,
    fieldType: 'select' as never,
    options: [
      {
        label: 'High',
        value: 'high',
        displayOrder: 0,
        hidden: false,
      },
    ],
  };
  const made = await coreApi.create('contacts', definition);
  expect(made.createdAt).toBeInstanceOf(Date);
  await expect(coreApi.create('contacts', definition)).rejects.toMatchObject({ code: 409 });
  await expect(
    coreApi.create('contacts', { ...definition, name: 'x', groupName: 'no' }),
  ).rejects.toMatchObject({ code: 400 });
  const set = (value: string) =>
    open.call('POST', '/crm/v3/objects/contacts', { properties: { sidecard_band: value } });
  expect((await set('high')).status).toBe(201);
  expect((await set('low')).status).toBe(400);
  const all = await coreApi.getAll('contacts');
  expect(all.results.find(({ name }) => name === 'email')).toMatchObject({
    hasUniqueValue: true,
    hubspotDefined: true,
  });
  expect(all.results.find(({ name }) => name === 'sidecard_band')?.options[0]?.value).toBe('high');
});

test('choices that live in the account are listed with the property', async () => {
  await using open = await openSandbox();
  const stage = await open.client.crm.properties.coreApi.getByName('deals', 'dealstage');
  expect(stage.options.map(({ value }) => value)).toContain('contractsent');
});

test('the account tells its portal id', async () => {
  await using open = await openSandbox();
  const { body } = await open.call('GET', '/account-info/2026-09/details');
  const { body: stats } = await open.call('GET', '/sandbox/stats');
  expect(body['portalId']).toBe(stats['portalId']);
});

test('a pipeline is created with ids of its own, and deals move into its stages', async () => {
  await using open = await openSandbox();
  const stages = ['0.4', '1.0', '0.0'].map((probability, displayOrder) => ({
    label: `S${displayOrder}`,
    displayOrder,
    metadata: { probability },
  }));
  const { pipelinesApi } = open.client.crm.pipelines;
  const made = await pipelinesApi.create('deals', { label: 'Second', displayOrder: 1, stages });
  expect(made.stages.map(({ metadata }) => metadata?.['isClosed'])).toEqual(['false', 'true', 'true']);
  const properties = { pipeline: made.id, dealstage: made.stages[1]?.id ?? '' };
  const deal = await open.call('POST', '/crm/objects/2026-09/deals', { properties });
  expect(deal).toMatchObject({ status: 201, body: { properties: { hs_is_closed_won: 'true' } } });
  const again = await open.call('POST', '/crm/pipelines/2026-09/deals', {
    label: 'Second',
    displayOrder: 2,
    stages,
  });
  expect(again.status).toBe(400);
  const broken = [{ label: 'S', displayOrder: 0, metadata: { probability: '2' } }];
  const refused = await open.call('POST', '/crm/pipelines/2026-09/deals', {
    label: 'Third',
    displayOrder: 2,
    stages: broken,
  });
  expect(refused.status).toBe(400);
});

test('options of an own property can be added, and of a standard one not', async () => {
  await using open = await openSandbox();
  const definition = { name: 'plan', label: 'Plan', groupName: 'contactinformation', fieldType: 'select' };
  const options = (...values: string[]) => values.map(value => ({ label: value, value, displayOrder: 0 }));
  await open.call('POST', '/crm/properties/2026-09/contacts', {
    ...definition,
    type: 'enumeration',
    options: options('gold'),
  });
  const set = () => open.call('POST', '/crm/objects/2026-09/contacts', { properties: { plan: 'silver' } });
  expect((await set()).status).toBe(400);
  const patch = { options: options('gold', 'silver') };
  expect(await open.call('PATCH', '/crm/properties/2026-09/contacts/plan', patch)).toMatchObject({
    status: 200,
    body: { label: 'Plan', options: [{ value: 'gold' }, { value: 'silver' }] },
  });
  expect((await set()).status).toBe(201);
  expect((await open.call('PATCH', '/crm/properties/2026-09/contacts/email', { label: 'X' })).status).toBe(
    400,
  );
  expect((await open.call('PATCH', '/crm/properties/2026-09/contacts/none', patch)).status).toBe(404);
});

test('an owner is added with teams by name, and may have no e-mail address', async () => {
  await using open = await openSandbox({ seedIfEmpty });
  const add = (body: object) => open.call('POST', '/sandbox/owners', body);
  const made = await add({ firstName: 'Ida', lastName: 'Berg', teams: ['South', 'North'] });
  expect(made).toMatchObject({
    status: 201,
    body: {
      id: '4',
      userId: 60_004,
      teams: [
        { id: '7002', primary: true },
        { id: '7001', primary: false },
      ],
    },
  });
  expect(made.body).not.toHaveProperty('email');
  const read = await open.client.crm.owners.ownersApi.getById(4);
  expect(read.teams?.map(({ name }) => name)).toEqual(['South', 'North']);
  expect((await add({ firstName: 'O', email: 'O1@example.com' })).status).toBe(409);
  const stranger = await fetch(`${open.sandbox.url}/sandbox/owners`, { method: 'POST', body: '{}' });
  expect(stranger.status).toBe(401);
});
