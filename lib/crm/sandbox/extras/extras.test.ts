import { expect, test } from 'vitest';
import { openSandbox, type Call } from '#lib/crm/sandbox/testing.ts';

const PREFERENCES = '/communication-preferences/2026-09';

async function contactOf(call: Call, email: string): Promise<string> {
  return (await call('POST', '/crm/objects/2026-09/contacts', { properties: { email } })).body.id;
}

test('who says no to one kind of e-mail gets the other, and the contact’s own property follows a no to all', async () => {
  await using open = await openSandbox();
  const { call } = open;
  const id = await contactOf(call, 'ann@example.com');
  const states = async () => {
    const { body } = await call('GET', `${PREFERENCES}/statuses/Ann@example.com?channel=EMAIL`);
    return body.results.map(each => each['status']);
  };
  const optOut = async () =>
    (await call('GET', `/crm/objects/2026-09/contacts/${id}?properties=hs_email_optout`)).body.properties[
      'hs_email_optout'
    ];
  expect(await states()).toEqual(['NOT_SPECIFIED', 'NOT_SPECIFIED']);
  const no = { channel: 'EMAIL', statusState: 'UNSUBSCRIBED', subscriptionId: 410002 };
  expect((await call('POST', `${PREFERENCES}/statuses/ann@example.com`, no)).status).toBe(200);
  expect(await states()).toEqual(['NOT_SPECIFIED', 'UNSUBSCRIBED']);
  expect(await optOut()).toBeNull();
  await call('POST', `${PREFERENCES}/statuses/ann@example.com/unsubscribe-all?channel=EMAIL`);
  expect(await states()).toEqual(['UNSUBSCRIBED', 'UNSUBSCRIBED']);
  expect(await optOut()).toBe('true');
  const inputs = ['ann@example.com', 'bob@example.com'];
  const wide = await call('POST', `${PREFERENCES}/statuses/batch/unsubscribe-all/read?channel=EMAIL`, {
    inputs,
  });
  expect(wide.body.results.map(each => (each['wideStatuses'] as unknown[]).length)).toEqual([1, 0]);
  const yes = { ...no, statusState: 'SUBSCRIBED', subscriptionId: 410001 };
  await call('POST', `${PREFERENCES}/statuses/batch/write`, {
    inputs: [{ ...yes, subscriberIdString: inputs[0] }],
  });
  expect(await states()).toEqual(['SUBSCRIBED', 'UNSUBSCRIBED']);
  expect(await optOut()).toBeNull();
  const unknown = { ...no, subscriptionId: 9 };
  expect((await call('POST', `${PREFERENCES}/statuses/ann@example.com`, unknown)).status).toBe(400);
});

test('a contact stands in one sequence at a time, and its record says so', async () => {
  const at = '2026-01-01T00:00:00.000Z';
  await using open = await openSandbox({
    seedIfEmpty: () => ({
      owners: [{ id: '1', email: 'rep@example.com', firstName: 'R', lastName: 'P' }],
      pipelines: [],
      properties: [],
      records: [],
      sequences: [{ id: '7', name: 'Fair', ownerId: '1', createdAt: at }],
    }),
  });
  const { call } = open;
  const contactId = await contactOf(call, 'ann@example.com');
  const enrol = (more: object = {}) =>
    call('POST', '/automation/sequences/2026-09/enrollments?userId=60001', {
      contactId,
      senderEmail: 'rep@example.com',
      sequenceId: '7',
      ...more,
    });
  const where = `/automation/sequences/2026-09/enrollments/contact/${contactId}`;
  expect((await call('GET', where)).status).toBe(404);
  expect((await enrol({ sequenceId: '8' })).status).toBe(404);
  expect((await enrol()).body['toEmail']).toBe('ann@example.com');
  expect((await enrol()).status).toBe(400);
  expect((await call('GET', where)).body).toMatchObject({ sequenceName: 'Fair', enrolledBy: '60001' });
  const marks = 'properties=hs_sequences_is_enrolled,hs_latest_sequence_enrolled';
  const record = await call('GET', `/crm/objects/2026-09/contacts/${contactId}?${marks}`);
  expect(record.body.properties).toMatchObject({
    hs_sequences_is_enrolled: 'true',
    hs_latest_sequence_enrolled: '7',
  });
});

test('the rate in effect is the latest that has begun', async () => {
  await using open = await openSandbox({ now: () => Date.parse('2026-11-22T12:00:00Z') });
  const add = (conversionRate: number, effectiveAt: string) =>
    open.call('POST', '/settings/currencies/2026-09/exchange-rates', {
      fromCurrencyCode: 'USD',
      conversionRate,
      effectiveAt,
    });
  await add(0.9, '2026-06-01T00:00:00Z');
  await add(0.8, '2026-01-01T00:00:00Z');
  await add(0.7, '2027-01-01T00:00:00Z');
  const { body } = await open.call('GET', '/settings/currencies/2026-09/exchange-rates/current');
  expect(body.results.map(rate => rate['conversionRate'])).toEqual([0.9]);
});
