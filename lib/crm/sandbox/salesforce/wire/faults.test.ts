import { expect, test } from 'vitest';
import { openSalesforceSandbox } from '../testing.ts';

const contact = { LastName: 'A' };

test.each([
  [{ kind: 'status', status: 503, retryAfterSeconds: 2 }, 503, 'SERVER_UNAVAILABLE'],
  [{ kind: 'status', status: 429 }, 403, 'REQUEST_LIMIT_EXCEEDED'],
  [{ kind: 'expire-token' }, 401, 'INVALID_SESSION_ID'],
])('a fault speaks in the words of Salesforce: %j', async (effect, status, errorCode) => {
  await using sf = await openSalesforceSandbox();
  await sf.call('POST', '/sandbox/faults', { match: { path: '^/services/data' }, effect });
  const answer = await sf.call('POST', 'sobjects/Contact', contact);
  expect([answer.status, answer.body]).toMatchObject([status, [{ errorCode }]]);
});

test('an answer that is lost leaves its effect behind', async () => {
  await using sf = await openSalesforceSandbox();
  const rule = { match: { path: '/sobjects/Contact$', method: 'POST' }, effect: { kind: 'drop-after' } };
  await sf.call('POST', '/sandbox/faults', rule);
  await expect(sf.call('POST', 'sobjects/Contact', contact)).rejects.toThrow();
  await sf.call('DELETE', '/sandbox/faults');
  expect((await sf.org.query('SELECT COUNT() FROM Contact')).totalSize).toBe(1);
});

test('what one store holds survives a restart, custom fields and events too', async () => {
  const { mkdtempSync, rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const file = join(folder, 'crm.sqlite');
  const field = {
    object: 'Contact',
    fullName: 'Plan__c',
    type: 'Picklist',
    values: ['Gold'],
    restricted: true,
  };
  let before: unknown;
  {
    await using sf = await openSalesforceSandbox({ file });
    await sf.admin('POST', 'fields', field);
    await sf.org.sobject('Contact').create({ ...contact, Plan__c: 'Gold' });
    before = (await sf.admin('GET', 'stats')).body;
  }
  await using again = await openSalesforceSandbox({ file });
  const latest = (stats: unknown) => (stats as { pubSub: { latestReplayId: number } }).pubSub.latestReplayId;
  expect(latest((await again.admin('GET', 'stats')).body)).toBe(latest(before));
  const found = await again.org.query('SELECT Plan__c FROM Contact');
  expect(found.records).toMatchObject([{ Plan__c: 'Gold' }]);
  const refused = await again.call('POST', 'sobjects/Contact', { ...contact, Plan__c: 'Tin' });
  expect(refused.body).toMatchObject([{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }]);
  rmSync(folder, { recursive: true });
});
