import { expect, test } from 'vitest';
import { openSandbox } from '#lib/crm/sandbox/testing.ts';

const RULES = '/sandbox/validation-rules';
const DEALS = '/crm/objects/2026-09/deals';

test('required, pattern and conditional rules refuse in HubSpot’s words, and end when removed', async () => {
  await using open = await openSandbox();
  const { call } = open;
  const add = async (rule: object) => (await call('POST', RULES, { objectType: 'deals', ...rule })).status;
  expect(await add({ property: 'amount', kind: 'required', on: ['create'] })).toBe(201);
  expect(
    await add({ property: 'dealname', kind: 'regex', pattern: '^[A-Z]', message: 'Start upper case' }),
  ).toBe(201);
  const when = { property: 'dealstage', equals: 'closedlost' };
  expect(await add({ property: 'closed_lost_reason', kind: 'requiredWhen', when })).toBe(201);

  const refused = await call('POST', DEALS, { properties: { dealname: 'small' } });
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({
    status: 'error',
    category: 'VALIDATION_ERROR',
    correlationId: expect.any(String),
    errors: [
      { code: 'REQUIRED_PROPERTY', context: { propertyName: ['amount'] } },
      { code: 'INVALID_FORMAT', message: 'Start upper case', context: { propertyName: ['dealname'] } },
    ],
  });
  const made = await call('POST', DEALS, { properties: { dealname: 'Small', amount: '5' } });
  expect(made.status).toBe(201);
  const patch = (properties: object) => call('PATCH', `${DEALS}/${made.body.id}`, { properties });
  expect((await patch({ dealstage: 'closedlost' })).body.errors?.[0]?.context).toEqual({
    propertyName: ['closed_lost_reason'],
  });
  expect((await patch({ dealstage: 'closedlost', closed_lost_reason: 'Price' })).status).toBe(200);
  expect((await patch({ closed_lost_reason: '' })).status).toBe(400);
  expect((await patch({ hs_next_step: 'Call in spring' })).status).toBe(200);
  expect((await call('DELETE', RULES)).status).toBe(204);
  expect((await call('POST', DEALS, { properties: { dealname: 'free' } })).status).toBe(201);
});

test('in a batch with trace ids the breach is one item’s, and the others are kept', async () => {
  await using open = await openSandbox();
  const { call } = open;
  await call('POST', RULES, { objectType: 'contact', property: 'firstname', kind: 'required' });
  const inputs = [{ firstname: 'Ann' }, { lastname: 'Nobody' }].map((properties, i) => ({
    properties,
    objectWriteTraceId: `t${i}`,
  }));
  const { status, body } = await call('POST', '/crm/objects/2026-09/contacts/batch/create', { inputs });
  expect(status).toBe(207);
  expect(body.results).toHaveLength(1);
  expect(body.errors).toMatchObject([
    { category: 'VALIDATION_ERROR', context: { objectWriteTraceId: ['t1'] } },
  ]);
});

test('a rule must be readable', async () => {
  await using open = await openSandbox();
  const status = async (rule: object) => (await open.call('POST', RULES, rule)).status;
  expect(await status({ objectType: 'deals', property: 'nope', kind: 'required' })).toBe(400);
  expect(await status({ objectType: 'deals', property: 'amount', kind: 'regex' })).toBe(400);
  expect(await status({ objectType: 'deals', property: 'amount', kind: 'regex', pattern: '[' })).toBe(400);
  expect(await status({ objectType: 'deals', property: 'amount', kind: 'requiredWhen' })).toBe(400);
});
