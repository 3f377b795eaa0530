import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guessMapping } from './guess-mapping.ts';
import type { Importable } from './house-field.ts';
import { readMapping } from './read-mapping.ts';

const targets = (object: Importable, columns: string[], rows: string[][] = []) =>
  Object.fromEntries(
    guessMapping(object, columns, rows).columns.map(({ column, id, field, link }) => [
      column,
      [id ? 'id' : null, field, link ? `${link.object}.${link.by}` : null].filter(Boolean).join(' '),
    ]),
  );

describe('guessing what columns mean', () => {
  it('knows HubSpot’s export of contacts', () => {
    const columns =
      'Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lifecycle Stage,Lead Status,Create Date,Associated Company IDs,Associated Company,Job Title,Original Source';
    expect(targets('contacts', columns.split(','))).toEqual({
      'Record ID': 'id',
      'First Name': 'firstname',
      'Last Name': 'lastname',
      Email: 'email',
      'Phone Number': 'phone',
      'Contact owner': 'hubspot_owner_id',
      'Lifecycle Stage': 'lifecyclestage',
      'Lead Status': 'hs_lead_status',
      'Create Date': 'createdate',
      'Associated Company IDs': 'companies.id',
      'Associated Company': 'companies.name',
      'Job Title': 'jobtitle',
      'Original Source': 'hs_analytics_source',
    });
  });

  it('knows HubSpot’s export of deals', () => {
    const columns =
      'Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,Associated Contact,Associated Company';
    expect(targets('deals', columns.split(','))).toMatchObject({
      'Record ID': 'id',
      'Deal Name': 'dealname',
      'Deal Stage': 'dealstage',
      Pipeline: 'pipeline',
      Amount: 'amount',
      'Close Date': 'closedate',
      'Deal owner': 'hubspot_owner_id',
      'Associated Contact': 'contacts.email',
      'Associated Company': 'companies.name',
    });
  });

  it.each([
    ['contacts', 'ID,FIRSTNAME,LASTNAME,EMAIL,ACCOUNTID,TITLE,OWNERID,CREATEDDATE'],
    ['contacts', 'Id,FirstName,LastName,Email,AccountId,Title,OwnerId,CreatedDate'],
  ] as const)('knows Salesforce’s export of %s, however it is spelt: %s', (object, header) => {
    expect(Object.values(targets(object, header.split(',')))).toEqual(
      'id firstname lastname email companies.id jobtitle hubspot_owner_id createdate'.split(' '),
    );
  });

  it('knows Salesforce’s export of opportunities', () => {
    expect(
      targets('deals', 'Id,Name,StageName,CloseDate,AccountId,Amount,CurrencyIsoCode,IsWon'.split(',')),
    ).toEqual({
      Id: 'id',
      Name: 'dealname',
      StageName: 'dealstage',
      CloseDate: 'closedate',
      AccountId: 'companies.id',
      Amount: 'amount',
      CurrencyIsoCode: 'deal_currency_code',
      IsWon: 'hs_is_closed_won',
    });
  });

  it('knows the only column of addresses by what is in it, and keeps what nobody knows', () => {
    const guessed = targets(
      'contacts',
      ['Wer', 'Lieblingsfarbe'],
      [
        ['ada@x.io', 'rot'],
        ['bo@x.io', 'blau'],
      ],
    );
    expect(guessed).toEqual({ Wer: 'email', Lieblingsfarbe: 'lieblingsfarbe' });
  });

  it('never takes a file’s column for one of our own marks', () => {
    expect(targets('notes', ['sidecard_change_id'])).toEqual({
      sidecard_change_id: 'file_sidecard_change_id',
    });
  });

  it('does not depend on the order of the columns', () => {
    const names = fc.uniqueArray(
      fc.oneof(
        fc.constantFrom(
          'Email',
          'E-mail',
          'First Name',
          'Name',
          'Phone',
          'Mobile',
          'Status',
          'ID',
          'Company',
          'email_1',
        ),
        fc.string({ minLength: 1, maxLength: 12 }),
      ),
      { minLength: 1, maxLength: 12 },
    );
    const values = fc.array(fc.constantFrom('a@x.io', '2024-01-01', '12', 'text', '', '+49 30 123456'), {
      minLength: 12,
      maxLength: 12,
    });
    fc.assert(
      fc.property(names, values, fc.infiniteStream(fc.nat()), (columns, row, random) => {
        const order = columns.map((_, i) => ({ i, by: random.next().value })).sort((a, b) => a.by - b.by);
        const shuffled = order.map(({ i }) => columns[i] ?? '');
        const again = guessMapping('contacts', shuffled, [order.map(({ i }) => row[i] ?? '')]);
        const byName = (mapping: typeof again) =>
          mapping.columns.toSorted((a, b) => (a.column < b.column ? -1 : 1));
        const first = guessMapping('contacts', columns, [row]);
        expect(byName(again)).toEqual(byName(first));
        expect(again.key).toEqual(first.key);
      }),
    );
  });
});

describe('a mapping that somebody wrote', () => {
  const about = {
    object: 'contacts',
    columns: ['Mail', 'Nr', 'Firma', 'Rest'],
    file: 'a.csv',
    mapping: 'm.json',
  } as const;

  it('is read in its short form, also turned round', () => {
    const short = { Mail: 'email', Nr: 'id', Firma: 'companies.name', Rest: null };
    expect(readMapping(short, about)).toMatchObject({
      object: 'contacts',
      key: ['Mail'],
      columns: [
        { column: 'Mail', field: 'email', type: 'email' },
        { column: 'Nr', id: true },
        { column: 'Firma', link: { object: 'companies', by: 'name' } },
        { column: 'Rest' },
      ],
    });
    expect(readMapping({ email: 'Mail' }, about).columns).toMatchObject([{ column: 'Mail', field: 'email' }]);
  });

  it('is what a guess writes down', () => {
    const guess = guessMapping('contacts', about.columns, [['a@x.io', '1', 'X', '']]);
    expect(readMapping(JSON.parse(JSON.stringify(guess)), about)).toEqual(guess);
  });

  it.each([
    [{ Post: 'email' }, /names "Post", which a\.csv does not have.*"Mail"/],
    [{ Mail: 'sidecard_change_id' }, /product’s own/],
    [{ Mail: 'email', Rest: 'email' }, /field "email" twice/],
    [{ Mail: 'id', Rest: 'id' }, /two columns for the id/],
    [
      { version: 1, object: 'deals', columns: [{ column: 'Mail', field: 'x' }] },
      /is for deals, and you import contacts/,
    ],
    [{ columns: [{ colum: 'Mail' }] }, /cannot be read/],
    [{ columns: [{ column: 'Mail', link: { object: 'castles', by: 'id' } }] }, /cannot be read/],
    [[], /cannot be read/],
    [{}, /cannot be read/],
    ['email', /cannot be read/],
  ])('is refused clearly: %j', (json, text) => {
    expect(() => readMapping(json, about)).toThrow(text);
  });
});
