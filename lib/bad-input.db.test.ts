import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmRecord, Link } from '#lib/core/record.ts';
import { storableText } from '#lib/core/storable.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { versionsOf } from '#lib/ingest/read.ts';
import { sessionTo } from '#lib/crm/testing/test-crm.ts';
import { openDemo, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { subjectView } from '#lib/views/subject.ts';
import { guessMapping, importFile, openCsv, surveyCsv } from './import.ts';
import { refreshDeals } from './refresh-deals.ts';
import { stages } from './stages.ts';

let demo: Demo;
let n = 0;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
const version = (subject: Subject, fields: CrmRecord['fields'], links: Link[] = []): CrmRecord => {
  const at = toInstant(demo.clock.now());
  const name = `v${(n += 1)}`;
  return {
    ref: subject,
    version: name,
    createdAt: at,
    updatedAt: at,
    archived: false,
    fields,
    history: [],
    links,
  };
};
const linkTo = (to: Subject): Link => ({ to, kind: 'about' });

/** Reads records as if the CRM had them so, whatever its own checks. */
async function read(records: CrmRecord[]): Promise<void> {
  demo.clock.tick(1000);
  const reader = {
    ...stages.ingest.openReader(sessionTo('http://127.0.0.1:1')),
    read: (object: CrmObject) =>
      Promise.resolve({
        records: records
          .filter(one => one.ref.object === object)
          .map(record => ({ record, raw: { id: record.ref.id, properties: record.fields } })),
        missing: [],
        merged: [],
      }),
  };
  await stages.ingest.pull(demo.flow.db, reader, {
    tenantId: demo.service.tenantId,
    clock: demo.flow.now,
    sealingKey: demo.flow.sealingKey,
    subjects: records.map(record => record.ref),
    keep: (tx, fresh) => stages.graph.project(tx, fresh, toInstant(demo.clock.now())),
  });
}
const facts = (subject: Subject) =>
  demo.tenant(tx => stages.graph.factsAbout(tx, subject, toInstant(demo.clock.now())));
const card = (subject: Subject) =>
  demo.tenant(tx => subjectView(tx, scopeOf('admin'), subject, demo.clock.now()));
const rulesOf = async (subject: Subject) => new Set((await facts(subject)).flags.map(({ rule }) => rule));
const givenOf = async (subject: Subject) =>
  Object.fromEntries(Object.entries((await facts(subject)).fields).map(([name, fact]) => [name, fact.value]));

const person = {
  firstname: '👩‍🚀 Zoë\u0000',
  lastname: 'مريم العلي',
  email: 'zoe.example.com',
  phone: 'ask reception',
  country: 'Atlantis',
  hs_timezone: 'Mars/Olympus_Mons',
  jobtitle: 'Head of \u202Egnitekram',
  annualrevenue: '1e308',
  numberofemployees: '-7',
  date_of_birth: '1970-13-45',
  first_seen_date: '2999-01-01',
  age: '400',
  interests: 'crm;ads;crm',
  reportstoid: '66601',
};
const personRules =
  'email-impossible phone-impossible country-unknown time-zone-unknown direction-turned character-lost amount-too-large headcount-impossible date-unreadable date-in-the-future age-impossible option-repeated circular-association'.split(
    ' ',
  );

describe('bad input is kept as given, flagged, decided about and shown', () => {
  it('of a person, their owner and their activities', async () => {
    const zoe = ref('contacts', '66601');
    const owner = ref('owners', '66600');
    await read([
      version(owner, { firstName: 'Nemo', timezone: 'Nowhere/Land' }),
      version(zoe, { ...person, hubspot_owner_id: owner.id }),
      version(
        ref('emails', '66602'),
        {
          hs_timestamp: '0',
          hs_email_subject: 'Price\u0000?',
          hs_email_text: 'How much is it?',
          hs_email_direction: 'INCOMING_EMAIL',
        },
        [linkTo(zoe)],
      ),
      version(
        ref('calls', '66603'),
        { hs_timestamp: '2999-01-01T00:00:00Z', hs_call_title: 'From the future' },
        [linkTo(zoe)],
      ),
      version(ref('notes', '66604'), { hs_timestamp: 'soon', hs_note_body: 'No time' }, [linkTo(zoe)]),
    ]);
    expect(await givenOf(zoe)).toMatchObject({ ...person, firstname: storableText(person.firstname) });
    const rules = await rulesOf(zoe);
    for (const rule of [
      ...personRules,
      'activity-in-the-past-century',
      'activity-in-the-future',
      'activity-character-lost',
    ])
      expect(rules, rule).toContain(rule);
    const decision = await demo.decide(zoe);
    expect(decision.lineage.trigger.subject).toEqual(zoe);
    const view = await card(zoe);
    expect(view.oddities.length).toBeGreaterThanOrEqual(personRules.length);
    expect(view.oddities.map(({ text }) => text)).toContain(
      'The owner’s time zone does not exist: “Nowhere/Land”',
    );
    for (const { evidence } of view.oddities) expect(evidence.version).toMatch(/^v\d+$/);
    const [stored] = await demo.tenant(tx => versionsOf(tx, zoe, demo.flow.sealingKey));
    expect(stored?.opened).toMatchObject({ raw: { properties: person } });
  });

  it.each([
    ['NaN', 'amount-unreadable'],
    ['Infinity', 'amount-unreadable'],
    ['1e308', 'amount-too-large'],
    ['-12000', 'amount-negative'],
    ['99999999999999999999999999', 'amount-too-large'],
    ['zwölf', 'amount-unreadable'],
  ])('of a deal over %s', async (amount, rule) => {
    const deal = ref('deals', `${70_000 + (n += 1)}`);
    const fields = {
      dealname: '💸',
      amount,
      closedate: '1970-01-01T00:00:00Z',
      deal_currency_code: 'EURO',
      dealstage: 'nowhere',
    };
    await read([version(deal, fields)]);
    await demo.tenant(tx => refreshDeals(tx, [deal], demo.clock.now(), stages));
    expect(await givenOf(deal)).toMatchObject(fields);
    const rules = await rulesOf(deal);
    for (const name of [rule, 'date-in-the-past-century', 'currency-unknown'])
      expect(rules, name).toContain(name);
    await demo.decide(deal);
    expect((await card(deal)).oddities.length).toBeGreaterThanOrEqual(3);
  });

  it('of a company that is above itself, with deals in two currencies', async () => {
    const [firm, one, two] = [ref('companies', '66701'), ref('deals', '66702'), ref('deals', '66703')];
    await read([
      version(firm, { name: 'Ouroboros', hs_parent_company_id: firm.id }),
      version(one, { dealname: 'One', amount: '1', deal_currency_code: 'EUR' }, [linkTo(firm)]),
      version(two, { dealname: 'Two', amount: '1', deal_currency_code: 'USD' }, [linkTo(firm)]),
    ]);
    const rules = await rulesOf(firm);
    for (const rule of ['circular-association', 'currencies-mixed']) expect(rules, rule).toContain(rule);
    expect((await card(firm)).oddities).toHaveLength(2);
  });

  it('of a note of ten megabytes: it is stored whole, and read in part', async () => {
    const lead = await demo.newLead({ properties: { jobtitle: 'CEO' } });
    const body = `Budget is fixed. ${'All about pumps. '.repeat(620_000)}`;
    const note = ref('notes', '66801');
    await read([
      version(note, { hs_timestamp: toInstant(demo.clock.now()), hs_note_body: body }, [linkTo(lead)]),
    ]);
    const known = await facts(lead);
    const touch = known.touches.find(({ ref: { id } }) => id === note.id);
    expect(touch?.body.startsWith('Budget is fixed.')).toBe(true);
    expect(JSON.stringify(known).length).toBeLessThan(200_000);
    expect(known.flags).toMatchObject([{ rule: 'activity-very-long', source: { id: note.id } }]);
    await demo.decide(lead);
    const view = await card(lead);
    expect(JSON.stringify(view).length).toBeLessThan(100_000);
    expect(view.oddities).toMatchObject([{ text: 'A note is so long that only its beginning is read' }]);
    const [stored] = await demo.tenant(tx => versionsOf(tx, note, demo.flow.sealingKey));
    expect(stored?.opened).toMatchObject({ record: { fields: { hs_note_body: body } } });
  });

  it('of a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sidecard-bad-'));
    const path = join(folder, 'bad.csv');
    const { email, phone, country, jobtitle } = person;
    const cells = ['66901', email, phone, country, jobtitle, person.firstname, '400'];
    writeFileSync(
      path,
      `Record ID,Email,Phone Number,Country,Job Title,First Name,Age\n${cells.join(',')}\n`,
    );
    const file = await openCsv(path);
    const survey = await surveyCsv(file, guessMapping('contacts', file.columns, file.sample));
    expect(await importFile(demo.flow, demo.service, file, survey)).toMatchObject({ created: 1 });
    rmSync(folder, { recursive: true });
    const subject: Subject = { crm: 'csv', object: 'contacts', id: '66901' };
    expect(await givenOf(subject)).toMatchObject({
      email,
      phone,
      country,
      jobtitle,
      firstname: storableText(person.firstname),
    });
    const rules = await rulesOf(subject);
    for (const rule of [
      'email-impossible',
      'phone-impossible',
      'country-unknown',
      'direction-turned',
      'character-lost',
      'age-impossible',
    ])
      expect(rules, rule).toContain(rule);
    expect((await card(subject)).oddities.length).toBeGreaterThanOrEqual(6);
  });

  it('of any kind', async () => {
    const names = [
      'email',
      'phone',
      'amount',
      'closedate',
      'country',
      'hs_timezone',
      'hs_note_body',
      'firstname',
      'reportstoid',
    ];
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.double().map(String),
      fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
      fc.constant('\uD800 half a pair'),
    );
    const value = fc.option(text, { nil: null });
    const name = fc.oneof(
      fc.constantFrom(...names),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(storableText),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(name, value, { maxKeys: 12, noNullPrototype: true }),
        value,
        async (fields, body) => {
          const subject = ref('contacts', `${80_000 + (n += 1)}`);
          const note = ref('notes', `${90_000 + (n += 1)}`);
          await read([
            version(subject, fields),
            version(note, { hs_timestamp: body, hs_note_body: body }, [linkTo(subject)]),
          ]);
          const known = await facts(subject);
          for (const [field, given] of Object.entries(fields))
            expect(known.fields[field]?.value ?? null).toBe(given === null ? null : storableText(given));
          await demo.decide(subject);
          await card(subject);
          const [stored] = await demo.tenant(tx => versionsOf(tx, subject, demo.flow.sealingKey));
          expect(stored?.opened).toMatchObject({ record: { fields } });
        },
      ),
      { numRuns: 25 },
    );
  });
});
