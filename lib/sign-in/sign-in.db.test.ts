import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '#lib/platform/db.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { sql } from 'drizzle-orm';
import {
  acceptLaunchKey,
  appoint,
  endLaunchKeys,
  endSessions,
  launchKeysInForce,
  makeLaunchKey,
  mayStepDown,
  mintLaunch,
  mintLaunchFor,
  peopleWithRoles,
  redeemLaunch,
  sessionsInForce,
  signIn,
  signOut,
  tenantOfToken,
  whoHolds,
  type Person,
} from './sign-in.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const start = new Date('2026-11-02T09:00:00.000Z');
const at = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const ana: Person = { userId: '501', ownerId: '11', name: 'Ana', email: 'ana@acme.example' };
const place = '/card/hubspot/contacts/7';
const launch = { source: 'hubspot card', place } as const;

const inTenant =
  (tenant: string) =>
  <T>(work: (tx: Parameters<Parameters<typeof test.db.tenant<T>>[1]>[0]) => Promise<T>) =>
    test.db.tenant(tenant, work);
const a = <T>(work: Parameters<typeof test.db.tenant<T>>[1]) => inTenant('a')(work);

describe('a session', () => {
  it('says who holds it, with the role they have now', async () => {
    const { token, expiresAt } = await a(tx => signIn(tx, ana, 'hubspot card', start));
    expect(expiresAt).toBe(at(24 * 60).toISOString());
    const who = () => a(tx => whoHolds(tx, token, at(1)));
    expect(await who()).toEqual({ id: '501', name: 'Ana', role: 'rep', ownerId: '11' });
    await a(tx => appoint(tx, ana, 'manager', { id: 'x', now: at(1) }));
    expect((await who())?.role).toBe('manager');
    await a(tx => appoint(tx, ana, 'rep', { id: 'x', now: at(2) }));
    expect((await who())?.role).toBe('rep');
  });

  it('is over after 8 hours without use, and after 24 in any case', async () => {
    const { token } = await a(tx => signIn(tx, ana, 'oauth', start));
    const works = async (minutes: number) => (await a(tx => whoHolds(tx, token, at(minutes)))) !== null;
    for (const minutes of [0, 479, 958, 1437]) expect(await works(minutes)).toBe(true);
    expect(await works(24 * 60)).toBe(false);
    const idle = await a(tx => signIn(tx, ana, 'oauth', start));
    expect(await a(tx => whoHolds(tx, idle.token, at(480)))).toBeNull();
  });

  it('can be ended by whoever holds it, by an admin, and for all at once', async () => {
    const tokens = await Promise.all(
      [1, 2, 3].map(async () => (await a(tx => signIn(tx, ana, 'canvas', start))).token),
    );
    const works = () =>
      Promise.all(tokens.map(async one => (await a(tx => whoHolds(tx, one, at(1)))) !== null));
    await a(tx => signOut(tx, tokens[0] ?? '', at(1)));
    expect(await works()).toEqual([false, true, true]);
    const listed = await a(tx => sessionsInForce(tx, at(1)));
    expect(listed.length).toBeGreaterThanOrEqual(2);
    expect(JSON.stringify(listed)).not.toMatch(/token|hash/i);
    await a(tx => endSessions(tx, { userId: ana.userId }, at(1)));
    expect(await works()).toEqual([false, false, false]);
    await a(tx => endSessions(tx, {}, at(1)));
    expect(await a(tx => sessionsInForce(tx, at(1)))).toEqual([]);
  });

  it('is of its tenant alone, whatever tenant the token is shown to', async () => {
    const { token } = await a(tx => signIn(tx, ana, 'oauth', start));
    expect(tenantOfToken('ses', token)).toBe('a');
    expect(await inTenant('b')(tx => whoHolds(tx, token, at(1)))).toBeNull();
    const renamed = token.replace(/^ses\.[^.]+/, `ses.${Buffer.from('b').toString('base64url')}`);
    expect(await inTenant('b')(tx => whoHolds(tx, renamed, at(1)))).toBeNull();
    expect(await inTenant('b')(tx => sessionsInForce(tx, at(1)))).toEqual([]);
    expect(await inTenant('b')(tx => endSessions(tx, {}, at(1)))).toBe(0);
  });

  it('is kept as a hash: the database tells no token', async () => {
    const { token } = await a(tx => signIn(tx, ana, 'oauth', start));
    const code = await a(tx => mintLaunch(tx, ana, launch, start));
    const key = await a(tx => makeLaunchKey(tx, 'x', start));
    for (const table of ['sign_ins', 'launches', 'launch_keys']) {
      const rows = JSON.stringify(await rowsOf(test.db.owner, sql.raw(`select * from ${table}`)));
      for (const secret of [token, code, key]) expect(rows).not.toContain(secret.split('.')[2]);
    }
  });
});

