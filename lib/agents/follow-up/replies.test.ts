import { expect, test } from 'vitest';
import { classifyReply, ownWords, returnDate } from './replies.ts';

test.each([
  ['Please remove me from list', 'unsubscribe'],
  ['Plz stop contacting me.', 'unsubscribe'],
  ['Do not email us again.', 'unsubscribe'],
  ['Bitte keine weiteren E-Mails.', 'unsubscribe'],
  ['I am out of the office until 12 March.', 'out-of-office'],
  ['I am not the right person, please contact Ana instead.', 'wrong-person'],
  ['This is unacceptable, nobody called back.', 'complaint'],
  ['Not intrested at this time', 'negative'],
  ['We not looking for new solutions.', 'negative'],
  ['Not good fit, thx.', 'negative'],
  ['We are not looking right now, but what is the price for 40 seats?', 'pricing'],
  ['Can we discuss pricing??', 'pricing'],
  ['lets set up call next week', 'demo'],
  ['Id love to see live demo!', 'demo'],
  ['We already use another tool and it is fine', 'objection'],
  ['Can you provide case study?', 'question'],
  ['Thanks, received.', 'other'],
])('%s is %s', (text, kind) => {
  expect(classifyReply('Re: hello', text)).toBe(kind);
});

test('a quoted thread, and the footer of a mailing, are not what the person says', () => {
  expect(classifyReply('Re', 'Sounds good.\n> please unsubscribe me')).toBe('other');
  expect(classifyReply('News', 'Our new office. To unsubscribe click here.')).toBe('other');
  expect(ownWords('Yes\nOn Monday, Ann wrote:\nstop contacting me')).toBe('Yes');
});

test.each([
  ['I am back on 12 March.', '2027-03-12'],
  ['Returning January 4th', '2028-01-04'],
  ['away until 2027-03-05', '2027-03-05'],
  ['from 1 March to 8 March, no access', '2027-03-08'],
  ['I will be back soon', null],
])('%s: back %s', (text, day) => {
  const written = new Date('2027-02-20T10:00:00.000Z');
  expect(returnDate(text, written)?.toISOString().slice(0, 10) ?? null).toBe(day);
});
