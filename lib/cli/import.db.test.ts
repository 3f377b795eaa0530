import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Flow } from '#lib/flow.ts';
import { sealingKeyFrom } from '#lib/platform/secrets.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { runCommand } from './commands.ts';
import { textOf } from './import/progress-bar.ts';
import { explain } from './io.ts';

const sealingKey = sealingKeyFrom('5e'.repeat(32));
let folder = '';
let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
  folder = mkdtempSync(join(tmpdir(), 'sidecard-import-'));
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true });
});

async function run(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const open = () => Promise.resolve({ db: test.db, now: () => new Date(), sealingKey } as unknown as Flow);
  try {
    await runCommand(['import', ...argv], { io, open });
    return { out, err: err.join('\n'), code: 0 };
  } catch (error) {
    const { text, code } = explain(error);
    return { out, err: text, code };
  }
}
const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const people = 'Email,First Name,Score\nada@x.io,Ada,7\nbroken\nbo@y.io,Bo,8\nada@x.io,Ada,9\n';

describe('sidecard import', () => {
  it('prints one object with --json, and everything else elsewhere', async () => {
    const { out, err } = await run(write('people.csv', people), '--object', 'contacts', '--json');
    expect(out).toHaveLength(1);
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      rows: 3,
      created: 2,
      updated: 0,
      rejected: [{ line: 3, reason: 'It has 1 cells where the header has 3.' }],
      rejectedTotal: 1,
      duplicates: 1,
      duplicateLines: [{ line: 2, replacedBy: 5 }],
      mapping: { object: 'contacts', key: ['Email'] },
      mappingSource: 'guessed',
      preview: false,
      seconds: expect.any(Number),
    });
    expect(err).toContain('Email');
    const again = await run(write('people2.csv', people), '--object', 'contacts', '--json');
    expect(JSON.parse(again.out[0] ?? '')).toMatchObject({ created: 0, updated: 0, mappingSource: 'saved' });
  });

  it('shows a preview without writing, and a mapping that can be changed and used', async () => {
    const file = write('firms.csv', 'Firm;Web;Since\nAcme;acme.example;2020\n');
    const mapping = join(folder, 'firms.json');
    const preview = await run(file, '--object', 'companies', '--preview', '--save-mapping', mapping);
    expect(preview.out.join('\n')).toMatch(
      /line 2: Acme \| acme\.example.*\n1 row can be imported\. Nothing/,
    );
    const saved = JSON.parse(readFileSync(mapping, 'utf8')) as {
      columns: { column: string; field: string }[];
    };
    saved.columns = saved.columns.map(column =>
      column.column === 'Firm' ? { ...column, field: 'name' } : column,
    );
    writeFileSync(mapping, JSON.stringify(saved));
    const json = (text: string | undefined) => JSON.parse(text ?? '') as object;
    const looked = await run(file, '--object', 'companies', '--preview', '--mapping', mapping, '--json');
    expect(json(looked.out[0])).toMatchObject({ rows: 1, created: 0, preview: true, mappingSource: 'given' });
    const done = await run(file, '--object', 'companies', '--mapping', mapping, '--json');
    expect(json(done.out[0])).toMatchObject({ rows: 1, created: 1 });
  });

  it('says in a sentence what is wrong', async () => {
    const file = write('a.csv', people);
    expect(await run()).toMatchObject({ code: 2, err: expect.stringMatching(/^Say which file/) });
    expect(await run(file)).toMatchObject({ code: 2, err: expect.stringMatching(/--object/) });
    expect(await run(file, '--object', 'castles')).toMatchObject({ code: 2 });
    expect(await run(file, 'b.csv', '--object', 'contacts')).toMatchObject({ code: 2 });
    expect(await run('none.csv', '--object', 'contacts')).toMatchObject({
      code: 1,
      err: 'There is no file none.csv. Check the path.',
    });
    const wrong = write('m.json', '{"Mail": "email"}');
    expect(await run(file, '--object', 'contacts', '--mapping', wrong)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/names "Mail", which a\.csv does not have. Its columns are "Email"/),
    });
    const broken = write('n.json', '{');
    expect(await run(file, '--object', 'contacts', '--mapping', broken)).toMatchObject({ code: 1 });
    expect(await run(file, '--object', 'contacts', '--encoding', 'x')).toMatchObject({ code: 1 });
  });
});

describe('the progress bar', () => {
  it('shows share, amount, rate and the time that is left', () => {
    expect(
      textOf('Importing', { done: 500_000, total: 1_000_000, unit: 'rows', since: 0, seconds: 100 }),
    ).toBe('Importing ████████████░░░░░░░░░░░░ 50 %  500,000 of 1,000,000 rows, 5,000 a second, 2 min left');
    expect(textOf('Looking', { done: 0, total: 0, unit: 'bytes', since: 0, seconds: 0 })).toContain('100 %');
  });
});
