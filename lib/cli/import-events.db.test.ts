import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Flow } from '#lib/flow.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { servedTenantId } from '#lib/platform/env.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { runCommand } from './commands.ts';
import { explain } from './io.ts';

let folder = '';
let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
  folder = mkdtempSync(join(tmpdir(), 'sidecard-events-'));
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});

async function run(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const open = () =>
    Promise.resolve({
      db: test.db,
      now: () => new Date(),
      sealingKey: sealingKeyFrom('5e'.repeat(32)),
    } as unknown as Flow);
  try {
    await runCommand(['import', ...argv], { io, open });
    return { out: out[0] ?? '', err: err.join('\n'), code: 0 };
  } catch (error) {
    const { text, code } = explain(error);
    return { out: out[0] ?? '', err: text, code };
  }
}
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const json = async (...argv: string[]): Promise<unknown> => {
  const { out, err, code } = await run(...argv, '--object', 'events', '--json');
  expect([code, code === 0 ? '' : err]).toEqual([0, '']);
  return JSON.parse(out);
};
const stored = () =>
  test.db.tenant(servedTenantId(), tx =>
    rowsOf(
      tx.sql,
      sql`select id, record_id, source, type, (extract(epoch from at) * 1000)::float8 as at, properties::text as properties
        from interactions order by id`,
    ),
  );

const people = 'Email,First Name\nada@x.io,Ada\nbo@y.io,Bo\n';

describe('sidecard import --object events', () => {
  it('takes rows in as events, parks those of strangers, and lists what it left out', async () => {
    await run(write('people.csv', people), '--object', 'contacts');
    const file = write(
      'events.csv',
      [
        'Event ID;Event;Date;E-Mail;Plan;Seats',
        'a;form_submitted;24.12.2025 10:00;ADA@x.io;Pro;',
        'b;seat_added;02.01.2026;bo@y.io;Pro;7',
        'c;seat_added;03.01.2026;cy@z.io;;1',
        'd;seat_added;soon;bo@y.io;;1',
        'e;;03.01.2026;bo@y.io;;1',
        'f;x',
        'b;seat_added;02.01.2026;bo@y.io;Pro;7',
        '',
      ].join('\n'),
    );
    expect(await json(file, '--preview')).toMatchObject({
      rows: 7,
      dates: 'dmy',
      accepted: 0,
      preview: true,
    });
    expect(await stored()).toEqual([]);
    expect(await json(file)).toMatchObject({
      accepted: 3,
      duplicate: 1,
      parked: 1,
      rejectedTotal: 3,
      rejected: [
        { line: 5, reason: expect.stringContaining('“soon”') },
        { line: 6, reason: expect.stringMatching(/^type: /) },
        { line: 7, reason: 'It has 2 cells where the header has 6.' },
      ],
    });
    expect(await stored()).toMatchObject([
      { id: 'a', source: 'marketing', at: Date.parse('2025-12-24T10:00:00Z'), properties: '{"Plan":"Pro"}' },
      { id: 'b', source: 'product', type: 'seat_added', properties: '{"Plan":"Pro","Seats":"7"}' },
    ]);
    expect(await json(file)).toMatchObject({ accepted: 0, duplicate: 4, parked: 0 });
    await run(write('more.csv', 'Email,First Name\ncy@z.io,Cy\n'), '--object', 'contacts');
    expect((await stored()).map(row => row['id'])).toEqual(['a', 'b', 'c']);
  });

  it('knows rows without an id again, by all that they say, and follows a mapping', async () => {
    const before = (await stored()).length;
    const file = write(
      'plain.csv',
      'When,What,Who,Note\n03/04/2026,login,ada@x.io,x\n03/05/2026,login,ada@x.io,x\n',
    );
    const { code, err } = await run(file, '--object', 'events');
    expect([code, err]).toEqual([1, expect.stringContaining('no column that says')]);
    const mapping = write(
      'mapping.json',
      '{"When":"occurredAt:mdy","What":"type","Who":"email","Note":null}',
    );
    expect(await json(file, '--mapping', mapping)).toMatchObject({ accepted: 2 });
    expect(await json(file, '--mapping', mapping)).toMatchObject({ accepted: 0, duplicate: 2 });
    const all = await stored();
    expect(all).toHaveLength(before + 2);
    expect(all.filter(row => row['type'] === 'login').map(row => row['at'])).toEqual(
      expect.arrayContaining([Date.parse('2026-03-04T00:00:00Z'), Date.parse('2026-03-05T00:00:00Z')]),
    );
    expect(all.at(-1)).toMatchObject({ properties: '{}' });
    const wrong = write('wrong.json', '{"Whom":"email"}');
    expect(await run(file, '--object', 'events', '--mapping', wrong)).toMatchObject({ code: 1 });
  });

  it('names records by their ids, of a kind that the column says', async () => {
    const file = write(
      'ids.csv',
      'id,type,occurredAt,Deal ID,crm\nx1,quote_viewed,2026-01-02T10:00:00+01:00,77,hubspot\nx2,quote_viewed,2026-01-02,,\n',
    );
    expect(await json(file)).toMatchObject({ accepted: 1, parked: 1, rejected: [{ line: 3 }] });
    const [row] = await test.db.tenant(servedTenantId(), tx =>
      rowsOf(tx.sql, sql`select waits_for from sent_events where id = 'x1'`),
    );
    expect(row).toEqual({ waits_for: 'hubspot:deals:77' });
  });
});
