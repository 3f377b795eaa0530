import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRecord } from '#lib/core/record.ts';
import { serviceScope, type Scope } from '#lib/core/scope.ts';
import { toInstant } from '#lib/core/time.ts';
import { project } from '#lib/graph/graph.ts';
import { versionsOf } from '#lib/ingest/read.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import type { Flow } from './flow.ts';
import {
  guessMapping,
  importFile,
  openCsv,
  readMapping,
  savedMapping,
  surveyCsv,
  type Importable,
} from './import.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
let folder = '';
let flow: Flow;
let scope: Scope;
let [tenants, files, now] = [0, 0, Date.parse('2026-11-02T08:00:00Z')];

beforeAll(async () => {
  test = await openTestDb();
  folder = mkdtempSync(join(tmpdir(), 'sidecard-import-'));
  flow = {
    db: test.db,
    now: () => new Date((now += 1000)),
    sealingKey: sealingKeyFrom('5e'.repeat(32)),
  } as unknown as Flow;
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  scope = serviceScope(`t${tenants++}`, 'import');
});

async function run(object: Importable, lines: string[], signal?: AbortSignal, mapping?: unknown) {
  const path = join(folder, `f${files++}.csv`);
  writeFileSync(path, lines.join('\n'));
  const file = await openCsv(path);
  const survey = await surveyCsv(
    file,
    mapping === undefined
      ? guessMapping(object, file.columns, file.sample)
      : readMapping(mapping, { object, columns: file.columns, file: file.name, mapping: 'mapping' }),
  );
  return importFile(flow, scope, file, survey, { signal });
}
const query = (text: ReturnType<typeof sql>) => test.db.tenant(scope.tenantId, tx => rowsOf(tx.sql, text));
const count = async (text: ReturnType<typeof sql>) => Number((await query(text))[0]?.['n']);
const entity = async (object: string, id: string) =>
  (await query(sql`select fields from entities where object = ${object} and record_id = ${id}`))[0]?.[
    'fields'
  ];

const header = 'Record ID,Email,First Name,Lifecycle Stage,Associated Company';
const people = ['1,ada@x.io,Ada,lead,X', '2,bo@y.io,Bo,lead,Y', '3,eve@x.io,Eve,customer,X'];