describe('a launch', () => {
  it('opens its place for its person, once', async () => {
    const code = await a(tx => mintLaunch(tx, ana, launch, start));
    const session = await a(tx => redeemLaunch(tx, code, at(0.5)));
    expect(session?.place).toBe(place);
    expect(await a(tx => whoHolds(tx, session?.token ?? '', at(1)))).toMatchObject({
      id: '501',
      ownerId: '11',
    });
    expect(await a(tx => redeemLaunch(tx, code, at(0.6)))).toBeNull();
  });

  it('lets one in of many who try at once', async () => {
    const code = await a(tx => mintLaunch(tx, ana, launch, start));
    const tries = await Promise.all([...Array(8)].map(() => a(tx => redeemLaunch(tx, code, at(0.1)))));
    expect(tries.filter(one => one !== null)).toHaveLength(1);
  });

  it('is over after a minute, unknown elsewhere, and no session itself', async () => {
    const code = await a(tx => mintLaunch(tx, ana, launch, start));
    expect(await inTenant('b')(tx => redeemLaunch(tx, code, at(0.1)))).toBeNull();
    expect(await a(tx => whoHolds(tx, code, at(0.1)))).toBeNull();
    expect(tenantOfToken('ses', code)).toBeNull();
    expect(await a(tx => redeemLaunch(tx, code, at(1)))).toBeNull();
    expect(await a(tx => redeemLaunch(tx, code.replace('lau.', 'ses.'), at(0.1)))).toBeNull();
  });

  it('from a session begins one that is over with it', async () => {
    let token = (await a(tx => signIn(tx, ana, 'oauth', start))).token;
    for (const hours of [7, 14, 21]) {
      const code = await a(tx => mintLaunchFor(tx, token, place, at(hours * 60)));
      const next = await a(tx => redeemLaunch(tx, code ?? '', at(hours * 60)));
      expect(next?.expiresAt).toBe(at(24 * 60).toISOString());
      token = next?.token ?? '';
    }
    expect(await a(tx => whoHolds(tx, token, at(24 * 60 - 1)))).toMatchObject({ id: '501' });
    expect(await a(tx => mintLaunchFor(tx, token, place, at(24 * 60)))).toBeNull();
  });

  it('on its way ends with the sessions of its person', async () => {
    const bea = { ...ana, userId: '777' };
    const opens = async (end: (tx: Parameters<typeof endSessions>[0]) => Promise<unknown>) => {
      const codes = await a(async tx => [
        await mintLaunch(tx, ana, launch, start),
        await mintLaunch(tx, bea, launch, start),
      ]);
      await a(end);
      const redeemed = codes.map(code => a(tx => redeemLaunch(tx, code, at(0.1))));
      return (await Promise.all(redeemed)).map(session => session !== null);
    };
    expect(await opens(tx => endSessions(tx, { userId: '501' }, start))).toEqual([false, true]);
    expect(await opens(tx => endSessions(tx, { but: '501' }, start))).toEqual([true, false]);
    await a(tx => signIn(tx, bea, 'canvas', start));
    const here = await a(tx => sessionsInForce(tx, start));
    const id = here.find(({ userId, source }) => userId === '777' && source === 'canvas')?.id ?? '';
    expect(await opens(tx => endSessions(tx, { id }, start))).toEqual([true, false]);
    expect(await opens(tx => endSessions(tx, { id: 'sig_unknown' }, start))).toEqual([true, true]);
  });

  it('always begins a session of its own: one that was there before cannot be planted', async () => {
    const before = await a(tx => signIn(tx, { ...ana, userId: 'attacker' }, 'oauth', start));
    const code = await a(tx => mintLaunch(tx, ana, launch, start));
    const session = await a(tx => redeemLaunch(tx, code, at(0.1)));
    expect(session?.token).not.toBe(before.token);
    expect(await a(tx => whoHolds(tx, before.token, at(1)))).toMatchObject({ id: 'attacker' });
  });
});

describe('roles', () => {
  it('leave always an admin', async () => {
    const roles = <T>(work: Parameters<typeof test.db.tenant<T>>[1]) => inTenant('roles')(work);
    const by = { id: 'x', now: start };
    expect(await roles(tx => mayStepDown(tx, '1'))).toBe(true);
    await roles(tx => appoint(tx, { userId: '1', name: 'One' }, 'admin', by));
    expect(await roles(tx => mayStepDown(tx, '1'))).toBe(false);
    expect(await roles(tx => mayStepDown(tx, '2'))).toBe(true);
    await roles(tx => appoint(tx, { userId: '2', name: 'Two' }, 'admin', by));
    expect(await roles(tx => mayStepDown(tx, '1'))).toBe(true);
    expect((await roles(peopleWithRoles)).map(({ userId, role }) => [userId, role])).toEqual([
      ['1', 'admin'],
      ['2', 'admin'],
    ]);
    expect(await inTenant('other')(peopleWithRoles)).toEqual([]);
  });

  it('are never the product’s own', async () => {
    await expect(
      a(async tx => appoint(tx, ana, 'service' as 'rep', { id: 'x', now: start })),
    ).rejects.toThrow();
  });
});

it('a key of the CRM’s server counts until it is ended, and in its tenant', async () => {
  const key = await a(tx => makeLaunchKey(tx, 'admin', start));
  expect(tenantOfToken('key', key)).toBe('a');
  expect(await a(tx => acceptLaunchKey(tx, key, at(1)))).toBe(true);
  expect(await inTenant('b')(tx => acceptLaunchKey(tx, key, at(1)))).toBe(false);
  expect(await a(launchKeysInForce)).toContainEqual(
    expect.objectContaining({ madeBy: 'admin', lastUsedAt: at(1).toISOString() }),
  );
  await a(tx => endLaunchKeys(tx, null, at(2)));
  expect(await a(tx => acceptLaunchKey(tx, key, at(3)))).toBe(false);
});

it('a token that names a tenant in no text is none: the database would stumble over it', () => {
  for (const bytes of ['a\0b', 'a\nb', Buffer.from([0x61, 0xff])])
    expect(
      tenantOfToken('ses', `ses.${Buffer.from(bytes).toString('base64url')}.${'x'.repeat(43)}`),
    ).toBeNull();
});

it('no text but a token of its kind names a tenant', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom('ses' as const, 'lau' as const, 'key' as const),
      (text, kind) => {
        expect(tenantOfToken(kind, text)).toBeNull();
        expect(tenantOfToken(kind, `${kind}.${text}`)).toBeNull();
      },
    ),
  );
});
