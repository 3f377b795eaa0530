import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvRows, openCsv, surveyCsv } from './csv.ts';
import { decode, guessEncoding } from './encoding.ts';
import { guessMapping } from './guess-mapping.ts';
import { linesOf, longestLine } from './lines.ts';
import { rowsOf, type RawRow } from './records.ts';

async function* pieces<T extends string | Buffer>(whole: T, size: number): AsyncGenerator<T> {
  await Promise.resolve();
  for (let at = 0; at < whole.length; at += size) yield whole.slice(at, at + size) as T;
}

async function read(text: string, delimiter = ',', size = 7): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  for await (const some of rowsOf(linesOf(pieces(text, size), '\n'), { delimiter, newline: '\n' }))
    rows.push(...some);
  return rows;
}
const cells = (rows: RawRow[]) => rows.map(row => ('cells' in row ? row.cells : row.problem));

describe('reading rows', () => {
  it('gives back what was written, with any delimiter, newline, quotes and cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '"', ',', ';', '\t', '|', ' ', '\n', '7') });
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain(width =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }),
      );
    const how = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      end: fc.constantFrom('\n', '\r\n'),
      size: fc.integer({ min: 1, max: 50 }),
      last: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(table, how, async (rows, { delimiter, end, size, last }) => {
        const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const text = rows.map(row => row.map(quoted).join(delimiter)).join(end) + (last ? end : '');
        expect(cells(await read(text, delimiter, size))).toEqual(rows);
      }),
      { numRuns: 150 },
    );
  });

  it('loses no row to a broken one, and names its line', async () => {
    const text = 'id,name\n1,Ada\n2,"never closed\n3,"Bo\nb"\n4,5" pipe\n5,"x" y\n\n6,Eve\n';
    const rows = await read(text);
    expect(rows.filter(row => 'cells' in row).map(row => row.cells)).toEqual([
      ['id', 'name'],
      ['1', 'Ada'],
      ['3', 'Bo\nb'],
      ['4', '5" pipe'],
      ['6', 'Eve'],
    ]);
    expect(rows.flatMap(row => ('problem' in row ? row.line : []))).toEqual([3, 7]);
    expect(rows.find(row => 'cells' in row && row.cells[0] === '6')?.line).toBe(9);
  });

  it('reads every good row wherever broken ones stand', async () => {
    const line = fc.constantFrom('good', 'open', 'inside');
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), async kinds => {
        const text = kinds.map((kind, i) => ({ good: `${i},a`, open: `${i},"b`, inside: `${i},"c"d` })[kind]);
        const rows = await read(text.join('\n'));
        const good = kinds.flatMap((kind, i) => (kind === 'good' ? i + 1 : []));
        // Two marks that were never closed may stand around good rows: then it is one cell of several lines by the rules.
        const lines = rows.flatMap(row => ('cells' in row && row.cells.length === 2 ? row.line : []));
        expect(lines).toEqual(expect.arrayContaining(good));
      }),
    );
  });

  it('gives a line up that is far too long, and goes on', async () => {
    const rows = await read(`a,b\n${'x'.repeat(longestLine + 10)}\nc,d\n`, ',', 1 << 20);
    expect(rows.map(row => ('cells' in row ? row.cells.length : row.problem))).toEqual([
      2,
      expect.stringContaining('too long'),
      2,
    ]);
  });
});

describe('encodings', () => {
  it.each([
    ['utf-8', Buffer.from('Name\nÄda €\n'), 'utf-8'],
    ['utf-8 with its mark', Buffer.from('\uFEFFName\nÄda\n'), 'utf-8'],
    ['utf-16le with its mark', Buffer.from('\uFEFFName\nÄda\n', 'utf16le'), 'utf-16le'],
    ['utf-16le', Buffer.from('Name\nÄda\n', 'utf16le'), 'utf-16le'],
    ['windows-1252', Buffer.from([0x4e, 0x0a, 0xc4, 0x64, 0x80]), 'windows-1252'],
  ])('tells %s', async (_name, bytes, encoding) => {
    const { isUtf8 } = await import('node:buffer');
    expect(guessEncoding({ head: bytes, utf8: isUtf8(bytes) }).name).toBe(encoding);
    let text = '';
    for await (const piece of decode(pieces(bytes, 1), encoding)) text += piece;
    expect(text).not.toMatch(/\uFEFF|\uFFFD/);
    expect(text).toContain('Äd');
  });
});

