import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import {
  connect,
  connectionOf,
  listTenants,
  openConnection,
  setConnectionState,
  tenantOfAccount,
} from './connections.ts';

const key = sealingKeyFrom('ab'.repeat(32));
const now = new Date('2026-11-20T10:00:00.000Z');
const hubspot = (accountId: string) => ({
  crm: 'hubspot' as const,
  name: 'HubSpot',
  accountId,
  currency: 'EUR',
  apiUrl: 'https://api.hubapi.com/',
  appUrl: 'https://app.hubspot.com',
  kind: 'connected' as const,
  secrets: { accessToken: 'secret-token', webhookSecret: 'hook' },
  now,
});

describe('connections', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  it('keep secrets sealed, and open them with the key alone', async () => {
    await test.db.tenant('a', tx => connect(tx, hubspot('1'), key));
    const shown = await test.db.tenant('a', tx => connectionOf(tx));
    expect(shown).toMatchObject({ tenantId: 'a', apiUrl: 'https://api.hubapi.com', state: { status: 'ok' } });
    expect(JSON.stringify(shown)).not.toContain('secret');
    const open = await test.db.tenant('a', tx => openConnection(tx, key));
    expect(open.secrets).toEqual({ kind: 'token', accessToken: 'secret-token', webhookSecret: 'hook' });
    const other = sealingKeyFrom('cd'.repeat(32));
    await expect(test.db.tenant('a', tx => openConnection(tx, other))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('are found by account, and belong to one tenant', async () => {
    await expect(test.db.tenant('b', tx => connect(tx, hubspot('1'), key))).rejects.toMatchObject({
      code: 'conflict',
    });
    await test.db.tenant('b', tx => connect(tx, { ...hubspot('2'), now: new Date(now.getTime() + 1) }, key));
    const find = (account: string) =>
      test.db.system('find tenant of a CRM account', tx => tenantOfAccount(tx, 'hubspot', account));
    expect(await find('2')).toBe('b');
    expect(await find('3')).toBeNull();
    const tenants = await test.db.system('list tenants', listTenants);
    expect(tenants.map(({ tenantId }) => tenantId)).toEqual(['a', 'b']);
    expect(await test.db.tenant('c', tx => connectionOf(tx))).toBeNull();
    await expect(test.db.tenant('c', tx => openConnection(tx, key))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('remember since when they fail', async () => {
    const set = (status: 'ok' | 'failing', text: string, minute: number) =>
      test.db.tenant('a', tx =>
        setConnectionState(tx, { status, text, now: new Date(now.getTime() + minute * 60_000) }),
      );
    await set('failing', 'No answer.', 1);
    await set('failing', 'Still no answer.', 2);
    expect((await test.db.tenant('a', tx => connectionOf(tx)))?.state).toEqual({
      status: 'failing',
      text: 'Still no answer.',
      since: '2026-11-20T10:01:00.000Z',
    });
    await set('ok', 'Connected.', 3);
    expect((await test.db.tenant('a', tx => connectionOf(tx)))?.state.since).toBe('2026-11-20T10:03:00.000Z');
  });
});
