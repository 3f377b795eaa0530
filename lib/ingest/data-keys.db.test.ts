import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contentHash } from '#lib/platform/hash.ts';
import type { CrmRecord, Link } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { rowsOf, type TenantTx } from '#lib/platform/db.ts';
import { keyRing, sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { rewrapKeys, sealOld, shred } from './data-keys.ts';
import { countPlain, liveRecords, versionsOf } from './read.ts';
import { keepVersions, newestVersions } from './store-versions.ts';

const sealingKey = sealingKeyFrom('5e'.repeat(32));
const learntAt = '2026-11-02T08:00:00.000Z';
const later = '2026-11-03T08:00:00.000Z';
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
const about = (...people: string[]): Link[] => people.map(id => ({ to: ref('contacts', id), kind: 'about' }));
const version = (subject: Subject, fields: CrmRecord['fields'], links: Link[] = []) => ({
  record: {
    ref: subject,
    version: 'v1',
    createdAt: learntAt,
    updatedAt: learntAt,
    archived: false,
    fields,
    history: [],
    links,
  },
  raw: { id: subject.id, properties: fields },
});
const ada = version(ref('contacts', '1'), { email: 'ada.lovelace@example.com' });
const bo = version(ref('contacts', '2'), { email: 'bo@example.com' });
const mail = version(ref('emails', '9'), { hs_email_text: 'To ada.lovelace@example.com' }, about('1'));
const both = version(ref('meetings', '7'), { hs_meeting_title: 'Ada and Bo' }, about('1', '2'));
const firm = version(ref('companies', '5'), { name: 'Analytical Engines' }, about('1'));
const all = [ada, bo, mail, both, firm];

describe('what was read', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  let tenantId = 'none';
  let n = 0;

  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());
  beforeEach(() => {
    tenantId = `t${n++}`;
  });

  const inTenant = <T>(work: (tx: TenantTx) => Promise<T>): Promise<T> => test.db.tenant(tenantId, work);
  const query = (text: ReturnType<typeof sql>) => inTenant(tx => rowsOf(tx.sql, text));
  const keep = (records = all, key = sealingKey) =>
    inTenant(async tx => {
      const kept: CrmRecord[] = [];
      for (const one of records)
        kept.push(...(await keepVersions(tx, one.record.ref, [one], { learntAt, sealingKey: key })));
      return kept;
    });
  const opened = async (subject: Subject, key = sealingKey) =>
    (await inTenant(tx => versionsOf(tx, subject, key))).map(row => row.opened);
  /** Rows before there were data keys. */
  const keepPlain = async (records = all) => {
    for (const { record, raw } of records)
      await query(sql`
        insert into record_versions (tenant_id, crm, object, record_id, version, hash, updated_at, learnt_at, record, raw)
        values (${tenantId}, ${record.ref.crm}, ${record.ref.object}, ${record.ref.id}, ${record.version}, ${contentHash(record)},
          ${learntAt}::timestamptz, ${learntAt}::timestamptz, ${JSON.stringify(record)}::text::json, ${JSON.stringify(raw)}::text::json)`);
  };
  /** Rows of every column, as bytes, that have a text in them. */
  const found = async (text: string) => {
    const [row] = await query(sql`
      select count(*)::int as n from (
        select convert_to(v::text, 'UTF8') as bytes from record_versions v
        union all select sealed from record_versions
        union all select convert_to(k::text, 'UTF8') from data_keys k
      ) as rows where position(convert_to(${text}, 'UTF8') in bytes) > 0`);
    return Number(row?.['n']);
  };

  it('is nowhere in the table as plain text, and opens as it came', async () => {
    expect(await keep()).toHaveLength(5);
    for (const text of ['ada.lovelace@example.com', 'Analytical', 'hs_email_text'])
      expect(await found(text)).toBe(0);
    for (const { record, raw } of all)
      expect(await opened(record.ref)).toEqual([{ state: 'open', record, raw }]);
    expect(await inTenant(countPlain)).toBe(0);
  });

  it('is known again, so that nothing is stored twice', async () => {
    await keep();
    expect(await keep()).toEqual([]);
    const changed = {
      ...ada,
      record: { ...ada.record, version: 'v2', updatedAt: later, fields: { email: 'ada@new.example' } },
    };
    expect(await keep([changed])).toHaveLength(1);
    expect(await inTenant(tx => newestVersions(tx, ada.record.ref, ['1'], sealingKey))).toMatchObject([
      { fields: { email: 'ada@new.example' } },
    ]);
  });

  it('has a key for each person, for people together, and for the tenant', async () => {
    await keep();
    const rows = await query(sql`
      select v.object, v.record_id, k.owner, k.people from record_versions v
      join data_keys k on k.tenant_id = v.tenant_id and k.id = v.key_id order by v.object, v.record_id`);
    expect(rows).toMatchObject([
      { object: 'companies', owner: '', people: null },
      { object: 'contacts', owner: 'hubspot:contacts:1', people: null },
      { object: 'contacts', owner: 'hubspot:contacts:2', people: null },
      { object: 'emails', owner: 'hubspot:contacts:1', people: null },
      { object: 'meetings', people: ['hubspot:contacts:1', 'hubspot:contacts:2'] },
    ]);
  });

  it('is unreadable once the person is shredded, which is no error, and others are as they were', async () => {
    await keep();
    const did = await inTenant(tx => shred(tx, [ada.record.ref], later));
    expect(did).toEqual({ keys: 2, plain: 0 });
    for (const { record } of [ada, mail, both])
      expect(await opened(record.ref)).toEqual([{ state: 'erased' }]);
    for (const { record, raw } of [bo, firm])
      expect(await opened(record.ref)).toEqual([{ state: 'open', record, raw }]);
    expect(
      await query(sql`select 1 from data_keys where destroyed_at is not null and wrapped is not null`),
    ).toEqual([]);
    expect(await inTenant(tx => newestVersions(tx, ada.record.ref, ['1'], sealingKey))).toMatchObject([
      { ref: ada.record.ref, version: 'v1', fields: { erased: 'true' }, links: [] },
    ]);
    expect(await inTenant(tx => liveRecords(tx, 'contacts', sealingKey))).toHaveLength(2);
    expect(await inTenant(tx => shred(tx, [ada.record.ref], later))).toEqual({ keys: 0, plain: 0 });
  });

  it('of one who comes back has a new key, and the old stays shut', async () => {
    await keep();
    await inTenant(tx => shred(tx, [ada.record.ref], later));
    const back = { ...ada, record: { ...ada.record, version: 'v2', updatedAt: later } };
    expect(await keep([back])).toHaveLength(1);
    expect((await opened(ada.record.ref)).map(({ state }) => state).sort()).toEqual(['erased', 'open']);
  });

  it('does not pass for that of another tenant or record', async () => {
    await keep();
    const [other] = [`${tenantId}-other`];
    await test.db.owner.execute(sql`
      insert into data_keys select ${other}, id, owner, people, wrapped, made_at, destroyed_at from data_keys where tenant_id = ${tenantId}`);
    await test.db.owner.execute(sql`
      insert into record_versions select ${other}, crm, object, record_id, version, hash, updated_at, learnt_at, record, raw, archived, key_id, sealed
      from record_versions where tenant_id = ${tenantId}`);
    const stolen = test.db.tenant(other, tx => versionsOf(tx, ada.record.ref, sealingKey));
    await expect(stolen).rejects.toMatchObject({ code: 'unavailable' });
    await test.db.owner.execute(sql`
      update record_versions v set sealed = m.sealed, key_id = m.key_id from record_versions m
      where v.tenant_id = ${tenantId} and m.tenant_id = ${tenantId} and v.object = 'contacts' and m.object = 'emails'`);
    await expect(opened(ada.record.ref)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('belongs to something else'),
    });
  });

  it('is not lost with the sealing key, but shut until that is restored', async () => {
    await keep();
    const wrong = sealingKeyFrom('a1'.repeat(32));
    await expect(opened(ada.record.ref, wrong)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('restore the key'),
    });
    await expect(keep(all, wrong)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await inTenant(countPlain)).toBe(0);
    expect(await opened(ada.record.ref)).toMatchObject([{ state: 'open' }]);
  });

  it('opens with the newest sealing key alone once all data keys were wrapped with it', async () => {
    await keep();
    const newest = sealingKeyFrom('a1'.repeat(32));
    const ring = keyRing(newest, ['5e'.repeat(32)]);
    expect(await rewrapKeys(test.db, tenantId, newest)).toEqual({ stored: 4, resealed: 0, unreadable: 4 });
    expect(await rewrapKeys(test.db, tenantId, ring)).toEqual({ stored: 4, resealed: 4, unreadable: 0 });
    expect(await rewrapKeys(test.db, tenantId, ring)).toEqual({ stored: 4, resealed: 0, unreadable: 0 });
    expect(await opened(both.record.ref, newest)).toMatchObject([{ state: 'open' }]);
  });

  it('from before there were data keys is open, counted, and sealed with nothing left', async () => {
    await keepPlain();
    expect(await found('ada.lovelace@example.com')).toBeGreaterThan(0);
    expect(await inTenant(countPlain)).toBe(5);
    expect(await opened(ada.record.ref)).toEqual([{ state: 'open', record: ada.record, raw: ada.raw }]);
    expect(await keep()).toEqual([]);
    const told: number[] = [];
    const clock = () => new Date(later);
    const onProgress = ({ left }: { left: number }) => told.push(left);
    expect(await sealOld(test.db, tenantId, { sealingKey, clock, onProgress })).toBe(5);
    expect(told).toEqual([0]);
    expect(await inTenant(countPlain)).toBe(0);
    expect(await found('ada.lovelace@example.com')).toBe(0);
    for (const { record, raw } of all)
      expect(await opened(record.ref)).toEqual([{ state: 'open', record, raw }]);
    expect(await keep()).toEqual([]);
    expect(await sealOld(test.db, tenantId, { sealingKey, clock })).toBe(0);
  });

  it('from before there were data keys is gone when its person is shredded first', async () => {
    await keepPlain();
    expect(await inTenant(tx => shred(tx, [ada.record.ref], later))).toEqual({ keys: 0, plain: 3 });
    expect(await found('ada.lovelace@example.com')).toBe(0);
    expect(await opened(mail.record.ref)).toEqual([{ state: 'erased' }]);
    expect(await opened(firm.record.ref)).toMatchObject([{ state: 'open' }]);
    expect(await inTenant(countPlain)).toBe(2);
  });

  it('is never changed once it is sealed', async () => {
    await keep();
    await query(sql`update record_versions set sealed = '', key_id = 'x'`);
    expect(await opened(ada.record.ref)).toMatchObject([{ state: 'open' }]);
    await expect(query(sql`update record_versions set version = 'x'`)).rejects.toThrow();
    await keepPlain([version(ref('contacts', '3'), { email: 'plain@example.com' })]);
    await expect(query(sql`update record_versions set hash = 'x'`)).rejects.toThrow();
  });
});
