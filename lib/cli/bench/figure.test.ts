import { describe, expect, it } from 'vitest';
import { figure } from './figure.ts';
import { lineOf, short } from './report.ts';

describe('a figure', () => {
  it('has a ratio above 1 when it is slower than its baseline, whatever its unit', () => {
    expect(figure('a', 10, 'ms', { what: 'b', value: 2 }).ratio).toBe(5);
    expect(figure('a', 100, 'per second', { what: 'b', value: 500 }).ratio).toBe(5);
  });

  it('is one line with its baseline, the ratio and the note', () => {
    const line = lineOf(figure('decisions', 1234.5, 'per second', { what: 'bare', value: 4938 }, 'by rules'));
    expect(line).toMatch(/decisions +1,235\/s +4 × {2}bare: 4,938\/s; by rules$/);
  });

  it('is rounded to what can be told apart', () => {
    expect([0.012345, 9.876, 98.76, 987.6, 12345, Number.NaN].map(short)).toEqual([
      '0.0123',
      '9.88',
      '98.8',
      '988',
      '12,345',
      '–',
    ]);
  });
});
