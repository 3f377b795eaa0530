import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Known, Touch } from '#lib/core/fact.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { flagsOf } from './flags-of.ts';
import type { Unchecked } from './rule.ts';

const asOf = '2026-03-10T09:00:00.000Z';
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
const me = ref('contacts', '1');

const factOf = (subject: Subject, name: string, value: string): Fact => ({
  name,
  value,
  at: asOf,
  learntAt: asOf,
  source: { ...subject, field: name, version: 'v1' },
});
const known = (subject: Subject, fields: Record<string, string>): Known => ({
  subject,
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, factOf(subject, name, value)]),
  ),
});
const facts = (fields: Record<string, string>, more: Partial<Unchecked> = {}): Unchecked => ({
  ...known(me, fields),
  asOf,
  createdAt: asOf,
  history: [],
  account: null,
  deals: [],
  people: [],
  touches: [],
  interactions: [],
  relations: [],
  owner: null,
  ...more,
});
const touch = (more: Partial<Touch>): Touch => ({
  ref: ref('notes', '5'),
  version: 'v1',
  channel: 'note',
  direction: 'none',
  at: asOf,
  learntAt: asOf,
  title: '',
  body: 'Fine.',
  status: '',
  ownerId: null,
  threadId: null,
  ourChange: null,
  ...more,
});
const rulesOf = (given: Unchecked): string[] => flagsOf(given).map(({ rule }) => rule);

describe('what is odd in a value', () => {
  it.each([
    ['closedate', '1970-01-01', 'date-in-the-past-century', /^Close date is in 1970/],
    ['closedate', '0', 'date-in-the-past-century', /where computers begin to count/],
    ['closedate', '2026-02-30', 'date-unreadable', /“2026-02-30”/],
    ['closedate', 'next Friday', 'date-unreadable', /calendar/],
    ['closedate', '2999-12-31', 'date-far-ahead', /2999/],
    ['createdate', '2031-05-05T00:00:00Z', 'date-in-the-future', /2031-05-05/],
    ['custom_thing__c', '+099999-01-01', undefined, null],
    ['custom_thing__c', '99999-01-01', 'date-in-the-future', null],
    ['date_of_birth', '1931-01-01', undefined, null],
    ['amount', '-5000', 'amount-negative', /below zero/],
    ['amount', 'NaN', 'amount-unreadable', /not a number/],
    ['amount', 'Infinity', 'amount-unreadable', null],
    ['amount', '12,000 €', 'amount-unreadable', null],
    ['amount', '1e308', 'amount-too-large', null],
    ['amount', '90071992547409921', 'amount-too-large', null],
    ['amount', '12000.50', undefined, null],
    ['deal_currency_code', 'EURO', 'currency-unknown', null],
    ['deal_currency_code', 'eur', undefined, null],
    ['numberofemployees', '-3', 'headcount-impossible', null],
    ['age', '400', 'age-impossible', /^Age cannot be right: “400”/],
    ['age', '41', undefined, null],
    ['email', 'ada.example.com', 'email-impossible', /“ada.example.com”/],
    ['email', 'ada@localhost', 'email-impossible', null],
    ['email', 'ada+x@büro.example', undefined, null],
    ['phone', 'call me maybe', 'phone-impossible', null],
    ['phone', '12', 'phone-impossible', null],
    ['phone', '+49 (0)30 123-456 ext. 12', undefined, null],
    ['phone', '٠١٢٣٤٥٦٧٨٩', undefined, null],
    ['country', 'Atlantis', 'country-unknown', null],
    ['country', 'Deutschland', undefined, null],
    ['country', 'Côte d’Ivoire', undefined, null],
    ['country', 'USA', undefined, null],
    ['country', 'Czech Republic', undefined, null],
    ['hs_timezone', 'Mars/Olympus_Mons', 'time-zone-unknown', /^Time zone does not exist/],
    ['hs_timezone', 'europe_slash_berlin', undefined, null],
    ['interests', 'crm;ads;crm', 'option-repeated', /“crm”/],
    ['interests', 'crm;ads', undefined, null],
    ['jobtitle', 'CTO\uFFFD', 'character-lost', null],
    ['jobtitle', 'invoice\u202Efdp.exe', 'direction-turned', null],
    ['jobtitle', 'مدير المبيعات', undefined, null],
    ['firstname', '👩‍🚀 Zoë', undefined, null],
    ['message', 'x'.repeat(10_000_000), 'text-very-long', /10,000,000 characters/],
  ])('%s = %.40s', (name, value, rule, text) => {
    const flags = flagsOf(facts({ [name]: value }));
    expect(flags.map(flag => flag.rule)).toEqual(rule === undefined ? [] : [rule]);
    if (text) expect(flags[0]?.text).toMatch(text);
    for (const flag of flags) {
      expect(flag.source).toMatchObject({ id: '1', field: name, version: 'v1' });
      expect(flag.text.length).toBeLessThan(200);
    }
  });

  it('depends on the time as of which it is asked', () => {
    const given = facts({ createdate: '2026-05-01' });
    expect(rulesOf(given)).toEqual(['date-in-the-future']);
    expect(rulesOf({ ...given, asOf: '2026-06-01T00:00:00.000Z' })).toEqual([]);
  });
});

