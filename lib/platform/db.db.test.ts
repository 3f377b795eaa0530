import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memories } from '#drizzle/schema/memory.ts';
import { rowsOf } from './db.ts';
import { migrate } from './migrate.ts';
import { openTestDb } from './testing/test-db.ts';

describe('tenant transactions', () => {
  let test: Awaited<ReturnType<typeof openTestDb>>;
  beforeAll(async () => {
    test = await openTestDb();
  });
  afterAll(() => test.close());

  const row = (tenantId: string, id: string) => ({
    tenantId,
    id,
    crm: 'hubspot',
    object: 'contacts',
    recordId: '1',
    kind: 'snoozed',
    text: 'x',
    author: 'a',
    at: '2026-01-02T03:04:05.678Z',
    expiresAt: '2026-01-02T03:04:05.678Z',
  });

  it('see their own rows and no others, and read times as they were written', async () => {
    await test.db.tenant('a', tx => tx.sql.insert(memories).values(row('a', 'mem_1')));
    const seen = await test.db.tenant('a', tx => tx.sql.select().from(memories));
    expect(seen).toEqual([expect.objectContaining(row('a', 'mem_1'))]);
    expect(await test.db.tenant('b', tx => tx.sql.select().from(memories))).toEqual([]);
  });

  it('cannot write a row of another tenant', async () => {
    await expect(
      test.db.tenant('a', tx => tx.sql.insert(memories).values(row('b', 'mem_2'))),
    ).rejects.toThrow();
    expect(await rowsOf(test.db.owner, sql`select 1 from memories where tenant_id = 'b'`)).toEqual([]);
  });

  it('cannot change or remove what is append-only', async () => {
    const refused = (query: ReturnType<typeof sql>) =>
      expect(test.db.tenant('a', tx => tx.sql.execute(query))).rejects.toMatchObject({
        cause: expect.objectContaining({ message: expect.stringContaining('permission denied') }),
      });
    await refused(sql`update audit_log set kind = 'x'`);
    await refused(sql`delete from fact_sets`);
    await refused(sql`truncate ledger_leaves`);
  });

  it('let a system reading find tenants and nothing else', async () => {
    const read = (table: string) =>
      test.db.system('list tenants', tx => tx.sql.execute(sql.raw(`select * from ${table}`)));
    await expect(read('crm_connections')).resolves.toBeDefined();
    await expect(read('memories')).rejects.toThrow();
  });

  it('bind every table: each has a tenant column, forced row-level security and one policy', async () => {
    const open = await rowsOf(
      test.db.owner,
      sql`select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
          where n.nspname = 'public' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity
            and exists (select 1 from pg_policy p where p.polrelid = c.oid))`,
    );
    expect(open).toEqual([]);
  });

  it('survive migrating again', async () => {
    await migrate(test);
    expect(await test.db.tenant('a', tx => tx.sql.select().from(memories))).toHaveLength(1);
  });

  it('refuse a database that is newer than the code', async () => {
    await test.db.owner.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`,
    );
    await expect(migrate(test)).rejects.toThrow(/newer schema/);
    await test.db.owner.execute(sql`delete from drizzle.__drizzle_migrations where hash = 'later'`);
  });
});
