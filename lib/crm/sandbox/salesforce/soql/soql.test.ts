import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SalesforceRefusal } from '../refusal.ts';
import { openSalesforceSandbox } from '../testing.ts';
import { parseQuery } from './parse.ts';

async function openFilled() {
  const sf = await openSalesforceSandbox();
  const { id: account } = await sf.org.sobject('Account').create({ Name: 'Acme', Industry: 'Retail' });
  const deals = [
    { Name: 'One', Amount: 100, StageName: 'Prospecting', CloseDate: '2026-01-05', AccountId: account },
    { Name: 'two', Amount: 250.5, StageName: 'Closed Won', CloseDate: '2026-02-05', AccountId: account },
    { Name: '100% O_K', StageName: 'Closed Lost', CloseDate: '2026-03-05' },
  ];
  for (const deal of deals) await sf.org.sobject('Opportunity').create(deal);
  const names = async (where: string) => {
    const { records } = await sf.org.query<{ Name: string }>(`SELECT Name FROM Opportunity ${where}`);
    return records.map(({ Name }) => Name);
  };
  return Object.assign(sf, { names, account });
}

test.each([
  ["WHERE Name = 'TWO'", ['two']],
  ["WHERE Name != 'one' ORDER BY CloseDate", ['two', '100% O_K']],
  ['WHERE Amount > 100', ['two']],
  ['WHERE Amount = null', ['100% O_K']],
  ['WHERE NOT Amount > 100 ORDER BY Name DESC', ['One', '100% O_K']],
  ["WHERE Name LIKE 't%'", ['two']],
  ["WHERE Name LIKE '%\\%%'", ['100% O_K']],
  ["WHERE Name LIKE '%O\\_K'", ['100% O_K']],
  [
    "WHERE StageName IN ('closed won', 'Closed Lost') AND (IsWon = true OR Amount = null) ORDER BY CloseDate DESC",
    ['100% O_K', 'two'],
  ],
  ["WHERE StageName NOT IN ('Closed Won')", ['One', '100% O_K']],
  ['WHERE CloseDate >= 2026-02-01 AND CloseDate < 2026-03-01', ['two']],
  ['WHERE CreatedDate = TODAY ORDER BY Amount DESC NULLS LAST', ['two', 'One', '100% O_K']],
  ['WHERE CreatedDate < LAST_N_DAYS:3', []],
  ["WHERE Account.Industry = 'Retail' ORDER BY Amount", ['One', 'two']],
  ["WHERE AccountId IN (SELECT Id FROM Account WHERE Name = 'Acme') ORDER BY Name", ['One', 'two']],
  ['ORDER BY Amount NULLS FIRST LIMIT 1 OFFSET 1', ['One']],
])('%s', async (where, expected) => {
  await using sf = await openFilled();
  expect(await sf.names(where)).toEqual(expected);
});

test('parents, children and counts come in one answer', async () => {
  await using sf = await openFilled();
  const { records } = await sf.org.query(
    'SELECT Name, (SELECT Name, Amount FROM Opportunities ORDER BY Amount DESC LIMIT 1) FROM Account',
  );
  expect(records).toMatchObject([
    { Name: 'Acme', Opportunities: { totalSize: 1, done: true, records: [{ Name: 'two', Amount: 250.5 }] } },
  ]);
  const deals = await sf.org.query(
    'SELECT Account.Name, Owner.Username FROM Opportunity ORDER BY CloseDate DESC',
  );
  expect(deals.records[0]).toMatchObject({ Account: null, Owner: { Username: 'admin@sandbox.example' } });
  expect(await sf.org.query('SELECT COUNT() FROM Opportunity WHERE IsClosed = true')).toMatchObject({
    totalSize: 2,
    records: [],
  });
});

