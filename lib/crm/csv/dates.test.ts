import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DateEvidence, readDate } from './dates.ts';

const orderOf = (...values: string[]) => {
  const evidence = new DateEvidence();
  for (const value of values) evidence.add(value);
  return evidence.order;
};

describe('how the dates of a column are written', () => {
  it.each([
    [['2026-01-02', '2026-01-02T10:00:00Z'], 'iso'],
    [['01/02/2026', '13/02/2026'], 'dmy'],
    [['01/02/2026', '02/13/2026'], 'mdy'],
    [['01.02.2026', '03.04.2026'], 'unclear'],
    [['13/02/2026', '02/13/2026'], 'unclear'],
    [['03/03/2026'], 'iso'],
    [['2026/1/2'], 'ymd'],
    [['45000', '45001.5'], 'excel'],
    [['1767312000000'], 'unix'],
  ] as const)('%j are %s', (values, order) => {
    expect(orderOf(...values)).toBe(order);
  });
});

describe('reading a date', () => {
  it.each([
    ['2026-01-02', 'iso', '2026-01-02'],
    ['2026-01-02 10:30', 'iso', '2026-01-02T10:30:00.000Z'],
    ['2026-01-02T10:30:00+02:00', 'iso', '2026-01-02T08:30:00.000Z'],
    ['2026-01-02T10:30:00.000+0000', 'iso', '2026-01-02T10:30:00.000Z'],
    ['2/1/2026', 'dmy', '2026-01-02'],
    ['2/1/2026', 'mdy', '2026-02-01'],
    ['2/1/2026', 'unclear', null],
    ['2/2/2026', 'unclear', '2026-02-02'],
    ['31.12.26 23:59', 'dmy', '2026-12-31T23:59:00.000Z'],
    ['12/31/2026 12:05 AM', 'mdy', '2026-12-31T00:05:00.000Z'],
    ['30/02/2026', 'dmy', null],
    ['2026-02-30', 'iso', null],
    ['Jan 2, 2026', 'iso', '2026-01-02'],
    ['2 January 2026', 'iso', '2026-01-02'],
    ['45000', 'excel', '2023-03-15'],
    ['45000', 'iso', null],
    ['0000-00-00', 'iso', null],
    ['soon', 'dmy', null],
  ] as const)('%s (%s) is %s', (text, order, date) => {
    expect(readDate(text, order)).toBe(date);
  });

  it('gives back every day, in every order that is certain', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1971-01-01'), max: new Date('2068-12-31'), noInvalidDate: true }),
        date => {
          const day = date.toISOString().slice(0, 10);
          const [y, m, d] = day.split('-');
          expect(readDate(day, 'iso')).toBe(day);
          expect(readDate(`${d}.${m}.${y}`, 'dmy')).toBe(day);
          expect(readDate(`${m}/${d}/${y?.slice(2)}`, 'mdy')).toBe(day);
        },
      ),
    );
  });
});
