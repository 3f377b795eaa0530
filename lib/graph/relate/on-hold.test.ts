import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delayIn } from './on-hold.ts';

const saidAt = '2026-11-10T09:00:00.000Z';

describe('what is said of a delay', () => {
  it.each([
    ['The project is on hold until Q2.', 'on-hold', '2027-04-01'],
    ['We put this on ice until next year, sorry', 'on-hold', '2027-01-01'],
    ['It was postponed to March 2027', 'on-hold', '2027-03-01'],
    ['Everything is paused until the end of January', 'on-hold', '2027-02-01'],
    ['Nothing will happen before 15 January', 'not-before', '2027-01-15'],
    ['We can start, but not before 2027-02-03.', 'not-before', '2027-02-03'],
    ['No decision before next quarter', 'not-before', '2027-01-01'],
    ['Our budget is frozen', 'budget-frozen', null],
    ['There is a budget freeze', 'budget-frozen', null],
    ['The purchase is on hold.', 'on-hold', null],
  ])('%s', (text, rule, until) => {
    const found = delayIn(text, saidAt);
    expect(found && [found.rule, found.until?.slice(0, 10) ?? null]).toEqual([rule, until]);
    expect(text.slice(found?.index, (found?.index ?? 0) + (found?.length ?? 0))).not.toBe('');
  });

  it.each([
    'We hold the line until Q2',
    'Please hold on',
    'The fleet is on the road until Q2',
    'It will happen before March',
    'The budget is fine',
  ])('nothing in: %s', text => {
    expect(delayIn(text, saidAt)).toBeNull();
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        delayIn(`${text} on hold until ${text}`, saidAt);
      }),
    );
  });
});
