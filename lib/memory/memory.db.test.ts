import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Holder, Memory } from '#lib/core/memory.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import {
  erase,
  forget,
  hasSuggested,
  held,
  load,
  recall,
  remember,
  revise,
  type Recalled,
} from './memory.ts';
import { memoriesAbout, memoriesNow, suggestedBy } from './read.ts';
import { ana, maria, taught } from '#lib/core/testing/taught.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const within = <T>(tenant: string, work: (tx: TenantTx) => Promise<T>) => test.db.tenant(tenant, work);
const keep = (tenant: string, ...memories: Memory[]) =>
  within(tenant, async tx => {
    for (const memory of memories) await remember(tx, memory);
  });
const texts = (tenant: string, asOf: string, about: Partial<Recalled> = {}) =>
  within(tenant, async tx =>
    (await recall(tx, { subjects: [maria], holders: [], ...about }, asOf)).map(memory => memory.text),
  );
const whom = { subjects: [maria], activities: [], shared: [], marks: [], nameParts: [] };
const allOf = async (tx: TenantTx) => (await held(tx, [maria])).flatMap(part => part.rows);
const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString();

describe('recall', () => {
  it('gives what was taught by then and had not expired, of this subject and tenant alone', async () => {
    await keep(
      'a',
      taught('Do not call', day(1), { expiresAt: day(60) }),
      taught('Prefers mail', day(30)),
      taught('Of another', day(1), { subject: { ...maria, id: '8' } }),
      taught('Not confirmed', day(1), { state: 'suggested' }),
    );
    expect(await texts('a', '2025-12-31T23:59:59.999Z')).toEqual([]);
    expect(await texts('a', day(1))).toEqual(['Do not call']);
    expect(await texts('a', day(40))).toEqual(['Do not call', 'Prefers mail']);
    expect(await texts('a', day(60))).toEqual(['Prefers mail']);
    expect(await texts('b', day(40))).toEqual([]);
  });

  it('gives what is the team’s, and private ones of these holders alone', async () => {
    const user = (id: string, ownerId: string | null): Holder => ({ kind: 'user', id, ownerId });
    const own = (text: string, holder: Holder, more: Partial<Memory> = {}) =>
      taught(text, day(1), { scope: 'private', subject: null, holder, ...more });
    await keep(
      'holders',
      taught('Team', day(1), { scope: 'team', subject: null }),
      own('Ana’s', user('ana', '11')),
      own('Ana’s about Maria', user('ana', '11'), { subject: maria }),
      own('Ana’s about another', user('ana', '11'), { subject: { ...maria, id: '8' } }),
      own('Ben’s', user('ben', '12')),
      own('Reps’', { kind: 'role', role: 'rep' }),
    );
    expect(await texts('holders', day(2))).toEqual(['Team']);
    const anas = ['Team', 'Ana’s', 'Ana’s about Maria'];
    expect((await texts('holders', day(2), { holders: [user('ana', null)] })).sort()).toEqual(anas.sort());
    expect((await texts('holders', day(2), { holders: [user('?', '11')] })).sort()).toEqual(anas.sort());
    expect(await texts('holders', day(2), { holders: [{ kind: 'role', role: 'rep' }] })).toContain('Reps’');
    expect(await texts('holders', day(2), { holders: [user('carl', null)] })).toEqual(['Team']);
  });
});

