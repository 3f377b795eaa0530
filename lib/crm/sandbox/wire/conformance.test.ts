import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { generateDemo } from '#lib/crm/sandbox/demo/demo.ts';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';
import * as shape from '#lib/crm/sandbox/testing/published-shapes.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const demo = generateDemo({ seed: 7, now });
const open = await openSandbox({ seedIfEmpty: () => demo, now: () => now.getTime() });
afterAll(() => open[Symbol.asyncDispose]());

const OBJECTS = '/crm/objects/2026-09';
const enrolled = demo.enrolments?.[0]?.contactId ?? '';
const email = demo.choices?.find(({ subscriptionId }) => subscriptionId === '0')?.email ?? '';
const [someone, someoneElse] = demo.records.filter(
  ({ type, id, properties }) => type === 'contacts' && id !== enrolled && properties['email'] !== email,
);
const ids = [{ id: someone?.id ?? '' }, { id: someoneElse?.id ?? '' }, { id: '1' }];
const everything =
  'properties=email,createdate&propertiesWithHistory=lifecyclestage&associations=companies,deals';
const preferences = '/communication-preferences/2026-09';

type Case = [call: string, status: number, shape: z.ZodType, body?: object];

const READS: Case[] = [
  [`GET ${OBJECTS}/contacts?limit=5&${everything}`, 200, shape.page(shape.objectWithAssociations)],
  [`GET ${OBJECTS}/contacts/${someone?.id}?${everything}`, 200, shape.objectWithAssociations],
  [
    `POST ${OBJECTS}/contacts/batch/read`,
    207,
    shape.batch(shape.simpleObject),
    { inputs: ids, properties: ['email'] },
  ],
  [`POST ${OBJECTS}/deals/search`, 200, shape.pageWithTotal(shape.simpleObject), { limit: 3 }],
  ...['tickets', 'products', 'line_items', 'goal_targets', 'forecasts', 'users', 'emails', 'tasks'].map(
    (type): Case => [`GET ${OBJECTS}/${type}?limit=3`, 200, shape.page(shape.objectWithAssociations)],
  ),
  [
    'POST /crm/associations/2026-09/contacts/companies/batch/read',
    207,
    shape.batch(shape.associatedWithLabels),
    { inputs: ids },
  ],
  ['GET /crm/owners/2026-09?limit=3', 200, shape.page(shape.owner)],
  ...['deals', 'tickets', 'leads'].map((type): Case => [
    `GET /crm/pipelines/2026-09/${type}`,
    200,
    shape.list(shape.pipeline),
  ]),
  ['GET /settings/users/2026-09', 200, shape.page(shape.user)],
  ['GET /settings/users/2026-09/60001', 200, shape.user],
  ['GET /settings/users/2026-09/teams', 200, shape.list(shape.team)],
  ['GET /settings/currencies/2026-09/exchange-rates?limit=2', 200, shape.page(shape.exchangeRate)],
  ['GET /settings/currencies/2026-09/exchange-rates/current', 200, shape.list(shape.exchangeRate)],
  ['GET /marketing/campaigns/2026-09?properties=hs_name', 200, shape.pageWithTotal(shape.campaign)],
  ['GET /automation/sequences/2026-09?userId=60002', 200, shape.pageWithTotal(shape.sequence)],
  [`GET /automation/sequences/2026-09/enrollments/contact/${enrolled}`, 200, shape.enrolment],
  [`GET ${preferences}/definitions`, 200, shape.action(shape.subscription)],
  [`GET ${preferences}/statuses/${email}?channel=EMAIL`, 200, shape.action(shape.status)],
  [`GET ${preferences}/statuses/${email}/unsubscribe-all?channel=EMAIL`, 200, shape.action(shape.wideStatus)],
];

const REFUSALS: Case[] = [
  [`GET ${OBJECTS}/contacts/1`, 404, shape.error],
  [`POST ${OBJECTS}/contacts`, 400, shape.error, { properties: { nope: 'x', email: 'not one' } }],
  [`POST ${OBJECTS}/contacts`, 400, shape.error, { properties: { numemployees: 5 } }],
  [`POST ${OBJECTS}/contacts`, 409, shape.error, { properties: { email } }],
  ['GET /crm/nothing', 404, shape.error],
  ['GET /automation/sequences/2026-09', 400, shape.error],
  [`GET ${preferences}/statuses/${email}`, 400, shape.error],
];

const contact = (firstname: string) => ({ properties: { firstname }, objectWriteTraceId: firstname });
const write = { id: someone?.id, properties: { city: 'Oslo' } };

const WRITES: Case[] = [
  [`POST ${OBJECTS}/contacts`, 201, shape.simpleObject, contact('Ann')],
  [`PATCH ${OBJECTS}/contacts/${someone?.id}`, 200, shape.simpleObject, { properties: { city: 'Rome' } }],
  [
    `POST ${OBJECTS}/contacts/batch/create`,
    207,
    shape.batch(shape.simpleObject),
    { inputs: [contact('a'), { ...contact('b'), properties: { nope: '' } }] },
  ],
  [`POST ${OBJECTS}/contacts/batch/update`, 200, shape.batch(shape.simpleObject), { inputs: [write] }],
  [
    `POST ${OBJECTS}/contacts/batch/upsert`,
    200,
    shape.batch(shape.upserted),
    { inputs: [{ id: 'new@example.com', idProperty: 'email', properties: {} }] },
  ],
  [
    `POST ${OBJECTS}/contacts/merge`,
    200,
    shape.simpleObject,
    { primaryObjectId: someone?.id, objectIdToMerge: someoneElse?.id },
  ],
  [
    'POST /settings/currencies/2026-09/exchange-rates',
    200,
    shape.exchangeRate,
    { fromCurrencyCode: 'GBP', conversionRate: 1.17 },
  ],
  [
    'POST /automation/sequences/2026-09/enrollments?userId=60002',
    200,
    shape.enrolmentLite,
    { contactId: someone?.id, senderEmail: 'a@halvern.example', sequenceId: '208834671' },
  ],
  [
    `POST ${preferences}/statuses/${email}`,
    200,
    shape.action(shape.status),
    { channel: 'EMAIL', statusState: 'SUBSCRIBED', subscriptionId: 410001 },
  ],
];

beforeAll(() => {
  expect(email).not.toBe('');
});

test.each([...READS, ...REFUSALS, ...WRITES])(
  '%s answers %i in the published shape',
  async (line, status, expected, body) => {
    const [method = '', path = ''] = line.split(' ');
    const answer = await open.call(method, path, body);
    expect([line, answer.status, answer.status === status ? '' : answer.body.message]).toEqual([
      line,
      status,
      '',
    ]);
    const parsed = expected.safeParse(answer.body);
    expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
  },
);
