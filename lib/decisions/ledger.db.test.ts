import { sql, type SQL } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditPrivate } from '#drizzle/schema/decisions.ts';
import { storable } from '#lib/core/storable.ts';
import { rowsOf, type Sql } from '#lib/platform/db.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { makeMixedHistory } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, tenantId, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { audit, sequence, verify, type Verification } from './decisions.ts';
import { merkleRoot } from './merkle.ts';

describe('the ledger', () => {
  let demo: Demo;
  beforeAll(async () => {
    demo = await openDemo();
    await makeMixedHistory(demo);
    // Several heads, and some entries that have no place yet.
    await demo.tenant(tx => sequence(tx, 7));
    await demo.tenant(tx => sequence(tx, 5));
    await demo.tenant(tx => sequence(tx));
    await note('waits for its place');
    await note('and so does this');
  });
  afterAll(() => demo.close());

  const note = (text: unknown) =>
    demo.tenant(tx =>
      audit(tx, 'test', demo.clock.now(), {
        kind: 'crm-connected',
        decisionId: null,
        public: { crm: 'hubspot' },
        private: { text },
      }),
    );
  const check = (): Promise<Verification> => demo.tenant(verify);

  it('is proven after a mixed history', async () => {
    const result = await check();
    expect(result).toMatchObject({ ok: true, problems: [], unsequenced: 2, erased: 0, unproven: 0 });
    const leaves = await demo.tenant(tx => rowsOf(tx.sql, sql`select leaf from ledger_leaves order by seq`));
    expect(result.entries).toBe(leaves.length);
    expect(result.root).toBe(merkleRoot(leaves.map(row => String(row['leaf']))));
  });

  class Undone extends Error {}

  /** What `verify` says to a tenant after the database's owner did something, which is then taken back. */
  async function after(mutations: SQL[], tenants = [tenantId]): Promise<Verification[] | 'prevented'> {
    const results: Verification[] = [];
    let prevented = false;
    await demo.database.db.owner
      .transaction(async (tx: Sql) => {
        try {
          for (const mutation of mutations) await tx.execute(mutation);
        } catch {
          prevented = true;
          throw new Undone();
        }
        for (const tenant of tenants) {
          await tx.execute(
            sql`select set_config('role', 'sidecard_app', true), set_config('sidecard.tenant', ${tenant}, true)`,
          );
          results.push(await verify({ tenantId: tenant, sql: tx, enqueue: () => Promise.resolve() }));
        }
        throw new Undone();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Undone)) throw error;
      });
    return prevented ? 'prevented' : results;
  }

  const seen = (results: Verification[] | 'prevented') =>
    results === 'prevented' || results.some(result => !result.ok);
  const rows = (query: SQL) => rowsOf(demo.database.db.owner, query);
  const name = (text: string) => sql.raw(`"${text}"`);

  const tables = {
    audit_log: 'id',
    audit_private: 'audit_id',
    ledger_leaves: 'seq',
    ledger_heads: 'size',
  } as const;
  type Table = keyof typeof tables;
  const keysOf = async (table: Table): Promise<unknown[]> => {
    const found = await rows(
      sql`select ${name(tables[table])}::text as key from ${name(table)} order by ${name(tables[table])}`,
    );
    const keys = found.map(row => row['key']);
    // First, second, middle and last: the last entries have no place in the tree yet.
    return [0, 1, Math.floor(keys.length / 2), keys.length - 1].map(i => keys[i]);
  };
  const columnsOf = async (table: string) =>
    (
      await rows(
        sql`select column_name, data_type from information_schema.columns
            where table_schema = 'public' and table_name = ${table} order by ordinal_position`,
      )
    ).map(row => ({ column: String(row['column_name']), type: String(row['data_type']) }));

  /** Another value of the same type. */
  function changed(column: string, type: string): SQL {
    const it = name(column);
    if (type === 'jsonb')
      return sql`case jsonb_typeof(${it}) when 'object' then ${it} || '{"more":1}' else ${it} || '["more"]' end`;
    if (type === 'bigint') return sql`${it} + 1000`;
    if (type.startsWith('timestamp')) return sql`${it} + interval '1 millisecond'`;
    return sql`case when coalesce(${it}, '') = '' then 'x' else translate(left(${it}, 1), '01a', '10b') || substr(${it}, 2) || 'x' end`;
  }
  const where = (table: Table, key: unknown) => sql`where ${name(tables[table])}::text = ${key}`;

  it.each(Object.keys(tables) as Table[])('sees any changed column of %s', async table => {
    const unseen: string[] = [];
    for (const { column, type } of await columnsOf(table))
      for (const key of await keysOf(table)) {
        const mutation = sql`update ${name(table)} set ${name(column)} = ${changed(column, type)} ${where(table, key)}`;
        // A row that was moved to another tenant is missed here, or is one too many there.
        const told = await after([mutation], [tenantId, `${tenantId}x`]);
        if (!seen(told)) unseen.push(`${column} of ${String(key)}`);
      }
    expect(unseen).toEqual([]);
  });

  it.each(Object.keys(tables) as Table[])('sees values of two rows of %s swapped', async table => {
    const unseen: string[] = [];
    const [first, , other] = await keysOf(table);
    const key = name(tables[table]);
    for (const { column, type } of await columnsOf(table)) {
      if (column === tables[table] || column === 'tenant_id') continue;
      const swap = sql`update ${name(table)} a set ${name(column)} = b.${name(column)} from ${name(table)} b
        where (a.${key}::text = ${first} and b.${key}::text = ${other})
           or (a.${key}::text = ${other} and b.${key}::text = ${first})`;
      const [one] = await rows(
        sql`select count(distinct ${name(column)})::int as n from ${name(table)} where ${key}::text in (${first}, ${other})`,
      );
      if (Number(one?.['n']) > 1 && !seen(await after([swap]))) unseen.push(`${column} (${type})`);
    }
    expect(unseen).toEqual([]);
  });

  it('sees removed entries, places and heads', async () => {
    for (const table of ['audit_log', 'ledger_leaves', 'ledger_heads'] as const)
      for (const key of (await keysOf(table)).slice(0, table === 'audit_log' ? 3 : 4))
        expect(
          seen(await after([sql`delete from ${name(table)} ${where(table, key)}`])),
          `${table} ${String(key)}`,
        ).toBe(true);
    expect(seen(await after([sql`delete from ledger_heads`]))).toBe(true);
    expect(seen(await after([sql`delete from audit_log`]))).toBe(true);
    expect(seen(await after([sql`delete from audit_log`, sql`delete from ledger_leaves`]))).toBe(true);
  });

  it('does not see that one of the newest entries went, with its private part, before it had a place', async () => {
    const newest = (await keysOf('audit_log'))[3];
    const told = await after([
      sql`delete from audit_log ${where('audit_log', newest)}`,
      sql`delete from audit_private ${where('audit_private', newest)}`,
    ]);
    expect(told).toMatchObject([{ ok: true, unsequenced: 1 }]);
  });

  it.each([
    [
      'a private part of no entry',
      sql`insert into audit_private select tenant_id, audit_id || 'x', salt, value from audit_private limit 1`,
    ],
    [
      'a place of no entry',
      sql`insert into ledger_leaves select tenant_id, 1000, audit_id || 'x', leaf from ledger_leaves limit 1`,
    ],
    [
      'a place of no entry right after the last',
      sql`insert into ledger_leaves select tenant_id, seq + 1, audit_id || 'x', leaf from ledger_leaves order by seq desc limit 1`,
    ],
    [
      'an entry twice',
      sql`insert into audit_log select tenant_id, id || 'x', at, kind, decision_id, actor, entry, leaf from audit_log limit 1`,
    ],
    [
      'a head in between',
      sql`insert into ledger_heads select tenant_id, size + 1, root, frontier, previous, at from ledger_heads order by size limit 1`,
    ],
    [
      'a decision that nobody recorded',
      sql`insert into decisions select tenant_id, id || 'x', crm, object, record_id, task, 'abstained', status_reason, trigger_key || 'x',
            changes_hash, suggestion, lineage, owner_id, superseded_by, created_at, updated_at, expires_at from decisions limit 1`,
    ],
  ])('sees %s', async (_, insert) => {
    expect(await after([insert])).toMatchObject([{ ok: false }]);
  });

  it('sees a removed decision, its lineage or suggestion changed anywhere, and swapped ones', async () => {
    const stored = await rows(sql`select id, lineage, suggestion from decisions order by id`);
    const [first, second] = stored.map(row => String(row['id']));
    expect(seen(await after([sql`delete from decisions where id = ${first}`]))).toBe(true);
    expect(seen(await after([sql`update decisions set changes_hash = 'x' where id = ${first}`]))).toBe(true);
    for (const column of ['lineage', 'suggestion'])
      expect(
        seen(
          await after([
            sql`update decisions a set ${name(column)} = b.${name(column)} from decisions b
                where (a.id = ${first} and b.id = ${second}) or (a.id = ${second} and b.id = ${first})`,
          ]),
        ),
      ).toBe(true);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...stored),
        fc.constantFrom('lineage', 'suggestion'),
        fc.nat(),
        async (row, column, at) => {
          const value = changeAt(row[column], at);
          const mutation = sql`update decisions set ${name(column)} = ${JSON.stringify(value)}::jsonb where id = ${row['id']}`;
          expect(seen(await after([mutation]))).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is still proven when private parts are erased, and says how many', async () => {
    const [n] = await rows(
      sql`select count(*)::int as n, (select count(*)::int from decisions) as decisions from audit_log`,
    );
    const recorded = sql`select a.id from audit_log a where a.kind = 'decision-recorded' limit 1`;
    expect(await after([sql`delete from audit_private where audit_id in (${recorded})`])).toMatchObject([
      { ok: true, erased: 1, unproven: 1 },
    ]);
    expect(await after([sql`delete from audit_private`])).toMatchObject([
      { ok: true, erased: n?.['n'], unproven: n?.['decisions'] },
    ]);
  });

  it('gives every entry one place when many write and several sequence at once', async () => {
    const before = await check();
    await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        i % 5 === 4 ? demo.tenant(tx => sequence(tx, 3)) : note(`entry ${i}`),
      ),
    );
    await Promise.all([demo.tenant(tx => sequence(tx)), demo.tenant(tx => sequence(tx))]);
    expect(await check()).toMatchObject({
      ok: true,
      problems: [],
      unsequenced: 0,
      entries: before.entries + before.unsequenced + 24,
    });
  });

  it('reads what waits for a place, and nothing waits that has one', async () => {
    await demo.tenant(tx => sequence(tx));
    const waiting = () => demo.tenant(tx => rowsOf(tx.sql, sql`select audit_id as id from ledger_waiting`));
    expect(await waiting()).toEqual([]);
    const ids = [await note('one'), await note('two'), await note('three')];
    expect(new Set((await waiting()).map(row => row['id']))).toEqual(new Set(ids));
    expect(await demo.tenant(tx => sequence(tx, 2))).toEqual({ sequenced: 2, left: 1 });
    expect(await waiting()).toHaveLength(1);
    expect(await demo.tenant(tx => sequence(tx))).toEqual({ sequenced: 1, left: 0 });
    expect(await check()).toMatchObject({ ok: true, unsequenced: 0 });
  });

  it('reads back any JSON value as it was hashed', async () => {
    const value = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 10, maxLength: 30 }), async values => {
        const id = await note(values);
        const [row] = await demo.tenant(tx =>
          tx.sql
            .select()
            .from(auditPrivate)
            .where(sql`${auditPrivate.auditId} = ${id}`),
        );
        expect(hashOf(row?.value)).toBe(hashOf(storable({ text: values })));
      }),
      { numRuns: 25 },
    );
    expect(await check()).toMatchObject({ ok: true, problems: [] });
  });

  it.each([
    ['numbers at the edges', [0, -0, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, 2 ** 53, 0.1 + 0.2, -1.5e-300]],
    ['what is undefined', { a: undefined, b: [undefined, 1], c: { d: undefined } }],
    ['characters of all kinds', 'é e\u0301 😀 \u2028 \uFFFF "\\ \u0001'],
    ['what no database keeps', 'a\u0000b \ud800 \udc00'],
    ['a name that is special to JavaScript', JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}')],
  ])('keeps %s', async (_, value) => {
    await note(value);
    expect(await check()).toMatchObject({ ok: true, problems: [] });
  });
});

/** The same JSON with the `at`-th of its leaves changed. */
function changeAt(json: unknown, at: number): unknown {
  const copy = structuredClone({ json });
  const places: [Record<string, unknown>, string][] = [];
  const walk = (container: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(container))
      if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
        walk(value as Record<string, unknown>);
      else places.push([container, key]);
  };
  walk(copy);
  const whole: [Record<string, unknown>, string] = [copy, 'json'];
  const [container, key] = places[at % places.length] ?? whole;
  Reflect.set(container, key, Reflect.get(container, key) === 'changed' ? 'again' : 'changed');
  return copy.json;
}
