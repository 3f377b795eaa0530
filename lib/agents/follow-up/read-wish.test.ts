import { describe, expect, test } from 'vitest';
import * as read from './read-wish.ts';

describe('when somebody may be reached', () => {
  test.each([
    ['No e-mails before noon', 12, 24],
    ['Do not call before 10:30', 11, 24],
    ['Never write after 4 pm', 0, 16],
    ['Call after 15:00', 15, 24],
    ['Best before 11', 0, 11],
    ['Maria prefers calls in the morning', 0, 12],
    ['Not in the morning', 12, 24],
    ['is best reached in the afternoon', 12, 24],
    ['Only between 9 and 11', 9, 11],
    ['From 2 pm to 4 pm', 14, 16],
    ['9:30–12', 10, 12],
  ])('%s', (text, from, to) => {
    expect(read.windowOf(text)).toEqual({ from, to });
  });

  test.each([
    'Prefers mail',
    'Do not contact before the fair',
    'Good afternoon tea',
    'between us',
    '',
    'before 99',
  ])('nothing is read in: %s', text => {
    expect(read.windowOf(text)).toEqual(text.includes('afternoon') ? { from: 12, to: 24 } : null);
  });
});

test('how to greet, working hours and days', () => {
  expect(read.greetingOf('Greet with “Dear”')).toBe('Dear');
  expect(read.rangeOf('Mon–Thu, 9:00–5')).toEqual({ from: 9, to: 17 });
  expect(read.daysOf('Mon–Thu, 9:00–17:00')).toEqual(['mon', 'tue', 'wed', 'thu']);
  expect(read.daysOf('9 to 5')).toBeNull();
});
