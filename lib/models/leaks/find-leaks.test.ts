import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { sample } from '../testing.ts';
import type { Column } from '../types.ts';
import { findLeaks } from './find-leaks.ts';

const { table, y } = sample(1000, 21, (a, b) => 1.5 * a - b);
const random = seededRandom(5);
const withColumn = (column: Column) => findLeaks({ rows: 1000, columns: [...table.columns, column] }, y);
const levels = (name: string, levelOf: (label: number, i: number) => string | null): Column => ({
  name,
  kind: 'categorical',
  values: Array.from(y, levelOf),
});

test('ordinary columns are not accused', () => {
  expect(findLeaks(table, y)).toEqual([]);
  expect(withColumn(levels('half empty', () => (random() < 0.5 ? null : 'x')))).toEqual([]);
});

test('the outcome under another name', () => {
  const [leak] = withColumn(levels('verdict', label => (random() < 0.95 ? String(label) : 'unclear')));
  expect(leak).toMatchObject({ column: 'verdict', why: expect.stringContaining('nearly by itself') });
});

test('filled in because of the outcome', () => {
  const [leak] = withColumn(
    levels('reason', label => (label === 0 && random() < 0.7 ? `r${random() < 0.5}` : null)),
  );
  expect(leak).toMatchObject({ column: 'reason', why: expect.stringContaining('Whether it is filled in') });
});

test('filled in for some, and then telling; what was filled in with it is named too', () => {
  const some = Array.from(y, () => random() < 0.5);
  const quality = levels('quality', (label, i) => (some[i] ? (random() < 0.8 ? `q${label}` : 'q?') : null));
  const weak = levels('grade', (_, i) => (some[i] ? (random() < 0.5 ? 'A' : 'B') : null));
  const found = findLeaks({ rows: 1000, columns: [...table.columns, quality, weak] }, y);
  expect(found.map(leak => leak.column)).toEqual(['quality', 'grade']);
  expect(found[1]!.why).toContain('"quality"');
});

test('a field that keeps changing is named only where it tells something', () => {
  const told = (share: number) => (label: number) => (random() < share ? `s${label}` : 's?');
  expect(withColumn(levels('last_activity_type', told(0.5)))[0]?.why).toContain('latest state');
  expect(withColumn(levels('lastActivityType', told(0)))).toEqual([]);
  expect(withColumn(levels('colour', told(0.5)))).toEqual([]);
});
