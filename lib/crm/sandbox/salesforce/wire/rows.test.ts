import { expect, test } from 'vitest';
import { ORGANIZATION_ID } from '../ids.ts';
import { openSalesforceSandbox } from '../testing.ts';

const lead = { LastName: 'Wirth', FirstName: 'Ada', Company: 'Fleet Ltd', Email: 'ada@fleet.example' };
const error = (errorCode: string, more: object = {}) => [expect.objectContaining({ errorCode, ...more })];

test('a record is made, read, changed and deleted through jsforce', async () => {
  await using sf = await openSalesforceSandbox();
  const made = await sf.org.sobject('Lead').create(lead);
  expect(made).toMatchObject({ success: true, errors: [] });
  const id = made.id!;
  expect(id).toMatch(/^00Q\w{15}$/);
  expect(await sf.org.sobject('Lead').retrieve(id.slice(0, 15))).toMatchObject({
    Id: id,
    Name: 'Ada Wirth',
    Status: 'Open - Not Contacted',
    IsConverted: false,
    CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000\+0000$/) as string,
  });
  await sf.org.sobject('Lead').update({ Id: id, Status: 'Working - Contacted' });
  const found = await sf.org.query("SELECT Status, Owner.Name FROM Lead WHERE Email = 'ADA@fleet.example'");
  expect(found.records).toMatchObject([{ Status: 'Working - Contacted', Owner: { Name: 'Sandbox Admin' } }]);
  const history = await sf.org.query(
    `SELECT Field, OldValue, NewValue FROM LeadHistory WHERE LeadId = '${id}'`,
  );
  expect(history.records).toMatchObject([
    { Field: 'created' },
    { Field: 'Status', OldValue: 'Open - Not Contacted', NewValue: 'Working - Contacted' },
  ]);
  await sf.org.sobject('Lead').destroy(id);
  expect((await sf.call('GET', `sobjects/Lead/${id}`)).body).toEqual(error('ENTITY_IS_DELETED'));
  const all = await sf.call('GET', `queryAll?q=${encodeURIComponent('SELECT IsDeleted FROM Lead')}`);
  expect(all.body).toMatchObject({ totalSize: 1, records: [{ IsDeleted: true }] });
});

test.each([
  ['an unknown field', { Shoe: 4 }, 'INVALID_FIELD', "No such column 'Shoe' on sobject of type Lead"],
  [
    'a field that only Salesforce sets',
    { IsConverted: true },
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    /IsConverted/,
  ],
  [
    'a missing required value',
    { Company: null },
    'REQUIRED_FIELD_MISSING',
    'Required fields are missing: [Company]',
  ],
  [
    'text where a number belongs',
    { NumberOfEmployees: 'many' },
    'JSON_PARSER_ERROR',
    /VALUE_STRING value many/,
  ],
  ['a number where text belongs', { City: 5 }, 'JSON_PARSER_ERROR', /string from VALUE_NUMBER_INT/],
  ['text that is too long', { FirstName: 'x'.repeat(41) }, 'STRING_TOO_LONG', /max length=40/],
  ['a bad address', { Email: 'nobody' }, 'INVALID_EMAIL_ADDRESS', /nobody/],
  [
    'an unknown restricted choice',
    { CurrencyIsoCode: 'XXX' },
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    /XXX/,
  ],
  ['a malformed id', { OwnerId: 'me' }, 'MALFORMED_ID', /me/],
  ['an id of nothing', { OwnerId: '0055g00000zzzzzAAB' }, 'MALFORMED_ID', /0055g/],
  [
    'an id of another object',
    { OwnerId: '00D5g0000000001EAA' },
    'FIELD_INTEGRITY_EXCEPTION',
    /incorrect type/,
  ],
])('%s is refused by name', async (_, fault, errorCode, message) => {
  await using sf = await openSalesforceSandbox();
  const { status, body } = await sf.call('POST', 'sobjects/Lead', { ...lead, ...fault });
  expect(status).toBe(400);
  const matching = typeof message === 'string' ? message : (expect.stringMatching(message) as string);
  expect(body).toEqual(error(errorCode, { message: matching }));
});

test('sessions, versions and paths that are not there are refused as Salesforce refuses them', async () => {
  await using sf = await openSalesforceSandbox();
  const refused = await sf.call('GET', 'limits', undefined, { Authorization: 'Bearer nobody' });
  expect(refused.status).toBe(401);
  expect(refused.body).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  expect((await sf.call('GET', '/services/data/v99.0/limits')).status).toBe(404);
  expect((await sf.call('GET', 'nothing/here')).body).toEqual(error('NOT_FOUND'));
  const stats = await sf.call('GET', '/sandbox/stats');
  expect(stats.body).toMatchObject({ unknownPaths: { 'GET /services/data/v66.0/nothing/here': 1 } });
});