describe('what is odd in how things fit together', () => {
  it('an activity from the future, from 1970, or too long to be read whole', () => {
    const at = (time: string, more: Partial<Touch> = {}) =>
      rulesOf(facts({}, { touches: [touch({ at: time, ...more })] }));
    expect(at('2027-01-01T00:00:00.000Z')).toEqual(['activity-in-the-future']);
    expect(at('2027-01-01T00:00:00.000Z', { channel: 'meeting' })).toEqual([]);
    expect(at('1970-01-01T00:00:00.000Z')).toEqual(['activity-in-the-past-century']);
    expect(at(asOf, { body: 'x'.repeat(20_000) })).toEqual(['activity-very-long']);
    expect(at(asOf, { title: 'a\uFFFDb' })).toEqual(['activity-character-lost']);
  });

  it('deals in several currencies', () => {
    const deal = (id: string, currency: string) =>
      known(ref('deals', id), { amount: '10', deal_currency_code: currency });
    const flags = flagsOf(facts({}, { deals: [deal('1', 'EUR'), deal('2', 'eur'), deal('3', 'USD')] }));
    expect(flags).toMatchObject([{ rule: 'currencies-mixed', source: { id: '3' } }]);
    expect(flags[0]?.text).toContain('“EUR” and “USD”');
    expect(rulesOf(facts({}, { deals: [deal('1', 'EUR'), deal('2', 'eur')] }))).toEqual([]);
  });

  it('somebody who is above themselves, at once or over others', () => {
    expect(rulesOf(facts({ reportstoid: '1' }))).toEqual(['circular-association']);
    const boss = (id: string, of: string) => known(ref('contacts', id), { reportstoid: of });
    expect(rulesOf(facts({ reportstoid: '2' }, { people: [boss('2', '3'), boss('3', '1')] }))).toEqual([
      'circular-association',
    ]);
    expect(rulesOf(facts({ reportstoid: '2' }, { people: [boss('2', '3'), boss('3', '2')] }))).toEqual([]);
    const firm = known(ref('companies', '7'), { hs_parent_company_id: '7' });
    expect(flagsOf(facts({}, { account: firm }))).toMatchObject([
      { text: 'The company is named as its own parent', source: { id: '7', field: 'hs_parent_company_id' } },
    ]);
  });

  it('a time zone of the owner that does not exist', () => {
    const owner = {
      id: '9',
      name: 'O',
      email: null,
      fields: known(ref('owners', '9'), { timezone: 'Nowhere' }).fields,
    };
    expect(flagsOf(facts({}, { owner }))).toMatchObject([
      {
        rule: 'time-zone-unknown',
        text: 'The owner’s time zone does not exist: “Nowhere”',
        source: { id: '9' },
      },
    ]);
  });
});

it('never throws, and says no more than fifty things, whatever the record', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'closedate',
      'amount',
      'email',
      'phone',
      'country',
      'timezone',
      'age',
      'reportstoid',
      'currency',
    ),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
    fc.double().map(String),
    fc.bigInt().map(String),
  );
  fc.assert(
    fc.property(fc.dictionary(name, text, { maxKeys: 80 }), text, (fields, body) => {
      const flags = flagsOf(facts(fields, { touches: [touch({ body, title: body })] }));
      expect(flags.length).toBeLessThanOrEqual(50);
      for (const flag of flags) expect(flag.text.isWellFormed()).toBe(true);
    }),
    { numRuns: 300 },
  );
});
