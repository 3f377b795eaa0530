import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rulesOf } from './wish-rules.ts';

/** Short enough for a table: "close call", "window email 12-24", "leave out: merger". */
const readIn = (text: string): string[] =>
  rulesOf(text).map(rule =>
    rule.does === 'stop'
      ? 'stop'
      : rule.does === 'leave-out'
        ? `leave out: ${rule.words}`
        : rule.does === 'window'
          ? `window ${rule.channel ?? 'any'} ${rule.hours.from}-${rule.hours.to}`
          : `${rule.does} ${rule.channel}`,
  );

describe('a channel that is closed closes that channel alone', () => {
  test.each([
    ['Do not call', 'call'],
    ['No e-mails please', 'email'],
    ['Do not use the phone', 'call'],
    ['Never use e-mail', 'email'],
    ['Do not contact by phone', 'call'],
    ['Do not contact Maria by phone', 'call'],
    ['Do not contact her on the phone', 'call'],
    ['Must not be contacted by e-mail.', 'email'],
    ['Never, ever call', 'call'],
    ['She doesn’t want to be called', 'call'],
    ['Prefers not to be phoned', 'call'],
    ['Do not call until further notice', 'call'],
    ['Please do not send her e-mails', 'email'],
    ['Please stop sending her e-mails', 'email'],
    ['Do not call or phone', 'call'],
    ['Hates calls', 'call'],
    ['Calls are not welcome', 'call'],
    ['Bitte nicht anrufen', 'call'],
    ['Keine Anrufe', 'call'],
  ])('%s', (text, channel) => {
    expect(readIn(text)).toEqual([`close ${channel}`]);
  });

  test.each(['No calls or e-mails', 'No calls and no e-mails', 'Do not contact by phone or by e-mail'])(
    'both: %s',
    text => {
      expect(readIn(text)).toEqual(['close call', 'close email']);
    },
  );
});

describe('clause by clause', () => {
  test.each([
    ['Prefers e-mail, no calls', ['prefer email', 'close call']],
    ['No calls, e-mail only', ['close call', 'close call', 'prefer email']],
    ['No calls – e-mail only', ['close call', 'close call', 'prefer email']],
    ['E-mail only', ['close call', 'prefer email']],
    ['Prefers e-mail; calls only after 3 pm', ['prefer email', 'window call 15-24']],
    ['Prefers e-mail, likes a call now and then', ['prefer email']],
    ['No calls before noon, but e-mails are fine', ['window call 12-24']],
    ['E-mail before noon and call after 3 pm', ['window email 0-12', 'window call 15-24']],
    ['No calls before 9 and after 17:00', ['window call 9-24', 'window call 0-17']],
    ['Only between 9 and 11', ['window any 9-11']],
    ['Do not contact in the morning, call instead', ['window any 12-24', 'prefer call']],
    ['Do not call and do not mention the merger', ['close call', 'leave out: merger']],
    ['Do not contact her, contact the assistant instead', ['stop', 'stop']],
    ['Contact Ben Reyes, the CFO, instead', ['stop']],
    [
      'Leave out “Would you rather have a call, but not now?”',
      ['leave out: Would you rather have a call, but not now?'],
    ],
  ])('%s', (text, expected) => {
    expect(readIn(text)).toEqual(expected);
  });
});

describe('a stop', () => {
  test.each([
    'Do not contact',
    'Do not contact her again',
    'Never contact them again.',
    'No contact please',
    'No more follow-ups',
    'Does not want to be contacted',
    'Do not get in touch with Maria',
    'Do not follow up on this deal',
    'Do not contact until further notice',
    'Stop contacting them',
    'Never contact during the audit',
    'Contact the assistant instead',
    'Write to her office',
    'Talk to Ben Reyes instead',
  ])('%s', text => {
    expect(readIn(text)).toEqual(['stop']);
  });
});

describe('what must not come up', () => {
  test.each([
    ['Do not follow up on the invoice', 'invoice'],
    ['Do not contact her about pricing again', 'pricing'],
    ['No contact about the audit, please', 'audit'],
    ['Do not bother them with offers', 'offers'],
    ['Do not mention the merger.', 'merger'],
    ['Do not mention the call', 'call'],
    ['Do not mention the merger in e-mails', 'merger'],
    ['Don’t bring up “R&D, or prices”', 'R&D, or prices'],
    ['Do not use the word synergy', 'word synergy'],
    ['Leave out “I hope you are well.”', 'I hope you are well.'],
  ])('%s', (text, words) => {
    expect(readIn(text)).toEqual([`leave out: ${words}`]);
  });
});

describe('what is preferred', () => {
  test.each([
    ['Maria prefers calls to e-mails', 'prefer call'],
    ['Better write an e-mail than call', 'prefer email'],
    ['Call her instead', 'prefer call'],
    ['Call instead', 'prefer call'],
    ['Best reached by phone', 'prefer call'],
    ['Prefers calls when possible', 'prefer call'],
    ['Use e-mail instead', 'prefer email'],
  ])('%s', (text, expected) => {
    expect(readIn(text)).toEqual([expected]);
  });
});

test.each([
  'Likes a call when things change',
  'Likes football',
  'Does not mind calls',
  'No problem calling her',
  'No need to call first',
  'Don’t hesitate to call',
  'Do not forget to call',
  'Did not answer my last call',
  'She didn’t call back',
  'He never calls',
  'They did not mention the merger',
  'Do not stop calling',
  'No phone number known',
  'Do not use her old e-mail address',
  'Do not call about the invoice',
  'Do not call her assistant',
  'Do not call on Fridays',
  'Do not contact on Fridays',
  'Do not contact before the fair',
  'Do not contact by LinkedIn',
  'Do not contact the assistant',
  'No contact details yet',
  'There was no contact since March',
  'He never contacts us himself',
  'They did not follow up',
  'Use the new price list instead',
  'Contact her in autumn instead',
  'Is married to our competitor’s CFO',
])('nothing is read in: %s', text => {
  expect(readIn(text)).toEqual([]);
});

test('whatever is written, a channel follows only from words for one, and a stop from words for contact', () => {
  const piece = fc.constantFrom(
    'no',
    'not',
    'do not',
    'call',
    'e-mail',
    ',',
    'and',
    'or',
    'contact',
    'before',
    '9',
    '“',
    'x',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(' ')),
  );
  fc.assert(
    fc.property(text, words => {
      for (const rule of rulesOf(words))
        if (rule.does === 'close' || rule.does === 'prefer') expect(words).toMatch(/call|phone|mail/i);
        else if (rule.does === 'stop') expect(words).toMatch(/contact/i);
    }),
  );
});