describe('importing a file', () => {
  it('twice changes nothing; a changed row is a new version, and only what changed is a new fact', async () => {
    expect(await run('contacts', [header, ...people])).toMatchObject({
      created: 3,
      updated: 0,
      scoring: false,
    });
    const facts = await count(sql`select sum(json_array_length(values))::int as n from fact_sets`);
    expect(await run('contacts', [header, ...people])).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 3,
    });
    expect(await count(sql`select count(*)::int as n from record_versions where object = 'contacts'`)).toBe(
      3,
    );

    const changed = people.map(line => line.replace('Bo,lead', 'Bo,customer'));
    expect(await run('contacts', [header, ...changed])).toMatchObject({
      created: 0,
      updated: 1,
      unchanged: 2,
    });
    expect(await count(sql`select sum(json_array_length(values))::int as n from fact_sets`)).toBe(facts + 1);
    const [fact] = await query(sql`select version, values from fact_sets order by learnt_at desc limit 1`);
    expect(fact?.['values']).toEqual([['lifecyclestage', 'customer', expect.any(Number)]]);
    expect(String(fact?.['version'])).toMatch(/^[0-9a-f]{16}:3/);
    const bo = { crm: 'csv', object: 'contacts', id: '2' } as const;
    const versions = await flow.db.tenant(scope.tenantId, tx => versionsOf(tx, bo, flow.sealingKey));
    expect(versions.at(-1)?.opened).toMatchObject({
      raw: { line: 3, cells: { Email: 'bo@y.io', 'Lifecycle Stage': 'customer' } },
    });
  });

  it('with fewer columns leaves what it does not say as it was', async () => {
    await run('contacts', [header, ...people]);
    expect(await run('contacts', ['Email,Phone', 'BO@y.io,+49 30 1234567'])).toMatchObject({
      updated: 1,
      created: 0,
    });
    expect(await entity('contacts', '2')).toMatchObject({ firstname: 'Bo', phone: '+49 30 1234567' });
    const held = sql`select count(*)::int as n from relations where record_id = '2' and ended_at is null`;
    expect(await count(held)).toBe(1);
    expect(await run('contacts', ['Email,Phone', 'BO@y.io,+49 30 1234567'])).toMatchObject({
      unchanged: 1,
    });
  });

  it('links to companies and people whatever file comes first', async () => {
    await run('contacts', [header, ...people]);
    await run('deals', [
      'Deal ID,Deal Name,Amount,Associated Contact,Associated Company,Deal owner',
      'd1,Big,100,"Ada (ada@x.io)",X,Rep@own.io',
    ]);
    await run('companies', ['Record ID,Company name,Company Domain Name', '77,x,x.io', '78,Other,o.io']);
    const [company] = await query(
      sql`select record_id from entities where object = 'companies' and name = 'x'`,
    );
    const links = await query(
      sql`select object, record_id, to_object, to_id from relations where ended_at is null order by object, record_id, to_object`,
    );
    const x = company?.['record_id'];
    expect(links.map(link => Object.values(link))).toEqual([
      ['contacts', '1', 'companies', x],
      ['contacts', '2', 'companies', expect.not.stringMatching(`^${String(x)}$`)],
      ['contacts', '3', 'companies', x],
      ['deals', 'd1', 'companies', x],
      ['deals', 'd1', 'contacts', '1'],
    ]);
    expect(await entity('owners', 'rep@own.io')).toMatchObject({ email: 'rep@own.io' });
    // The id that the file gives the company leads to it too.
    await run('deals', ['Deal ID,Deal Name,Associated Company IDs', 'd2,Small,77']);
    expect(await query(sql`select to_id from relations where record_id = 'd2'`)).toEqual([{ to_id: x }]);
  });

  it('describes what is the file’s own: its fields, and the stages of its deals', async () => {
    await run('contacts', ['Email,Favourite Colour', 'ada@x.io,red']);
    expect(await entity('properties', 'contacts.favourite_colour')).toMatchObject({
      label: 'Favourite Colour',
    });
    await run('deals', ['Name,Stage,Amount', 'A,Talking,1', 'B,Closed Won,2']);
    await run('deals', ['Name,Stage,Amount', 'C,Lost,3', 'A,Closed Won,1']);
    const pipeline = (await entity('pipelines', 'default')) as { stages: string };
    expect(JSON.parse(pipeline.stages)).toEqual([
      { id: 'Talking', label: 'Talking', displayOrder: 0, probability: null, isClosed: false },
      { id: 'Closed Won', label: 'Closed Won', displayOrder: 1, probability: 1, isClosed: true },
      { id: 'Lost', label: 'Lost', displayOrder: 2, probability: 0, isClosed: true },
    ]);
    const deals = await query(sql`select name, stage_id, pipeline_id from deals order by name`);
    expect(deals).toEqual([
      { name: 'A', stage_id: 'Closed Won', pipeline_id: 'default' },
      { name: 'B', stage_id: 'Closed Won', pipeline_id: 'default' },
      { name: 'C', stage_id: 'Lost', pipeline_id: 'default' },
    ]);
  });

  it('keeps two people apart who have one address but ids of their own', async () => {
    await run('contacts', ['Record ID,Email', '1,info@x.io', '2,info@x.io']);
    expect(await count(sql`select count(*)::int as n from entities where object = 'contacts'`)).toBe(2);
  });

  it('counts the last of several rows of one record, and leaves out what it cannot read', async () => {
    const lines = [
      header,
      '1,ada@x.io,First,lead,X',
      'broken',
      '1,ada@x.io,Last,lead,X',
      '2,"open,Bo,lead,X',
    ];
    expect(await run('contacts', lines)).toMatchObject({ created: 1 });
    expect(await entity('contacts', '1')).toMatchObject({ firstname: 'Last' });
    expect(await run('contacts', [...lines, '9,z@z.io,Zoe,lead,'])).toMatchObject({ created: 1, updated: 0 });
  });

  it('remembers the mapping for the next file with these columns in any order', async () => {
    await run('contacts', ['Wer,Was', 'ada@x.io,Ada'], undefined, { Wer: 'email', Was: 'jobtitle' });
    const path = join(folder, 'next.csv');
    writeFileSync(path, 'Was,Wer\nBo,bo@y.io\n');
    const saved = await savedMapping(flow, scope, 'contacts', await openCsv(path));
    expect(saved?.columns).toMatchObject([
      { column: 'Wer', field: 'email' },
      { column: 'Was', field: 'jobtitle' },
    ]);
    expect(await savedMapping(flow, scope, 'companies', await openCsv(path))).toBeNull();
  });

  it('says how many a connected CRM has too, and does not merge them', async () => {
    await run('contacts', [header, ...people]);
    const at = toInstant(flow.now());
    const theirs: CrmRecord = {
      ref: { crm: 'hubspot', object: 'contacts', id: '501' },
      version: 'v',
      createdAt: at,
      updatedAt: at,
      archived: false,
      fields: { email: 'Ada@x.io' },
      history: [],
      links: [],
    };
    await flow.db.tenant(scope.tenantId, tx => project(tx, [theirs], at));
    const { overlaps } = await run('contacts', [header, ...people]);
    expect(overlaps).toEqual([{ crm: 'hubspot', by: 'email', records: 1 }]);
  });

  it('goes on where it was cut off, wherever that was, and ends as if it had not been', async () => {
    const lines = Array.from({ length: 350 }, (_, i) => `${i},p${i % 300}@x.io,P${i},lead,Firm ${i % 7}`);
    await run('contacts', [header, ...lines]);
    const whole = await query(
      sql`select record_id, version, fields from entities order by object, record_id`,
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.boolean(), async (batches, killed) => {
        scope = serviceScope(`t${tenants++}`, 'import');
        const path = join(folder, `cut${files++}.csv`);
        writeFileSync(path, [header, ...lines].join('\n'));
        const file = await openCsv(path);
        const survey = await surveyCsv(file, guessMapping('contacts', file.columns, file.sample));
        const stop = new AbortController();
        let left = batches;
        const onProgress = () => {
          left -= 1;
          // A kill rolls the transaction back that is under way; a signal ends between two.
          if (left <= 0 && killed) throw new Error('killed');
          if (left <= 0) stop.abort(new Error('stopped'));
        };
        await expect(
          importFile(flow, scope, file, survey, { onProgress, signal: stop.signal, rowsAtOnce: 100 }),
        ).rejects.toThrow(killed ? 'killed' : 'stopped');
        const done = await importFile(flow, scope, file, survey, { rowsAtOnce: 100 });
        expect(done).toMatchObject({ created: 350, updated: 0 });
        expect(done.resumedAt).toBeGreaterThan(100);
        expect(
          await query(sql`select record_id, version, fields from entities order by object, record_id`),
        ).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });
});
