import { assert, array, asyncProperty, double } from 'fast-check';
import { expect, test } from 'vitest';
import { openSandbox, type Call } from '#lib/crm/sandbox/testing.ts';

const PATH = '/crm/objects/2026-09/deals';

async function search(call: Call, ...filters: object[]): Promise<string[]> {
  const body = { filterGroups: [{ filters }], properties: ['dealname'], limit: 200 };
  const answer = await call('POST', `${PATH}/search`, body);
  expect(answer.status).toBe(200);
  return answer.body.results.map(({ properties }) => properties['dealname'] ?? '');
}

async function plant(call: Call) {
  const deals = [
    { dealname: 'Ant', amount: '9', closedate: '2026-01-05', dealtype: 'newbusiness' },
    { dealname: 'Bee', amount: '10', closedate: '2026-02-05' },
    { dealname: 'Cat', amount: '100', closedate: '2026-03-05', dealtype: 'existingbusiness' },
    { dealname: 'Dog' },
  ];
  await call('POST', `${PATH}/batch/create`, { inputs: deals.map(properties => ({ properties })) });
}

test.each([
  ['EQ', { operator: 'EQ', propertyName: 'dealname', value: 'bee' }, ['Bee']],
  ['NEQ', { operator: 'NEQ', propertyName: 'dealtype', value: 'newbusiness' }, ['Bee', 'Cat', 'Dog']],
  ['GT on numbers', { operator: 'GT', propertyName: 'amount', value: '9' }, ['Bee', 'Cat']],
  ['LTE on numbers', { operator: 'LTE', propertyName: 'amount', value: '10' }, ['Ant', 'Bee']],
  [
    'GTE on dates',
    { operator: 'GTE', propertyName: 'closedate', value: String(Date.UTC(2026, 1, 5)) },
    ['Bee', 'Cat'],
  ],
  ['LT on dates', { operator: 'LT', propertyName: 'closedate', value: '2026-02-05' }, ['Ant']],
  ['BETWEEN', { operator: 'BETWEEN', propertyName: 'amount', value: '10', highValue: '99' }, ['Bee']],
  ['IN', { operator: 'IN', propertyName: 'dealname', values: ['Ant', 'Dog'] }, ['Ant', 'Dog']],
  ['HAS_PROPERTY', { operator: 'HAS_PROPERTY', propertyName: 'dealtype' }, ['Ant', 'Cat']],
  ['NOT_HAS_PROPERTY', { operator: 'NOT_HAS_PROPERTY', propertyName: 'amount' }, ['Dog']],
  ['CONTAINS_TOKEN', { operator: 'CONTAINS_TOKEN', propertyName: 'dealname', value: '*a*' }, ['Ant', 'Cat']],
])('%s finds what it should', async (_, filter, names) => {
  await using open = await openSandbox();
  await plant(open.call);
  expect(await search(open.call, filter)).toEqual(names);
});

test('filters of a group must all hold, and one group is enough', async () => {
  await using open = await openSandbox();
  await plant(open.call);
  const large = { operator: 'GT', propertyName: 'amount', value: '9' };
  const old = { operator: 'LT', propertyName: 'closedate', value: '2026-03-01' };
  expect(await search(open.call, large, old)).toEqual(['Bee']);
  const body = { filterGroups: [{ filters: [large] }, { filters: [old] }] };
  expect((await open.call('POST', `${PATH}/search`, body)).body.total).toBe(3);
});

test('a poll on the modification time sees each record once, however it pages', async () => {
  await using open = await openSandbox();
  await plant(open.call);
  const { body: all } = await open.call('POST', `${PATH}/search`, {});
  const [first, second] = all.results;
  await open.call('PATCH', `${PATH}/${first?.id}`, { properties: { amount: '1' } });
  const { body } = await open.call('POST', `${PATH}/search`, {
    filterGroups: [
      {
        filters: [
          {
            operator: 'GTE',
            propertyName: 'hs_lastmodifieddate',
            value: String(Date.parse(String(second?.['updatedAt']))),
          },
        ],
      },
    ],
    sorts: [{ propertyName: 'hs_lastmodifieddate', direction: 'DESCENDING' }],
    limit: 1,
  });
  expect(body.results[0]?.id).toBe(first?.id);
  expect(body.paging?.next.after).toBe('1');
});

test('text search, sort by number, and searching through the typed client', async () => {
  await using open = await openSandbox();
  await plant(open.call);
  const found = await open.client.crm.deals.searchApi.doSearch({
    query: 'a',
    limit: 10,
    after: '0',
    filterGroups: [],
    properties: ['dealname', 'amount'],
    sorts: ['-amount'],
  });
  expect(found.results.map(({ properties }) => properties['dealname'])).toEqual(['Cat', 'Ant']);
});

test('searches that HubSpot refuses are refused', async () => {
  await using open = await openSandbox();
  for (const body of [
    { limit: 201 },
    { after: '9999', limit: 10 },
    { filterGroups: [{ filters: [{ operator: 'EQ', propertyName: 'nope', value: '1' }] }] },
    { filterGroups: [{ filters: [{ operator: 'GT', propertyName: 'amount', value: 'much' }] }] },
    { filterGroups: [{ filters: [{ operator: 'LIKE', propertyName: 'amount', value: '1' }] }] },
  ]) {
    expect((await open.call('POST', `${PATH}/search`, body)).status).toBe(400);
  }
});

test('number comparison agrees with arithmetic', async () => {
  await using open = await openSandbox();
  const amount = double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 });
  await assert(
    asyncProperty(array(amount, { minLength: 1, maxLength: 8 }), amount, async (amounts, bound) => {
      const dealname = crypto.randomUUID();
      const inputs = amounts.map(a => ({ properties: { dealname, amount: String(a) } }));
      await open.call('POST', `${PATH}/batch/create`, { inputs });
      const name = { operator: 'EQ', propertyName: 'dealname', value: dealname };
      const found = await search(open.call, name, {
        operator: 'LT',
        propertyName: 'amount',
        value: String(bound),
      });
      expect(found).toHaveLength(amounts.filter(a => a < bound).length);
    }),
    { numRuns: 20 },
  );
});
