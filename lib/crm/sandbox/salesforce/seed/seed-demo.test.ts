import { expect, test } from 'vitest';
import { openSalesforceSandbox } from '../testing.ts';

test("the demo's people become an org that reads back whole", async () => {
  await using sf = await openSalesforceSandbox({
    salesforce: { seed: true },
  });
  const count = async (type: string, where = '') =>
    (await sf.org.query(`SELECT COUNT() FROM ${type} ${where}`)).totalSize;
  for (const type of [
    'Lead',
    'Contact',
    'Account',
    'Opportunity',
    'Task',
    'Event',
    'EmailMessage',
    'OpportunityHistory',
    'GroupMember',
  ]) {
    expect([type, await count(type)]).toEqual([type, expect.any(Number)]);
    expect(await count(type)).toBeGreaterThan(0);
  }
  expect(await count('Opportunity', 'WHERE AccountId = null')).toBe(0);
  expect(await count('Task', 'WHERE WhoId = null AND WhatId = null')).toBe(0);
  expect(await count('Opportunity', 'WHERE IsWon = true')).toBeGreaterThan(0);
  const { fields } = await sf.org.describe('Task');
  expect(fields.find(({ name }) => name === 'Sidecard_Change_Id__c')).toMatchObject({
    externalId: true,
    unique: true,
  });
  const again = await sf.admin('POST', 'seed');
  expect((again.body as { created: Record<string, number> }).created['Lead']).toBe(await count('Lead'));
});

test('a lead becomes contact, account and opportunity, and its activities follow', async () => {
  await using sf = await openSalesforceSandbox();
  const { id } = await sf.org.sobject('Lead').create({ LastName: 'A', Company: 'B', Email: 'a@b.example' });
  const task = await sf.org.sobject('Task').create({ Subject: 'Call', WhoId: id });
  const { body } = await sf.admin('POST', `leads/${id}/convert`, { opportunityName: 'B deal' });
  const { contactId, accountId, opportunityId } = body as Record<string, string>;
  expect(await sf.org.sobject('Lead').retrieve(id!)).toMatchObject({
    IsConverted: true,
    ConvertedContactId: contactId,
    ConvertedAccountId: accountId,
    ConvertedOpportunityId: opportunityId,
  });
  expect(await sf.org.sobject('Task').retrieve(task.id!)).toMatchObject({
    WhoId: contactId,
    AccountId: accountId,
  });
  expect((await sf.call('PATCH', `sobjects/Lead/${id}`, { Title: 'x' })).body).toMatchObject([
    { errorCode: 'CANNOT_UPDATE_CONVERTED_LEAD' },
  ]);
  const other = await sf.org.sobject('Contact').create({ LastName: 'C', Phone: '5' });
  await sf.admin('POST', 'merge', { object: 'Contact', master: contactId, loser: other.id });
  const lost = await sf.call(
    'GET',
    `queryAll?q=${encodeURIComponent('SELECT MasterRecordId FROM Contact WHERE IsDeleted = true')}`,
  );
  expect(lost.body).toMatchObject({ records: [{ MasterRecordId: contactId }] });
  expect(await sf.org.sobject('Contact').retrieve(contactId!)).toMatchObject({ Phone: '5' });
});

test('a record page shows the record and frames its card', async () => {
  await using sf = await openSalesforceSandbox({ cardUrl: 'http://localhost:3999' });
  const { id } = await sf.org.sobject('Lead').create({ LastName: '<b>A', Company: 'B' });
  await sf.org.sobject('Task').create({ Subject: 'Call back', WhoId: id });
  const { status, body, headers } = await sf.call('GET', `/lightning/r/Lead/${id}/view`);
  expect(status).toBe(200);
  expect(body).toContain(`http://localhost:3999/card/salesforce/leads/${id}`);
  expect(body).toContain('Call back');
  expect(body).toContain('&lt;b&gt;A');
  expect(headers.get('content-security-policy')).toContain('frame-src http://localhost:3999');
  expect((await sf.call('GET', '/lightning/o/Lead/list')).body).toContain(`/lightning/r/Lead/${id}/view`);
});
