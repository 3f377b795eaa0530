import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import { openStore } from '#lib/crm/sandbox/store/open-store.ts';
import { prepareAccount } from '#lib/crm/sandbox/store/settings.ts';
import type { SeedRecord, SeedSet } from '#lib/crm/sandbox/seed.ts';
import { seed } from './plant-seed.ts';

const CONTACT: SeedRecord = {
  type: 'contacts',
  id: '501',
  createdAt: '2026-01-01T08:00:00Z',
  updatedAt: '2026-03-01T08:00:00Z',
  properties: {
    email: 'ann@example.com',
    lifecyclestage: 'customer',
    hubspot_owner_id: '1',
    plan: 'gold',
  },
  history: {
    lifecyclestage: [
      {
        value: 'customer',
        at: '2026-03-01T08:00:00Z',
      },
      {
        value: 'lead',
        at: '2026-01-01T08:00:00Z',
      },
    ],
  },
  associations: [
    {
      type: 'deals',
      id: '601',
    },
  ],
};

const DEAL: SeedRecord = {
  type: 'deals',
  id: '601',
  createdAt: '2026-01-05T08:00:00Z',
  updatedAt: '2026-02-05T08:00:00Z',
  properties: {
    dealname: 'Rollout',
    dealstage: 'won',
    amount: '100',
  },
};

const SET: SeedSet = {
  owners: [{ id: '1', email: 'o@example.com', firstName: 'O', lastName: 'One' }],
  pipelines: [
    {
      id: 'main',
      label: 'Main',
      displayOrder: 0,
      objectType: 'deals',
      stages: [
        {
          id: 'won',
          label: 'Won',
          displayOrder: 0,
          probability: '1.0',
          isClosed: true,
        },
      ],
    },
  ],
  properties: [
    {
      objectType: 'contacts',
      name: 'plan',
      label: 'Plan',
      type: 'enumeration',
      options: [
        {
          value: 'gold',
          label: 'Gold',
        },
      ],
    },
  ],
  records: [CONTACT, DEAL],
};

test('a seeded account reads back with times, history, links and what follows from a stage', async () => {
  await using open = await openSandbox({ seedIfEmpty: () => SET });
  const read = await open.client.crm.contacts.basicApi.getById(
    '501',
    ['plan'],
    ['lifecyclestage', 'email'],
    ['deals'],
  );
  expect(read.updatedAt).toEqual(new Date('2026-03-01T08:00:00Z'));
  expect(
    read.propertiesWithHistory?.['lifecyclestage']?.map(({ value, timestamp }) => [
      value,
      timestamp.toISOString(),
    ]),
  ).toEqual([
    ['customer', '2026-03-01T08:00:00.000Z'],
    ['lead', '2026-01-01T08:00:00.000Z'],
  ]);
  expect(read.propertiesWithHistory?.['email']).toHaveLength(1);
  expect(read.associations?.['deals']?.results.map(({ id }) => id)).toEqual(['601']);
  const deal = await open.client.crm.deals.basicApi.getById('601', ['hs_is_closed_won', 'pipeline']);
  expect(deal.properties).toMatchObject({ hs_is_closed_won: 'true', pipeline: 'main' });
});

test('a choice may be given by its label', async () => {
  const call: SeedRecord = {
    type: 'calls',
    id: '701',
    createdAt: '2026-01-05',
    updatedAt: '2026-01-05',
    properties: { hs_timestamp: '2026-01-05', hs_call_disposition: 'Connected' },
  };
  await using open = await openSandbox({ seedIfEmpty: () => ({ ...SET, records: [call] }) });
  const { body } = await open.call('GET', '/crm/objects/2026-09/calls/701?properties=hs_call_disposition');
  expect(body.properties['hs_call_disposition']).toBe('f240bbac-87c9-4f6e-bf70-924b57d47db7');
});

test('planted ids are not given out again', async () => {
  const high = { ...DEAL, id: '99900000000001' };
  await using open = await openSandbox({ seedIfEmpty: () => ({ ...SET, records: [high] }) });
  const made = await open.call('POST', '/crm/objects/2026-09/contacts', { properties: {} });
  expect(made.body.id).toBe('99900000000002');
});

test.each([
  ['an unknown property', { properties: { shoe: '4' } }, /Seed contacts 501: .*shoe/],
  ['a wrong value', { properties: { lifecyclestage: 'hero' } }, /hero/],
  ['a link to nothing', { associations: [{ type: 'deals', id: '9' }] }, /deals 9, which is not in the seed/],
  ['a bad time', { createdAt: 'soon' }, /"soon" is not a moment/],
])('%s is an error that names the record, and nothing is planted', (_, fault, message) => {
  const store = openStore(':memory:');
  prepareAccount(store);
  expect(() => seed(store, { ...SET, records: [DEAL, { ...CONTACT, ...fault }] })).toThrow(message);
  expect(store.get('SELECT count(*) AS n FROM record')).toMatchObject({ n: 0 });
  store.close();
});
