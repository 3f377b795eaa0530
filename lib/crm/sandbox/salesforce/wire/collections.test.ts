import { expect, test } from 'vitest';
import { openSalesforceSandbox } from '../testing.ts';

const KEY = 'Sidecard_Change_Id__c';
const typed = (type: string, values: object) => ({ attributes: { type }, ...values });

async function openWithKey() {
  const sf = await openSalesforceSandbox();
  await sf.admin('POST', 'fields', {
    object: 'Activity',
    fullName: KEY,
    type: 'Text',
    length: 64,
    externalId: true,
    unique: true,
  });
  return sf;
}

test('an upsert by our key makes a record once, and reports each refusal in its place', async () => {
  await using sf = await openWithKey();
  const rows = [
    { [KEY]: 'a', Subject: 'Call back' },
    { [KEY]: 'b', Subject: 'Mail', CallType: 'Loud' },
    { [KEY]: 'c', Subject: 'x'.repeat(300) },
  ];
  const upsert = () => sf.org.sobject('Task').upsert(rows, KEY, { allOrNone: false });
  const first = await upsert();
  expect(first).toMatchObject([
    { success: true, created: true },
    { success: false, errors: [{ statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }] },
    { success: false, errors: [{ statusCode: 'STRING_TOO_LONG', fields: ['Subject'] }] },
  ]);
  expect((await upsert())[0]).toMatchObject({ success: true, created: false, id: first[0]!.id });
  const refused = await sf.call('POST', 'sobjects/Task', { [KEY]: 'A', Subject: 'again' });
  expect(refused.body).toMatchObject([{ errorCode: 'DUPLICATE_VALUE', fields: [KEY] }]);
  const byKey = await sf.call('PATCH', `sobjects/Task/${KEY}/d`, { Subject: 'New' });
  expect([byKey.status, byKey.body]).toMatchObject([201, { created: true }]);
  expect((await sf.call('GET', `sobjects/Task/${KEY}/d`)).body).toMatchObject({
    Subject: 'New',
    Status: 'Not Started',
  });
});

test('with allOrNone one refusal undoes them all', async () => {
  await using sf = await openWithKey();
  const records = [typed('Contact', { LastName: 'A' }), typed('Contact', { FirstName: 'B' })];
  const { body } = await sf.call('POST', 'composite/sobjects', { allOrNone: true, records });
  expect(body).toMatchObject([
    { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
    { success: false, errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['LastName'] }] },
  ]);
  expect((await sf.org.query('SELECT COUNT() FROM Contact')).totalSize).toBe(0);
});

test('a body that cannot be read refuses the whole call', async () => {
  await using sf = await openWithKey();
  for (const [fault, errorCode] of [
    [{ ActivityDate: 'soon' }, 'JSON_PARSER_ERROR'],
    [{ Shoe: '4' }, 'INVALID_FIELD'],
  ] as const) {
    const records = [typed('Task', { Subject: 'A' }), typed('Task', { Subject: 'B', ...fault })];
    const { status, body } = await sf.call('POST', 'composite/sobjects', { records });
    expect([status, body]).toMatchObject([400, [{ errorCode }]]);
  }
  expect((await sf.org.query('SELECT COUNT() FROM Task')).totalSize).toBe(0);
});

test('more than 200 are refused, and what is not there is a bad reference', async () => {
  await using sf = await openSalesforceSandbox();
  const records = Array.from({ length: 201 }, () => typed('Contact', { LastName: 'A' }));
  const { status, body } = await sf.call('POST', 'composite/sobjects', { records });
  expect([status, body]).toMatchObject([400, [{ errorCode: 'EXCEEDED_ID_LIMIT' }]]);
  const gone = await sf.call('PATCH', 'composite/sobjects', {
    records: [typed('Contact', { id: '0035g0000000zzzAAA', LastName: 'A' })],
  });
  expect(gone.body).toMatchObject([
    {
      success: false,
      errors: [{ statusCode: expect.stringMatching(/MALFORMED_ID|INVALID_CROSS_REFERENCE_KEY/) as string }],
    },
  ]);
});

test('a row lock strikes the write that it was ordered for, and the next one passes', async () => {
  await using sf = await openSalesforceSandbox();
  await sf.admin('POST', 'faults', { lockNext: 1 });
  const write = () =>
    sf.call('POST', 'composite/sobjects', { records: [typed('Contact', { LastName: 'A' })] });
  expect((await write()).body).toMatchObject([
    { success: false, errors: [{ statusCode: 'UNABLE_TO_LOCK_ROW' }] },
  ]);
  expect((await write()).body).toMatchObject([{ success: true }]);
});

test('composite calls use what earlier ones answered', async () => {
  await using sf = await openSalesforceSandbox();
  const base = '/services/data/v66.0/sobjects';
  const compositeRequest = [
    { method: 'POST', url: `${base}/Account`, referenceId: 'acc', body: { Name: 'Acme' } },
    {
      method: 'POST',
      url: `${base}/Contact`,
      referenceId: 'con',
      body: { LastName: 'A', AccountId: '@{acc.id}' },
    },
    { method: 'GET', url: `${base}/Shoe`, referenceId: 'bad' },
  ];
  const { body } = await sf.call('POST', 'composite', { compositeRequest });
  expect(body).toMatchObject({
    compositeResponse: [{ httpStatusCode: 201 }, { httpStatusCode: 201 }, { httpStatusCode: 404 }],
  });
  const contacts = await sf.org.query('SELECT Account.Name FROM Contact');
  expect(contacts.records).toMatchObject([{ Account: { Name: 'Acme' } }]);
});

test('bulk jobs query and write in CSV, through jsforce', async () => {
  await using sf = await openWithKey();
  const bulk = await sf.org.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'insert',
    input: 'LastName,Email\n"Li, ""X""",li@x.example\nBad,nowhere\n',
    pollInterval: 1,
    pollTimeout: 5_000,
  });
  expect(bulk.successfulResults).toMatchObject([{ LastName: 'Li, "X"', sf__Created: 'true' }]);
  expect(bulk.failedResults).toMatchObject([
    { LastName: 'Bad', sf__Error: expect.stringMatching(/^INVALID_EMAIL_ADDRESS:/) as string },
  ]);
  const job = await sf.call('POST', 'jobs/query', {
    operation: 'query',
    query: 'SELECT LastName, Owner.Name FROM Contact',
  });
  const { id, state } = job.body as { id: string; state: string };
  expect(state).toBe('UploadComplete');
  expect((await sf.call('GET', `jobs/query/${id}/results`)).body).toMatchObject([
    { errorCode: 'INVALIDJOBSTATE' },
  ]);
  expect((await sf.call('GET', `jobs/query/${id}`)).body).toMatchObject({
    state: 'JobComplete',
    numberRecordsProcessed: 1,
  });
  const results = await sf.call('GET', `jobs/query/${id}/results?maxRecords=10`);
  expect(results.headers.get('sforce-locator')).toBe('null');
  expect(results.headers.get('sforce-numberofrecords')).toBe('1');
  expect(results.body).toBe('"LastName","Owner.Name"\n"Li, ""X""","Sandbox Admin"\n');
});