describe('versions', () => {
  it('confirmed, edited and forgotten: each is in force from its time on, as of any time after', async () => {
    const memory = taught('Prefers mail', day(1), { state: 'suggested' });
    await keep('versions', memory);
    const step = (next: Partial<Memory>, n: number) =>
      within('versions', async tx => revise(tx, await load(tx, memory.id), next, ana, new Date(day(n))));
    await step({ state: 'confirmed' }, 2);
    await step({ text: 'Prefers calls' }, 3);
    expect(await within('versions', tx => forget(tx, memory.id, ana, new Date(day(4))))).toBe(true);
    for (const [n, expected] of [
      [1, []],
      [2, ['Prefers mail']],
      [3, ['Prefers calls']],
      [4, []],
      [5, []],
    ] as const)
      expect(await texts('versions', day(n))).toEqual(expected);
    await expect(within('versions', tx => load(tx, memory.id))).rejects.toMatchObject({ code: 'not_found' });
    expect(await within('versions', tx => forget(tx, memory.id, ana, new Date(day(5))))).toBe(false);
    const last = (await within('versions', allOf)).at(-1);
    expect(last).toMatchObject({ state: 'forgotten', text: '', version: 4, authorName: 'Ana' });
  });

  it('two people change the same version: one is told', async () => {
    const memory = taught('x', day(1));
    await keep('race', memory);
    const edit = (text: string) => within('race', tx => revise(tx, memory, { text }, ana, new Date(day(2))));
    const both = await Promise.allSettled([edit('one'), edit('two')]);
    expect(both.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(each => each.status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  });

  it('nothing of another tenant can be read, changed or forgotten', async () => {
    const memory = taught('x', day(1));
    await keep('mine', memory);
    await expect(within('theirs', tx => load(tx, memory.id))).rejects.toMatchObject({ code: 'not_found' });
    expect(await within('theirs', tx => forget(tx, memory.id, ana, new Date(day(2))))).toBe(false);
    expect(await within('theirs', tx => erase(tx, whom))).toEqual({ memories: 0 });
    expect(await texts('mine', day(3))).toEqual(['x']);
  });
});

it('erasing leaves no version, as of any time, of what was taught about a person', async () => {
  const memory = taught('Is on leave', day(1));
  const other = taught('Of another', day(1), { subject: { ...maria, id: '8' } });
  await keep(
    'erase',
    memory,
    other,
    taught('Mine', day(1), { scope: 'private', holder: { kind: 'role', role: 'rep' } }),
  );
  await within('erase', tx => revise(tx, memory, { text: 'Is back' }, ana, new Date(day(2))));
  expect(await within('erase', allOf)).toHaveLength(3);
  expect(await within('erase', tx => erase(tx, whom))).toEqual({ memories: 3 });
  expect(await within('erase', allOf)).toEqual([]);
  expect(await texts('erase', day(1))).toEqual([]);
  expect(await texts('erase', day(1), { subjects: [{ ...maria, id: '8' }] })).toEqual(['Of another']);
});

it('lists what stands now, by words, scope, record and the answer that it follows from', async () => {
  const from = { kind: 'answer' as const, decisionId: 'dec_1' };
  await keep(
    'lists',
    taught('Prefers 50% less mail', day(1)),
    taught('Old', day(1), { expiresAt: day(2) }),
    taught('Team rule', day(1), { scope: 'team', subject: null }),
    taught('Do not call', day(1), { state: 'suggested', source: from }),
  );
  const list = (filter = {}) =>
    within('lists', async tx => (await memoriesNow(tx, day(3), filter)).map(({ text }) => text).sort());
  expect(await list()).toEqual(['Do not call', 'Prefers 50% less mail', 'Team rule']);
  expect(await list({ words: '50%' })).toEqual(['Prefers 50% less mail']);
  expect(await list({ words: 'ANA', scope: 'team' })).toEqual(['Team rule']);
  const about = await within('lists', tx => memoriesAbout(tx, [maria], day(3)));
  expect(about).toHaveLength(2);
  expect(await within('lists', tx => suggestedBy(tx, 'dec_1', day(3)))).toMatchObject([
    { text: 'Do not call' },
  ]);
  expect(await within('lists', tx => suggestedBy(tx, 'dec_2', day(3)))).toEqual([]);
});

describe('what an answer has suggested before', () => {
  const source = { kind: 'answer' as const, decisionId: 'dec_1' };
  const asked = (tenant: string, text: string, n = 9, subject = maria) =>
    within(tenant, tx => hasSuggested(tx, { subjects: [subject], holders: [] }, text, day(n)));

  it('is known while it waits, once confirmed in other words, and once turned down', async () => {
    const memory = taught('Prefers calls', day(1), { state: 'suggested', source });
    await keep('before', memory);
    expect(await asked('before', 'prefers CALLS')).toBe(true);
    await within('before', tx =>
      revise(tx, memory, { state: 'confirmed', text: 'Call her' }, ana, new Date(day(2))),
    );
    expect(await asked('before', 'Prefers calls')).toBe(true);
    await within('before', tx => forget(tx, memory.id, ana, new Date(day(3))));
    for (const text of ['Prefers calls', 'Call her']) expect(await asked('before', text)).toBe(true);
    for (const text of ['', 'Prefers', 'Prefers mail', 'Prefers calls\0'])
      expect(await asked('before', text)).toBe(false);
    expect(await asked('before', 'Prefers calls', 9, { ...maria, id: '8' })).toBe(false);
    expect(await asked('another', 'Prefers calls')).toBe(false);
  });

  it('may be asked again where it was typed, has expired, was private to another, or was erased', async () => {
    const typed = taught('Typed', day(1));
    await keep(
      'again',
      typed,
      taught('Expired', day(1), { source, expiresAt: day(5) }),
      taught('Another’s', day(1), {
        source,
        scope: 'private',
        subject: null,
        holder: { kind: 'user', id: 'ben', ownerId: null },
      }),
      taught('Erased', day(1), { source }),
    );
    await within('again', tx => forget(tx, typed.id, ana, new Date(day(2))));
    expect(await asked('again', 'Expired', 4)).toBe(true);
    expect(await asked('again', 'Erased')).toBe(true);
    await within('again', tx => erase(tx, whom));
    for (const text of ['Typed', 'Expired', 'Another’s', 'Erased'])
      expect(await asked('again', text)).toBe(false);
  });
});
