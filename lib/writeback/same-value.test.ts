import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameValue } from './same-value.ts';

describe('the same value', () => {
  it.each([
    [null, ''],
    ['5', '5.00'],
    ['-1.50', '-1.5'],
    ['2026-12-01', '2026-12-01T00:00:00.000Z'],
    ['2026-12-01T10:00:00Z', '2026-12-01T11:00:00+01:00'],
  ])('%s is %s', (a, b) => {
    expect(sameValue(a, b)).toBe(true);
    expect(sameValue(b, a)).toBe(true);
  });

  it.each([
    [null, '0'],
    ['007', '7'],
    ['5', '5.01'],
    ['2026-12-01', '2026-12-02'],
    ['won', 'Won'],
    ['1e3', '1000'],
  ])('%s is not %s', (a, b) => {
    expect(sameValue(a, b)).toBe(false);
    expect(sameValue(b, a)).toBe(false);
  });

  it('is itself, whatever it is', () => {
    fc.assert(fc.property(fc.option(fc.string()), value => sameValue(value, value)));
  });
});