describe('a file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sidecard-csv-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const write = (name: string, data: string | Buffer): string => {
    const path = join(folder, name);
    writeFileSync(path, data);
    return path;
  };

  it('is read packed as unpacked, whatever it is called', async () => {
    const text = 'Email;Vorname\nada@x.io;Ada\n';
    const file = await openCsv(write('people.csv', gzipSync(text)));
    expect(file).toMatchObject({ columns: ['Email', 'Vorname'], sample: [['ada@x.io', 'Ada']] });
    expect(file.shape.delimiter).toBe(';');
  });

  it('is UTF-8 only if it is to its end', async () => {
    const start = `Email,First Name\n${'a@x.io,Ada\n'.repeat(100_000)}`;
    const path = write(
      'late.csv',
      Buffer.concat([Buffer.from(start), Buffer.from('b@x.io,J\xf6rg\n', 'latin1')]),
    );
    const file = await openCsv(path);
    expect(file.encoding.name).toBe('windows-1252');
    const survey = await surveyCsv(file, guessMapping('contacts', file.columns, file.sample));
    const last: unknown[] = [];
    for await (const rows of csvRows(file, survey)) last.push(rows.at(-1)?.fields['firstname']);
    expect(last.at(-1)).toBe('Jörg');
  });

  it('has a name for every column, none twice', async () => {
    const file = await openCsv(write('twice.csv', 'Email,,Email\na@x.io,b,c@x.io\n'));
    expect(file.columns).toEqual(['Email', 'Column 2', 'Email (2)']);
  });

  it('is refused in a sentence where there is nothing to read', async () => {
    await expect(openCsv(join(folder, 'none.csv'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(openCsv(write('empty.csv', ''))).rejects.toMatchObject({ code: 'bad_input' });
    const broken = gzipSync('a,b\n'.repeat(1000)).subarray(0, 30);
    await expect(openCsv(write('broken.csv.gz', broken))).rejects.toThrow('gzip data is damaged');
    await expect(openCsv(write('x.csv', 'a,b\n'), { encoding: 'klingon' })).rejects.toThrow('klingon');
  });

  it('is surveyed: what cannot be read, what comes twice, how dates are written, what stays odd', async () => {
    const file = await openCsv(
      write(
        'deals.csv',
        [
          'Deal ID,Deal Name,Amount,Close Date',
          '1,One,100,03/04/2026',
          '2,Two,"1.234,56 €",31/12/2026',
          '3,Three',
          '1,One again,100,soon',
          ',,,',
        ].join('\r\n'),
      ),
    );
    const survey = await surveyCsv(file, guessMapping('deals', file.columns, file.sample));
    expect(survey).toMatchObject({
      rows: 3,
      rejectedTotal: 2,
      rejected: [{ line: 4 }, { line: 6 }],
      duplicates: [{ line: 2, replacedBy: 5 }],
    });
    expect(survey.flags).toEqual([
      expect.objectContaining({ column: 'Close Date', count: 1, line: 5, value: 'soon' }),
      expect.objectContaining({ column: 'Amount', count: 1, line: 3 }),
    ]);
    const rows = [];
    for await (const some of csvRows(file, survey, { size: 1 })) rows.push(...some);
    expect(rows.map(row => [row.line, row.id, row.fields['closedate'], row.fields['amount']])).toEqual([
      [3, '2', '2026-12-31', '1.234,56 €'],
      [5, '1', 'soon', '100'],
    ]);
    expect(rows[0]?.cells['Amount']).toBe('1.234,56 €');
  });

  it('is read by what its own dates say, unless somebody said otherwise', async () => {
    const write3 = (name: string, ...dates: string[]) =>
      openCsv(write(name, ['Name,Close Date', ...dates.map(date => `x${date},${date}`)].join('\n')));
    const closing = async (
      file: Awaited<ReturnType<typeof openCsv>>,
      mapping: ReturnType<typeof guessMapping>,
    ) => {
      const survey = await surveyCsv(file, mapping);
      const dates: unknown[] = [];
      for await (const rows of csvRows(file, survey)) dates.push(...rows.map(row => row.fields['closedate']));
      return { dates, survey };
    };
    const first = await write3('first.csv', '13/02/2026', '01/02/2026');
    const { dates, survey } = await closing(first, guessMapping('deals', first.columns, first.sample));
    expect(dates).toEqual(['2026-02-13', '2026-02-01']);
    const second = await write3('second.csv', '02/13/2026', '01/02/2026');
    expect((await closing(second, survey.chosen)).dates).toEqual(['2026-02-13', '2026-01-02']);
    const said = await closing(second, survey.mapping);
    expect(said.dates).toEqual(['02/13/2026', '2026-02-01']);
    expect(said.survey.flags).toMatchObject([{ column: 'Close Date', count: 1, line: 2 }]);
  });
});
