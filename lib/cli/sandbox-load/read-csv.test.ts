import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCsv } from './read-csv.ts';

const read = (text: string, ...columns: string[]) => parseCsv(text, 'folder/a.csv', columns);

test('quoted commas, quotes and line breaks are part of a cell; lines count as in the file', () => {
  const { rows, rejected } = read('x,y\r\n"a, b","say ""hi"""\r\n"two\r\nlines",c\r\n\r\nd,e\r\n', 'x', 'y');
  expect(rows).toEqual([
    { line: 2, cells: { x: 'a, b', y: 'say "hi"' } },
    { line: 3, cells: { x: 'two\nlines', y: 'c' } },
    { line: 6, cells: { x: 'd', y: 'e' } },
  ]);
  expect(rejected).toEqual([]);
});

test.each([
  ['too few cells', '1', /1 columns where the header has 2/],
  ['too many cells', '1,2,3', /3 columns where the header has 2/],
  ['a quote that is never closed', '"1,2', /quotation mark/],
  ['a quote within a cell', '5" pipe,2', /quotation mark/],
])('%s cost their own row and no other', (_, broken, reason) => {
  const { rows, rejected } = read(`x,y\n1,2\n${broken}\n3,4\n"5","6"\n`, 'x', 'y');
  expect(rows.map(({ line }) => line)).toEqual([2, 4, 5]);
  expect(rejected).toEqual([{ file: 'a.csv', line: 3, reason: expect.stringMatching(reason) }]);
});

test('columns that are missing are named', () => {
  expect(() => read('x;y\n1;2\n', 'x', 'y')).toThrow('folder/a.csv lacks the columns "x", "y"');
  expect(() => read('', 'x')).toThrow('lacks the column "x"');
  expect(() => read('"x\n', 'x')).toThrow('lacks the column "x"');
});

const cell = fc.string({ unit: fc.constantFrom('a', 'ü', ' ', ',', '"', '\n', '.') });

test('whatever cells hold comes back as it was', () => {
  const table = fc.array(fc.tuple(cell, cell), { minLength: 1 });
  fc.assert(
    fc.property(table, cells => {
      const quoted = cells.map(row => row.map(text => `"${text.replaceAll('"', '""')}"`).join(','));
      const { rows, rejected } = read(['x,y', ...quoted].join('\n'), 'x', 'y');
      expect(rows.map(row => [row.cells['x'], row.cells['y']])).toEqual(cells);
      expect(rejected).toEqual([]);
    }),
  );
});

test('whatever the lines are, each is read, listed or empty', () => {
  const line = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ') });
  fc.assert(
    fc.property(fc.array(line), lines => {
      const { rows, rejected } = read(['x,y', ...lines].join('\n'), 'x', 'y');
      const starts = [...rows, ...rejected].map(({ line }) => line);
      expect(new Set(starts).size).toBe(starts.length);
      const spanned = rows.reduce(
        (sum, { cells }) => sum + Object.values(cells).join('').split('\n').length - 1,
        0,
      );
      expect(starts.length + spanned).toBe(
        lines.filter((text, i) => text !== '' || inside(rows, i + 2)).length,
      );
    }),
  );
});

/** Is this line in the middle of a row that runs over several? */
const inside = (rows: ReturnType<typeof read>['rows'], line: number): boolean =>
  rows.some(row => {
    const breaks = Object.values(row.cells).join('').split('\n').length - 1;
    return line > row.line && line <= row.line + breaks;
  });