test('the client finds out who it is, and where events are heard', async () => {
  await using sf = await openSalesforceSandbox();
  const identity = await sf.org.identity();
  expect(identity).toMatchObject({
    organization_id: ORGANIZATION_ID,
    preferred_username: 'admin@sandbox.example',
  });
  expect(await sf.org.sobject('User').retrieve(identity.user_id)).toMatchObject({ IsActive: true });
  const stats = await sf.call('GET', '/sandbox/stats');
  expect(stats.body).toMatchObject({ salesforce: { pubSubPort: sf.sandbox.pubSubPort } });
});

test('each answer says how much of the day is used, and the last one is refused', async () => {
  await using sf = await openSalesforceSandbox();
  await sf.admin('PUT', 'limits', { daily: 2 });
  expect((await sf.call('GET', 'limits')).headers.get('sforce-limit-info')).toBe('api-usage=1/2');
  expect((await sf.call('GET', 'limits')).status).toBe(200);
  const { status, body } = await sf.call('GET', 'limits');
  expect(status).toBe(403);
  expect(body).toEqual(error('REQUEST_LIMIT_EXCEEDED'));
});

test('an account changed meanwhile meets a stale ETag with 412', async () => {
  await using sf = await openSalesforceSandbox();
  const { id } = await sf.org.sobject('Account').create({ Name: 'A' });
  const etag = (await sf.call('GET', `sobjects/Account/${id}`)).headers.get('etag')!;
  const change = (Phone: string) =>
    sf.call('PATCH', `sobjects/Account/${id}`, { Phone }, { 'If-Match': etag });
  expect((await change('1')).status).toBe(204);
  expect((await change('2')).status).toBe(412);
  expect((await sf.call('GET', `sobjects/Account/${id}`, undefined, { 'If-None-Match': '*' })).status).toBe(
    304,
  );
});

test('an admin rule refuses in its own words, and a duplicate rule can be overruled', async () => {
  await using sf = await openSalesforceSandbox();
  await sf.admin('PUT', 'validation-rules', [
    {
      object: 'Lead',
      name: 'phone',
      when: "Status = 'Working - Contacted' AND Phone = null",
      message: 'Phone first',
      field: 'Phone',
    },
  ]);
  const { id } = await sf.org.sobject('Lead').create(lead);
  const refused = await sf.call('PATCH', `sobjects/Lead/${id}`, { Status: 'Working - Contacted' });
  expect(refused.body).toEqual([
    { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Phone first', fields: ['Phone'] },
  ]);
  expect(await sf.org.sobject('Lead').retrieve(id!)).toMatchObject({ Status: 'Open - Not Contacted' });
  await sf.admin('PUT', 'duplicate-rules', { Lead: 'Email' });
  expect((await sf.call('POST', 'sobjects/Lead', lead)).body).toEqual(error('DUPLICATES_DETECTED'));
  const saved = await sf.call('POST', 'sobjects/Lead', lead, {
    'Sforce-Duplicate-Rule-Header': 'allowSave=true',
  });
  expect(saved.status).toBe(201);
});

test('describe tells types, choices, lookups and children', async () => {
  await using sf = await openSalesforceSandbox();
  const { sobjects } = await sf.org.describeGlobal();
  expect(sobjects.length).toBeGreaterThanOrEqual(31);
  const { fields, childRelationships } = await sf.org.describe('Opportunity');
  const named = new Map(fields.map(field => [field.name, field]));
  expect(named.get('StageName')).toMatchObject({ type: 'picklist', nillable: false });
  expect(named.get('Amount')).toMatchObject({ type: 'currency', precision: 18, scale: 2 });
  expect(named.get('AccountId')).toMatchObject({ referenceTo: ['Account'], relationshipName: 'Account' });
  expect(named.get('ExpectedRevenue')).toMatchObject({ calculated: true, updateable: false });
  expect(childRelationships.map(({ relationshipName }) => relationshipName)).toEqual(
    expect.arrayContaining([
      'OpportunityContactRoles',
      'OpportunityHistories',
      'Tasks',
      'OpportunityLineItems',
    ]),
  );
});

test('updated and deleted tell what changed, by the minute', async () => {
  await using sf = await openSalesforceSandbox();
  const { id } = await sf.org.sobject('Contact').create({ LastName: 'A' });
  const gone = await sf.org.sobject('Contact').create({ LastName: 'B' });
  await sf.org.sobject('Contact').destroy(gone.id!);
  const [start, end] = [new Date(Date.now() - 120_000), new Date(Date.now() + 120_000)];
  const updated = await sf.org.sobject('Contact').updated(start, end);
  expect(updated.ids).toEqual([id]);
  expect(Date.parse(updated.latestDateCovered.replace('+0000', 'Z'))).toBeLessThanOrEqual(Date.now());
  const deleted = await sf.org.sobject('Contact').deleted(start, end);
  expect(deleted.deletedRecords).toMatchObject([{ id: gone.id }]);
  const long = new Date(Date.now() - 31 * 86_400_000).toISOString();
  const refused = await sf.call('GET', `sobjects/Contact/updated?start=${long}&end=${end.toISOString()}`);
  expect(refused.body).toEqual(error('INVALID_REPLICATION_DATE'));
});
