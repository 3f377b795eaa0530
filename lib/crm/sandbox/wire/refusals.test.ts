import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

const CONTACTS = '/crm/objects/2026-09/contacts';

test('a request without a valid token is refused, and more tokens can be added', async () => {
  await using open = await openSandbox();
  const get = (token?: string) =>
    fetch(`${open.sandbox.url}${CONTACTS}`, {
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    });
  expect((await get()).status).toBe(401);
  const wrong = await get('other');
  expect(wrong.status).toBe(401);
  expect(await wrong.json()).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
  await open.call('POST', '/sandbox/tokens', { token: 'other' });
  expect((await get('other')).status).toBe(200);
});

test('everything wrong with a write is named in one answer', async () => {
  await using open = await openSandbox();
  const { status, body } = await open.call('POST', CONTACTS, {
    properties: {
      shoe_size: '4',
      lifecyclestage: 'hero',
      email: 'nope',
      num_notes: 'many',
      hubspot_owner_id: '9',
    },
  });
  expect(status).toBe(400);
  expect(body).toMatchObject({
    status: 'error',
    category: 'VALIDATION_ERROR',
    correlationId: expect.any(String),
  });
  expect(body.errors?.map(({ code, context }) => [context['propertyName']?.[0], code])).toEqual([
    ['shoe_size', 'PROPERTY_DOESNT_EXIST'],
    ['lifecyclestage', 'INVALID_OPTION'],
    ['email', 'INVALID_EMAIL'],
    ['num_notes', 'INVALID_NUMBER'],
    ['hubspot_owner_id', 'INVALID_OWNER_ID'],
  ]);
});

test.each([
  ['a number as value', { properties: { amount: 5 } }],
  ['null as value', { properties: { amount: null } }],
  ['no properties', {}],
])('%s is not valid on the wire', async (_, body) => {
  await using open = await openSandbox();
  const answer = await open.call('POST', '/crm/objects/2026-09/deals', body);
  expect(answer).toMatchObject({ status: 400, body: { category: 'VALIDATION_ERROR' } });
});

test('an activity needs its time, and a lead its name and contact', async () => {
  await using open = await openSandbox();
  const note = await open.call('POST', '/crm/objects/2026-09/notes', { properties: { hs_note_body: 'x' } });
  expect(note.body.errors?.[0]).toMatchObject({
    code: 'REQUIRED_PROPERTY',
    context: { propertyName: ['hs_timestamp'] },
  });
  const lead = await open.call('POST', '/crm/objects/2026-09/leads', { properties: { hs_lead_name: 'x' } });
  expect(lead.body.message).toContain('contact');
});

test('a second record with the same unique value is refused and the first is named', async () => {
  await using open = await openSandbox();
  const first = await open.call('POST', CONTACTS, { properties: { email: 'ann@example.com' } });
  const second = await open.call('POST', CONTACTS, { properties: { email: ' ANN@example.com'.trim() } });
  expect(second).toMatchObject({ status: 409, body: { category: 'CONFLICT' } });
  expect(second.body.message).toContain(first.body.id);
  await open.call('DELETE', `${CONTACTS}/${first.body.id}`);
  expect((await open.call('POST', CONTACTS, { properties: { email: 'ann@example.com' } })).status).toBe(201);
});

test('unknown paths answer 404 and are counted', async () => {
  await using open = await openSandbox();
  for (const path of ['/crm/objects/2020-01/contacts', '/crm/objects/2020-01/contacts', '/nowhere']) {
    expect((await open.call('GET', path)).status).toBe(404);
  }
  const { body } = await open.call('GET', '/sandbox/stats');
  expect(body['unknownPaths']).toEqual({ 'GET /crm/objects/2020-01/contacts': 2, 'GET /nowhere': 1 });
});

test('an object nobody knows and a body that is not JSON are refused as invalid', async () => {
  await using open = await openSandbox();
  expect((await open.call('GET', '/crm/objects/2026-09/unicorns')).body.message).toContain('unicorns');
  const answer = await fetch(`${open.sandbox.url}${CONTACTS}`, {
    method: 'POST',
    headers: { Authorization: 'Bearer sandbox' },
    body: '{',
  });
  expect(answer.status).toBe(400);
});
