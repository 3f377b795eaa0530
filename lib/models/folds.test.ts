import { describe, expect, test } from 'vitest';
import { crc32, dealParts, foldOf } from './folds.ts';
import { seededRandom } from './random.ts';

test('CRC-32 gives the published check value', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(crc32('')).toBe(0);
});

test('a fold depends on seed and key alone', () => {
  expect(foldOf(7, 0, 5)).toBe(crc32('7:0') % 5);
  expect(foldOf(7, 'contact 12', 5)).toBe(foldOf(7, 'contact 12', 5));
});

describe('dealParts', () => {
  const random = seededRandom(3);
  const y = Uint8Array.from({ length: 400 }, () => (random() < 0.3 ? 1 : 0));

  test('keeps groups whole and parts even in size and rate', () => {
    const groups = Array.from(y, (_, row) => `lead ${Math.floor(row / 4)}`);
    const part = dealParts(y, 8, 1, groups);
    groups.forEach((group, row) => expect(part[row]).toBe(part[groups.indexOf(group)]));
    for (let p = 0; p < 8; p++) expect(part.filter(value => value === p).length).toBeGreaterThanOrEqual(40);
  });

  test('spreads the positives', () => {
    const part = dealParts(y, 8, 1, null);
    const positives = y.reduce((sum, label) => sum + label, 0);
    for (let p = 0; p < 8; p++) {
      const own = y.filter((label, row) => part[row] === p && label === 1).length;
      expect(Math.abs(own - positives / 8)).toBeLessThanOrEqual(1);
    }
  });

  test('one giant group cannot starve the other parts', () => {
    const part = dealParts(
      y,
      4,
      1,
      Array.from(y, (_, row) => (row < 100 ? 'giant' : String(row))),
    );
    for (let p = 0; p < 4; p++) expect(part.filter(value => value === p).length).toBeGreaterThan(80);
  });
});
