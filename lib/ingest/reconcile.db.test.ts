import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { openReader, type CrmReader } from '#lib/crm/crm.ts';
import { startTestCrm, type TestCrm } from '#lib/crm/testing/test-crm.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { backfill, parseWebhook, pull, receive, reconcile, type Keep } from './ingest.ts';
import { liveRecords, syncStates } from './read.ts';

const hour = 3_600_000;
const objects: CrmObject[] = ['contacts', 'calls'];

const sealingKey = sealingKeyFrom('5e'.repeat(32));

describe('what webhooks lost', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let crm: TestCrm;
  let kept: CrmRecord[];
  let tenantId = 'none';
  let later = 0;
  let n = 0;

  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    crm = await startTestCrm();
    tenantId = `t${n++}`;
    kept = [];
    later = 0;
    return () => crm.stop();
  });

  const keep: Keep = (_tx, records) => Promise.resolve(void kept.push(...records));
  const job = (more: object = {}) => ({
    tenantId,
    clock: () => new Date(Date.now() + later),
    sealingKey,
    keep,
    objects,
    ...more,
  });
  const reader = () => openReader(crm.session);
  const search = (with_: CrmReader = reader(), more: object = {}) => reconcile(test.db, with_, job(more));
  const contacts = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => crm.create('contacts', { email: `c${i}@lost.io` })));
  const begin = async (count: number) => {
    const ids = await contacts(count);
    await crm.create('calls', { hs_timestamp: '2026-01-05T10:00:00Z', hs_call_title: 'Intro' });
    await backfill(test.db, reader(), job());
    await search();
    kept = [];
    later += 2 * hour;
    return ids;
  };
  const keptOf = (id: string) => kept.filter(({ ref }) => ref.id === id).at(-1);
  const problems = async () =>
    (await test.db.tenant(tenantId, syncStates)).map(({ object, problem }) => [object, problem]);

  it('a deletion is found, once', async () => {
    const [id = ''] = await begin(3);
    await crm.remove('contacts', id);
    expect(await search()).toEqual({ found: 1 });
    expect(keptOf(id)).toMatchObject({ archived: true, fields: { email: 'c0@lost.io' } });
    later += 2 * hour;
    expect(await search()).toEqual({ found: 0 });
  });

  it('a deletion while the backfill ran is found by the first search', async () => {
    const [id = ''] = await contacts(2);
    await backfill(test.db, reader(), job());
    await crm.remove('contacts', id);
    expect(await search()).toEqual({ found: 1 });
  });

  it('a link that gave neither record a new time is found', async () => {
    const [id = ''] = await begin(3);
    const company = await crm.create('companies', { name: 'Halvern', domain: 'halvern.example' });
    await crm.call('POST', '/crm/associations/2026-09/contacts/companies/batch/associate/default', {
      inputs: [{ from: { id }, to: { id: company } }],
    });
    await search();
    expect(keptOf(id)).toMatchObject({ links: [{ to: { object: 'companies', id: company } }] });
    kept = [];
    later += 2 * hour;
    expect(await search()).toEqual({ found: 0 });
  });

  it('a merge leaves the loser archived, with a link to where it lives on, and the survivor fresh', async () => {
    const [survivor = '', loser = ''] = await begin(3);
    await crm.call('POST', '/crm/objects/2026-09/contacts/merge', {
      primaryObjectId: survivor,
      objectIdToMerge: loser,
    });
    await search();
    expect(keptOf(loser)).toMatchObject({
      archived: true,
      fields: { email: 'c1@lost.io' },
      links: [{ to: { crm: 'hubspot', object: 'contacts', id: survivor }, kind: 'became' }],
    });
    expect(keptOf(survivor)).toMatchObject({ archived: false });
    kept = [];
    later += 2 * hour;
    await search();
    expect(keptOf(loser)).toBeUndefined();
  });

  it('a merge that a webhook tells of comes to the same', async () => {
    const [survivor = '', loser = ''] = await begin(2);
    await crm.call('POST', '/crm/objects/2026-09/contacts/merge', {
      primaryObjectId: survivor,
      objectIdToMerge: loser,
    });
    const subjects: Subject[] = [{ crm: 'hubspot', object: 'contacts', id: loser }];
    const fresh = await pull(test.db, reader(), { ...job(), subjects });
    expect(new Map(fresh.map(({ ref, archived }) => [ref.id, archived]))).toEqual(
      new Map([
        [survivor, false],
        [loser, true],
      ]),
    );
  });

  it('an erased person leaves nothing but that', async () => {
    const [id = ''] = await begin(3);
    await crm.call('POST', '/crm/objects/2026-09/contacts/gdpr-delete', { objectId: id });
    await search();
    const erased = keptOf(id);
    expect(erased).toMatchObject({ archived: true, history: [], links: [] });
    expect(Object.entries(erased?.fields ?? {}).filter(([, value]) => value !== null)).toEqual([
      ['erased', 'true'],
    ]);
    expect(JSON.stringify(erased)).not.toContain('c0@lost.io');
  });

  it('a deal that vanished keeps what was known, unless the CRM said that it was erased', async () => {
    const dealIds = await Promise.all(
      ['A', 'B'].map(dealname => crm.create('deals', { dealname, dealstage: 'qualifiedtobuy' })),
    );
    await backfill(test.db, reader(), job({ objects: ['deals'] }));
    const event = {
      subscriptionType: 'deal.privacyDeletion',
      portalId: 1,
      occurredAt: Date.now(),
      objectId: Number(dealIds[1]),
    };
    const { events = [] } = parseWebhook(JSON.stringify([event])).deliveries[0] ?? {};
    await test.db.tenant(tenantId, tx => receive(tx, events, { now: new Date(), settleMs: 0 }));
    const vanished: CrmReader = {
      ...reader(),
      read: (_object, ids) => Promise.resolve({ records: [], missing: [...ids], merged: [] }),
    };
    const subjects = dealIds.map((id): Subject => ({ crm: 'hubspot', object: 'deals', id }));
    const fresh = await pull(test.db, vanished, { ...job(), subjects });
    expect(fresh.map(({ fields }) => [fields['dealname'], fields['erased'] ?? null])).toEqual([
      ['A', null],
      [null, 'true'],
    ]);
  });

  it('looks for some ids at a time, and comes round to all', async () => {
    const ids = await begin(3);
    const asked: string[][] = [];
    const counting: CrmReader = {
      ...reader(),
      present: (object, some) => {
        if (object === 'contacts') asked.push([...some]);
        return Promise.resolve([...some]);
      },
    };
    await search(counting);
    await search(counting);
    expect(asked).toEqual([ids, ids]);
  });

  it('goes on at the page where it died', async () => {
    const ids = await begin(230);
    for (const id of ids) await crm.update('contacts', id, { firstname: 'Again' });
    let pages = 0;
    const dying: Keep = async (tx, records) => {
      if (++pages === 3) throw new Error('killed');
      await keep(tx, records);
    };
    await expect(search(reader(), { keep: dying })).rejects.toThrow('killed');
    const first = kept.length;
    expect(first).toBe(200);
    const cursors: (string | null)[] = [];
    const watched: CrmReader = {
      ...reader(),
      modifiedSince: (object, since, after) => {
        if (object === 'contacts') cursors.push(after);
        return reader().modifiedSince(object, since, after);
      },
    };
    expect(await search(watched)).toEqual({ found: 30 });
    expect(cursors).toEqual([ids[199]]);
  });

  it('one object that is refused does not end the others', async () => {
    await begin(1);
    later = 0;
    const call = await crm.create('calls', { hs_timestamp: '2026-02-05T10:00:00Z', hs_call_title: 'Two' });
    const failing = (code: 'refused' | 'unavailable' | 'unauthenticated'): CrmReader => ({
      ...reader(),
      modifiedSince: (object, since, after) =>
        object === 'contacts'
          ? Promise.reject(new AppError(code, `It is ${code}.`))
          : reader().modifiedSince(object, since, after),
    });
    expect(await search(failing('refused'))).toEqual({ found: 1 });
    expect(keptOf(call)).toBeDefined();
    expect(await problems()).toEqual([
      ['calls', null],
      ['contacts', 'It is refused.'],
    ]);
    const again = await crm.create('calls', { hs_timestamp: '2026-02-06T10:00:00Z', hs_call_title: 'Three' });
    await expect(search(failing('unavailable'))).rejects.toMatchObject({ code: 'unavailable' });
    expect(keptOf(again)).toBeDefined();
    await search();
    expect(await problems()).toEqual([
      ['calls', null],
      ['contacts', null],
    ]);
    const unseen = await crm.create('calls', { hs_timestamp: '2026-02-07T10:00:00Z', hs_call_title: 'Four' });
    await expect(search(failing('unauthenticated'))).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(keptOf(unseen)).toBeUndefined();
  });

  it('what comes whole each time and changes rarely is not asked for at every search', async () => {
    await crm.create('goal_targets', { hs_goal_name: 'Q4' });
    await backfill(test.db, reader(), job({ objects: ['quotas'] }));
    let asked = 0;
    const counting: CrmReader = {
      ...reader(),
      modifiedSince: (object, since, after) => {
        asked += 1;
        return reader().modifiedSince(object, since, after);
      },
    };
    await search(counting, { objects: ['quotas'] });
    expect(asked).toBe(0);
    later += 2 * hour;
    await search(counting, { objects: ['quotas'] });
    await search(counting, { objects: ['quotas'] });
    expect(asked).toBe(1);
    const quotas = await test.db.tenant(tenantId, tx => liveRecords(tx, 'quotas', sealingKey));
    expect(quotas.map(({ fields }) => fields['hs_goal_name'])).toEqual(['Q4']);
  });
});
