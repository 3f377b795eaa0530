import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { NO_CURRENCY, readCurrency, toMajor, toMinor } from './money.ts';

it.each([
  ['1200', 'USD', 120_000],
  ['1200.5', 'EUR', 120_050],
  ['0.005', 'USD', 1],
  ['-3.1', 'USD', -310],
  ['500', 'JPY', 500],
  ['1.2345', 'KWD', 1235],
  [' 7 ', 'USD', 700],
])('%s %s', (amount, currency, minor) => {
  expect(toMinor(amount, currency)).toBe(minor);
});

it.each(['1,000', '1e5', '', 'n/a', '$5', '12.', 'Infinity', '99999999999999999999'])(
  'does not guess at “%s”',
  amount => {
    expect(toMinor(amount, 'USD')).toBeNull();
  },
);

it('gives back what it was given, to the digit', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
      fc.constantFrom('USD', 'JPY', 'KWD'),
      (minor, currency) => {
        const digits = { USD: 2, JPY: 0, KWD: 3 }[currency];
        expect(toMinor((minor / 10 ** digits).toFixed(digits), currency)).toBe(minor === 0 ? 0 : minor);
        expect(toMajor(minor, currency)).toBe(minor / 10 ** digits);
      },
    ),
  );
});

it('knows what is not a currency code', () => {
  expect(readCurrency(' eur ')).toBe('EUR');
  expect(readCurrency('Euro')).toBe(NO_CURRENCY);
});
