import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

const CONTACTS = '/crm/objects/2026-09/contacts';

test('a contact is created, read, changed and archived through the typed client', async () => {
  await using open = await openSandbox();
  const { basicApi } = open.client.crm.contacts;
  const made = await basicApi.create({
    properties: { email: 'Ann@Example.com', firstname: 'Ann' },
    associations: [],
  });
  expect(made.properties['email']).toBe('ann@example.com');
  const changed = await basicApi.update(made.id, { properties: { firstname: 'Anna', city: 'Oslo' } });
  expect(changed.updatedAt.getTime()).toBeGreaterThan(made.updatedAt.getTime());
  const read = await basicApi.getById(made.id, ['firstname', 'city', 'phone'], ['firstname']);
  expect(read.properties).toMatchObject({
    firstname: 'Anna',
    city: 'Oslo',
    phone: null,
    hs_object_id: made.id,
  });
  const history = read.propertiesWithHistory?.['firstname'] ?? [];
  expect(history.map(({ value, sourceType }) => [value, sourceType])).toEqual([
    ['Anna', 'INTEGRATION'],
    ['Ann', 'INTEGRATION'],
  ]);
  await basicApi.archive(made.id);
  await expect(basicApi.getById(made.id)).rejects.toMatchObject({ code: 404 });
  const archived = await basicApi.getById(made.id, undefined, undefined, undefined, true);
  expect(archived.archivedAt).toBeInstanceOf(Date);
});

test('a record can be read and changed by a unique property, and an unchanged value changes nothing', async () => {
  await using open = await openSandbox();
  const { body: made } = await open.call('POST', CONTACTS, {
    properties: { email: 'ann@example.com', city: 'Oslo' },
  });
  const path = `${CONTACTS}/ann%40example.com?idProperty=email`;
  const { body: same } = await open.call('PATCH', path, { properties: { city: 'Oslo' } });
  expect(same['updatedAt']).toBe(made['updatedAt']);
  const { body: read } = await open.call('GET', `${path}&propertiesWithHistory=city`);
  expect(read.id).toBe(made.id);
  expect(read['propertiesWithHistory']).toMatchObject({ city: [{ value: 'Oslo' }] });
});

test('the modification time grows with every change of a record', async () => {
  await using open = await openSandbox();
  const { body } = await open.call('POST', CONTACTS, { properties: {} });
  let before = body.properties['lastmodifieddate'] ?? '';
  for (const city of ['Oslo', 'Bergen', 'Oslo', '', 'Lima']) {
    const { body: after } = await open.call('PATCH', `${CONTACTS}/${body.id}`, { properties: { city } });
    const now = after.properties['lastmodifieddate'] ?? '';
    expect(now > before).toBe(true);
    before = now;
  }
});

test('a list pages through all records in order of id', async () => {
  await using open = await openSandbox();
  const inputs = Array.from({ length: 25 }, (_, i) => ({ properties: { firstname: `P${i}` } }));
  await open.call('POST', `${CONTACTS}/batch/create`, { inputs });
  const seen: string[] = [];
  let after: string | undefined = '0';
  while (after !== undefined) {
    const { body } = await open.call('GET', `${CONTACTS}?limit=10&after=${after}&properties=firstname`);
    seen.push(...body.results.map(({ properties }) => properties['firstname'] ?? ''));
    after = body.paging?.next.after;
  }
  expect(seen).toEqual(inputs.map(({ properties }) => properties.firstname));
  expect((await open.call('GET', `${CONTACTS}?limit=101`)).status).toBe(400);
});

test('a deal settles its pipeline and what follows from its stage, and refuses a foreign stage', async () => {
  await using open = await openSandbox();
  const deal = await open.client.crm.deals.basicApi.create({
    properties: {
      dealname: 'Rollout',
      dealstage: 'contractsent',
      amount: '1200.50',
      closedate: '2026-12-01',
    },
    associations: [],
  });
  expect(deal.properties).toMatchObject({
    pipeline: 'default',
    hs_is_closed: 'false',
    closedate: '2026-12-01T00:00:00.000Z',
  });
  const won = await open.client.crm.deals.basicApi.update(deal.id, {
    properties: { dealstage: 'closedwon' },
  });
  expect(won.properties).toMatchObject({ hs_is_closed_won: 'true', hs_deal_stage_probability: '1.0' });
  const refused = await open.call('PATCH', `/crm/objects/2026-09/deals/${deal.id}`, {
    properties: { dealstage: 'x' },
  });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ code: 'INVALID_OPTION' }] } });
});

test('creation dates may be set on create and never again', async () => {
  await using open = await openSandbox();
  const { body } = await open.call('POST', CONTACTS, { properties: { createdate: '1700000000000' } });
  expect(body['createdAt']).toBe('2023-11-14T22:13:20.000Z');
  const again = await open.call('PATCH', `${CONTACTS}/${body.id}`, { properties: { createdate: '1' } });
  expect(again.body.errors?.[0]?.code).toBe('READ_ONLY_VALUE');
});