test('long results come in pages', async () => {
  await using sf = await openSalesforceSandbox();
  const many = Array.from({ length: 450 }, (_, i) => ({ LastName: `L${i}` }));
  await sf.org.sobject('Contact').create(many, { allowRecursive: true });
  const headers = { 'Sforce-Query-Options': 'batchSize=200' };
  const first = await sf.call('GET', 'query?q=SELECT+LastName+FROM+Contact', undefined, headers);
  expect(first.body).toMatchObject({ totalSize: 450, done: false, records: { length: 200 } });
  const next = await sf.call(
    'GET',
    (first.body as { nextRecordsUrl: string }).nextRecordsUrl,
    undefined,
    headers,
  );
  const last = await sf.call(
    'GET',
    (next.body as { nextRecordsUrl: string }).nextRecordsUrl,
    undefined,
    headers,
  );
  expect(last.body).toMatchObject({ done: true, records: { length: 50 } });
  const lost = await sf.call('GET', '/services/data/v66.0/query/01g5g0000000zzzAAA-200');
  expect(lost.body).toMatchObject([{ errorCode: 'INVALID_QUERY_LOCATOR' }]);
});

test.each([
  ['SELECT Shoe FROM Lead', 'INVALID_FIELD', /No such column 'Shoe' on entity 'Lead'/],
  ['SELECT Id FROM Shoe', 'INVALID_TYPE', /sObject type 'Shoe' is not supported/],
  ['SELECT Shoe.Name FROM Lead', 'INVALID_FIELD', /relationship 'Shoe'/],
  ['SELECT Id FROM Lead WHERE', 'MALFORMED_QUERY', /unexpected token/],
  ["SELECT Id FROM Lead WHERE Name = 'x", 'MALFORMED_QUERY', /EOF/],
  ["SELECT Id FROM Lead WHERE CreatedDate > '2026-01-01'", 'INVALID_FIELD', /must be of type dateTime/],
  ['SELECT Id FROM Lead WHERE Name = 5', 'INVALID_FIELD', /must be of type string/],
  [
    "SELECT Id FROM Lead WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
    'MALFORMED_QUERY',
    /unexpected token: 'OR'/,
  ],
  ["SELECT Id FROM Lead WHERE Description = 'x'", 'INVALID_FIELD', /can not be filtered/],
  ['SELECT Id FROM Lead GROUP BY Id', 'MALFORMED_QUERY', /GROUP/],
  ['SELECT COUNT(Id) FROM Lead', 'MALFORMED_QUERY', /Id/],
  ['SELECT Id FROM Lead OFFSET 2001', 'MALFORMED_QUERY', /2000/],
  ['SELECT Id FROM Lead; DROP', 'MALFORMED_QUERY', /;/],
  ['SELECT (SELECT Id FROM Shoes) FROM Account', 'INVALID_TYPE', /Shoes/],
])('%s is refused with %s', async (soql, errorCode, message) => {
  await using sf = await openSalesforceSandbox();
  const { status, body } = await sf.call('GET', `query?q=${encodeURIComponent(soql)}`);
  expect(status).toBe(400);
  expect(body).toMatchObject([{ errorCode, message: expect.stringMatching(message) as string }]);
});

const words =
  'SELECT|FROM|WHERE|AND|OR|NOT|IN|LIKE|(|)|,|=|!=|<|Id|Lead|Name|Account.Name|null|true|TODAY|LAST_N_DAYS:9|5|-1.5|ORDER BY|ASC|NULLS|LIMIT|OFFSET|COUNT|FIELDS(ALL)|2026-01-01|2026-01-01T00:00:00Z'.split(
    '|',
  );
const anyToken = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 6 }),
  fc.string().map(text => `'${text}'`),
);

test('whatever is sent, the parser answers or refuses, and never breaks', () => {
  const queries = fc.oneof(
    fc.string(),
    fc.array(anyToken).map(list => list.join(' ')),
    fc.array(anyToken).map(list => `SELECT Id FROM Lead WHERE ${list.join(' ')}`),
  );
  fc.assert(
    fc.property(queries, soql => {
      try {
        return parseQuery(soql).from.length > 0;
      } catch (error) {
        return error instanceof SalesforceRefusal;
      }
    }),
    { numRuns: 3_000 },
  );
  expect(() => parseQuery(`SELECT Id FROM Lead WHERE ${'('.repeat(40_000)}`)).toThrow(SalesforceRefusal);
  expect(() => parseQuery(`SELECT Id FROM Lead WHERE ${'NOT '.repeat(20_000)} Id = null`)).toThrow(
    SalesforceRefusal,
  );
});
