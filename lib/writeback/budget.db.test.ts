import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { releaseBudget, reserveBudget, touchesAround } from './writeback.ts';

describe('the contact budget', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  const reserve = (tenantId: string, id: string, changeId: string, day: number, limit = 3) =>
    test.db.tenant(tenantId, tx =>
      reserveBudget(
        tx,
        { crm: 'hubspot', object: 'contacts', id },
        changeId,
        new Date(Date.UTC(2026, 10, day, 9)).toISOString(),
        limit,
      ),
    );

  it('gives the last places once, whoever asks at the same time', async () => {
    const asked = await Promise.all(Array.from({ length: 8 }, (_, i) => reserve('a', '1', `chg_${i}`, 20)));
    expect(asked.filter(({ ok }) => ok)).toHaveLength(3);
    expect(asked.filter(({ ok }) => !ok).every(({ used }) => used === 3)).toBe(true);
  });

  it('is each person’s and each tenant’s own', async () => {
    expect(await reserve('a', '2', 'chg_1', 20)).toEqual({ ok: true, used: 1 });
    expect(await reserve('b', '1', 'chg_1', 20)).toEqual({ ok: true, used: 1 });
  });

  it('keeps the place of a change that asks again, and moves it when its time moves', async () => {
    expect(await reserve('a', '3', 'chg_1', 20, 1)).toEqual({ ok: true, used: 1 });
    expect(await reserve('a', '3', 'chg_1', 20, 1)).toEqual({ ok: true, used: 1 });
    expect(await reserve('a', '3', 'chg_2', 22, 1)).toEqual({ ok: false, used: 1 });
    expect(await reserve('a', '3', 'chg_1', 10, 1)).toEqual({ ok: true, used: 1 });
    expect(await reserve('a', '3', 'chg_2', 22, 1)).toEqual({ ok: true, used: 1 });
  });

  it('counts weeks, touches planned ahead included, and zero allows none', async () => {
    expect((await reserve('a', '4', 'chg_1', 20, 1)).ok).toBe(true);
    expect((await reserve('a', '4', 'chg_2', 26, 1)).ok).toBe(false);
    expect((await reserve('a', '4', 'chg_3', 14, 1)).ok).toBe(false);
    expect((await reserve('a', '4', 'chg_4', 27, 1)).ok).toBe(true);
    expect(await reserve('a', '5', 'chg_1', 20, 0)).toEqual({ ok: false, used: 0 });
  });

  it('tells what is taken, and gives places back', async () => {
    const person = { crm: 'hubspot', object: 'contacts', id: '6' } as const;
    const around = (except: string[] = []) =>
      test.db.tenant('a', tx => touchesAround(tx, person, '2026-11-20T09:00:00.000Z', except));
    await reserve('a', '6', 'chg_r1', 20);
    await reserve('a', '6', 'chg_r2', 21);
    await reserve('a', '6', 'chg_r3', 28);
    expect(await around()).toBe(2);
    expect(await around(['chg_r1'])).toBe(1);
    await test.db.tenant('b', tx => releaseBudget(tx, ['chg_r1']));
    expect(await around()).toBe(2);
    await test.db.tenant('a', tx => releaseBudget(tx, ['chg_r1', 'chg_r2']));
    expect(await around()).toBe(0);
  });
});
