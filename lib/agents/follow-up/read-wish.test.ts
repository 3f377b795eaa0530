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

describe('the channel', () => {
  test.each([
    ['Do not call', 'call', null],
    ['No e-mails please', 'email', null],
    ['Do not call before noon', null, null],
    ['Maria prefers calls to e-mails', null, 'call'],
    ['Better write an e-mail than call', null, 'email'],
    ['Call her instead', null, 'call'],
    ['Do not call about the invoice', null, null],
    ['Likes football', null, null],
  ] as const)('%s', (text, closed, prefers) => {
    expect([read.closedChannel(text), read.preferredChannel(text)]).toEqual([closed, prefers]);
  });
});

test.each([
  ['Do not contact', true, false],
  ['Never contact them again', true, false],
  ['No contact please', true, false],
  ['Do not contact before 10', false, false],
  ['Contact the assistant instead', false, true],
  ['Write to her office', false, true],
  ['Talk to Ben Reyes instead', false, true],
  ['Call instead', false, false],
])('%s', (text, forbids, another) => {
  expect([read.forbidsContact(text), read.namesAnother(text)]).toEqual([forbids, another]);
});

test('what must not come up, how to greet, working hours and days', () => {
  expect(read.unwantedWords('Leave out “I hope you are well.”')).toBe('I hope you are well.');
  expect(read.unwantedWords('Do not mention the merger.')).toBe('merger');
  expect(read.unwantedWords('Prefers mail')).toBeNull();
  expect(read.greetingOf('Greet with “Dear”')).toBe('Dear');
  expect(read.rangeOf('Mon–Thu, 9:00–5')).toEqual({ from: 9, to: 17 });
  expect(read.daysOf('Mon–Thu, 9:00–17:00')).toEqual(['mon', 'tue', 'wed', 'thu']);
  expect(read.daysOf('9 to 5')).toBeNull();
});
