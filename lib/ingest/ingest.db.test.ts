import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import { openReader, type CrmReader } from '#lib/crm/crm.ts';
import { startTestCrm, type TestCrm } from '#lib/crm/testing/test-crm.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { backfill, pull, reconcile, type Keep } from './ingest.ts';
import { syncStates } from './read.ts';

const objects = ['pipelines', 'contacts', 'calls'] as const;

describe('ingest', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let crm: TestCrm;
  let contacts: string[];
  let kept: CrmRecord[];
  let tenantId = 'none';
  let n = 0;

  beforeAll(async () => {
    test = await openTestDb();
    crm = await startTestCrm();
    contacts = [];
    for (let i = 0; i < 230; i++) contacts.push(await crm.create('contacts', { email: `p${i}@x.io` }));
    await crm.create('calls', { hs_timestamp: '2026-01-05T10:00:00Z', hs_call_title: 'Intro' });
  });
  afterAll(async () => {
    await crm.stop();
    await test.close();
  });
  beforeEach(() => {
    tenantId = `t${n++}`;
    kept = [];
  });

  const keep: Keep = (_tx, records) => Promise.resolve(void kept.push(...records));
  const clock = () => new Date();
  const job = () => ({ tenantId, clock, keep, sealingKey: sealingKeyFrom('5e'.repeat(32)) });
  const reader = () => openReader(crm.session);
  const states = () => test.db.tenant(tenantId, syncStates);
  const stored = async (): Promise<number> => {
    const [row] = await test.db.tenant(tenantId, tx =>
      rowsOf(tx.sql, sql`select count(*)::int as n from record_versions`),
    );
    return Number(row?.['n']);
  };
  const contact = (id: string): Subject => ({ crm: 'hubspot', object: 'contacts', id });
  const onlyContacts = () => kept.filter(({ ref }) => ref.object === 'contacts');

  it('reads everything once, tells how far it is, and then knows it', async () => {
    const progress: string[] = [];
    const onProgress = (p: { object: string; records: number; done: boolean }) =>
      progress.push(`${p.object} ${p.records} ${p.done}`);
    await backfill(test.db, reader(), { ...job(), objects, onProgress });
    // Pages that were read while others were stored go in together, so not each is told of.
    expect(progress.at(0)).toBe('pipelines 1 true');
    expect(progress.at(1)).toBe('contacts 100 false');
    expect(progress.slice(-2)).toEqual(['contacts 230 true', 'calls 1 true']);
    expect(onlyContacts().map(({ ref }) => ref.id)).toEqual(contacts);
    expect(await stored()).toBe(232);
    expect(await states()).toMatchObject([
      { object: 'calls', records: 1, done: true },
      { object: 'contacts', records: 230, done: true, problem: null },
      { object: 'pipelines', done: true },
    ]);
    kept = [];
    await backfill(test.db, reader(), { ...job(), objects });
    expect(kept).toEqual([]);
  });

  it('goes on where it was when it was killed half-way, and nothing of the broken page stays', async () => {
    let pages = 0;
    const killed: Keep = async (tx, records) => {
      if (++pages === 2) throw new Error('killed');
      await keep(tx, records);
    };
    await expect(
      backfill(test.db, reader(), { ...job(), objects: ['contacts'], keep: killed }),
    ).rejects.toThrow('killed');
    expect(await stored()).toBe(100);
    expect(await states()).toMatchObject([{ object: 'contacts', records: 100, done: false }]);
    await backfill(test.db, reader(), { ...job(), objects: ['contacts'] });
    expect(onlyContacts().map(({ ref }) => ref.id)).toEqual(contacts);
  });

  it('notes why it stands still, and goes on when that is over', async () => {
    let down = true;
    const broken: CrmReader = {
      ...reader(),
      listPage: (object, page) =>
        down && object === 'contacts' && page.after !== null
          ? Promise.reject(new AppError('unavailable', 'HubSpot is down.'))
          : reader().listPage(object, page),
    };
    await expect(backfill(test.db, broken, { ...job(), objects })).rejects.toMatchObject({
      code: 'unavailable',
    });
    expect(await states()).toMatchObject([
      { object: 'contacts', problem: 'HubSpot is down.' },
      { done: true },
    ]);
    down = false;
    await backfill(test.db, broken, { ...job(), objects });
    expect((await states()).map(({ done, problem }) => [done, problem])).toEqual(
      Array.from({ length: 3 }, () => [true, null]),
    );
  });

  it('leaves out what the account does not share, and says so', async () => {
    const partial: CrmReader = {
      ...reader(),
      listPage: (object, page) =>
        object === 'contacts'
          ? Promise.reject(new AppError('forbidden', 'Grant the scope.'))
          : reader().listPage(object, page),
    };
    await backfill(test.db, partial, { ...job(), objects });
    expect(await states()).toMatchObject([
      { object: 'calls', done: true },
      { object: 'contacts', done: false, problem: 'Grant the scope.' },
      { object: 'pipelines', done: true },
    ]);
  });

  it('pulls what changed, keeps every version, and calls keep even when nothing did', async () => {
    const id = await crm.create('contacts', { email: `pull${n}@x.io`, firstname: 'A' });
    const subjects = [contact(id)];
    expect(await pull(test.db, reader(), { ...job(), subjects })).toMatchObject([
      { fields: { firstname: 'A' } },
    ]);
    let calls = 0;
    const counted: Keep = (_tx, records) => Promise.resolve(void (calls += 1 + records.length));
    expect(await pull(test.db, reader(), { ...job(), subjects, keep: counted })).toEqual([]);
    expect(calls).toBe(1);
    for (const firstname of ['B', 'A']) {
      await crm.update('contacts', id, { firstname });
      expect(await pull(test.db, reader(), { ...job(), subjects })).toMatchObject([
        { fields: { firstname } },
      ]);
    }
    expect(await stored()).toBe(3);
  });

  it('sees links come, go and come again, without a new modification time', async () => {
    const id = await crm.create('contacts', { email: `link${n}@x.io` });
    const company = await crm.create('companies', { name: 'Linked' });
    const path = `/crm/objects/2026-09/contacts/${id}/associations/companies/${company}`;
    const links = async () => {
      const [record] = await pull(test.db, reader(), { ...job(), subjects: [contact(id)] });
      return record?.links.map(({ to }) => to.id);
    };
    expect(await links()).toEqual([]);
    for (const expected of [[company], [], [company]]) {
      await crm.call(expected.length > 0 ? 'PUT' : 'DELETE', path);
      expect(await links()).toEqual(expected);
    }
    expect(await links()).toBeUndefined();
  });

  it('archives what was deleted, and what is gone altogether', async () => {
    const deleted = await crm.create('contacts', { email: `del${n}@x.io` });
    const purged = await crm.create('contacts', { email: `purge${n}@x.io` });
    const subjects = [contact(deleted), contact(purged), contact('999')];
    await pull(test.db, reader(), { ...job(), subjects });
    await crm.remove('contacts', deleted);
    const forgetful: CrmReader = {
      ...reader(),
      read: async (object, ids) => {
        const { records, missing, merged } = await reader().read(object, ids);
        return {
          records: records.filter(({ record }) => record.ref.id !== purged),
          missing: [...missing, purged],
          merged,
        };
      },
    };
    const fresh = await pull(test.db, forgetful, { ...job(), subjects });
    expect(new Map(fresh.map(({ ref, archived }) => [ref.id, archived]))).toEqual(
      new Map([
        [deleted, true],
        [purged, true],
      ]),
    );
    expect(await pull(test.db, forgetful, { ...job(), subjects })).toEqual([]);
  });

  it('does not let an old reading overwrite a newer one', async () => {
    const id = await crm.create('contacts', { email: `old${n}@x.io`, firstname: 'old' });
    const old = await reader().read('contacts', [id]);
    await crm.update('contacts', id, { firstname: 'new' });
    await pull(test.db, reader(), { ...job(), subjects: [contact(id)] });
    const late: CrmReader = { ...reader(), read: () => Promise.resolve(old) };
    expect(await pull(test.db, late, { ...job(), subjects: [contact(id)] })).toEqual([]);
    expect(await stored()).toBe(1);
  });

  it('finds by polling what a lost webhook left out', async () => {
    await backfill(test.db, reader(), { ...job(), objects });
    kept = [];
    expect(await reconcile(test.db, reader(), { ...job(), objects })).toEqual({ found: 0 });
    const changed = contacts[120] ?? '';
    await crm.update('contacts', changed, { firstname: 'Polled' });
    const created = await crm.create('calls', {
      hs_timestamp: '2026-02-05T10:00:00Z',
      hs_call_title: 'Second',
    });
    expect(await reconcile(test.db, reader(), { ...job(), objects })).toEqual({ found: 2 });
    expect(kept.map(({ ref }) => ref.id)).toEqual([changed, created]);
    expect(await reconcile(test.db, reader(), { ...job(), objects })).toEqual({ found: 0 });
  });

  it('stores a page of one object for one tenant only', async () => {
    await backfill(test.db, reader(), { ...job(), objects: ['calls'] });
    expect(await test.db.tenant('somebody-else', syncStates)).toEqual([]);
  });
});
