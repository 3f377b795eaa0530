import {
  address,
  area,
  day,
  decimal,
  derived,
  email,
  flag,
  moment,
  money,
  phone,
  picklist,
  ref,
  required,
  text,
  url,
  whole,
  within,
} from '../field.ts';
import { sobject } from '../sobject.ts';

export const INDUSTRIES =
  'Agriculture|Apparel|Banking|Biotechnology|Chemicals|Communications|Construction|Consulting|Education|' +
  'Electronics|Energy|Engineering|Entertainment|Environmental|Finance|Food & Beverage|Government|Healthcare|' +
  'Hospitality|Insurance|Machinery|Manufacturing|Media|Not For Profit|Recreation|Retail|Shipping|Technology|' +
  'Telecommunications|Transportation|Utilities|Other';
export const SOURCES = 'Web|Phone Inquiry|Partner Referral|Purchased List|Other';
const RATINGS = 'Hot|Warm|Cold';
const SALUTATIONS = 'Mr.|Ms.|Mrs.|Dr.|Prof.|Mx.';

const personName = () =>
  within('Name', [
    required(text('LastName', 80)),
    text('FirstName', 40),
    picklist('Salutation', SALUTATIONS, { length: 40 }),
  ]);
const fullName = (length = 121) => derived(required(text('Name', length, { label: 'Full Name' })));
const merged = (object: string) =>
  derived(ref('MasterRecordId', object, { relationshipName: 'MasterRecord' }));
const owner = (to = 'User') => required(ref('OwnerId', to));

export const PEOPLE = [
  sobject(
    'Lead',
    '00Q',
    [
      merged('Lead'),
      ...personName(),
      fullName(),
      text('Title', 128),
      required(text('Company', 255)),
      ...address(''),
      phone('Phone'),
      phone('MobilePhone'),
      phone('Fax'),
      email('Email'),
      url('Website'),
      area('Description'),
      picklist('LeadSource', SOURCES),
      required(
        picklist(
          'Status',
          'Open - Not Contacted*|Working - Contacted|Closed - Converted|Closed - Not Converted',
        ),
      ),
      picklist('Industry', INDUSTRIES),
      picklist('Rating', RATINGS),
      money('AnnualRevenue', { scale: 0 }),
      whole('NumberOfEmployees'),
      owner('Group|User'),
      flag('HasOptedOutOfEmail'),
      flag('DoNotCall'),
      derived(flag('IsConverted')),
      derived(day('ConvertedDate')),
      derived(ref('ConvertedAccountId', 'Account')),
      derived(ref('ConvertedContactId', 'Contact')),
      derived(ref('ConvertedOpportunityId', 'Opportunity')),
      flag('IsUnreadByOwner', { defaultValue: true }),
      derived(day('LastActivityDate')),
      derived(text('EmailBouncedReason', 255)),
      derived(moment('EmailBouncedDate')),
      derived(picklist('CleanStatus', 'Matched|Different|NotFound|Inactive|Pending*')),
      ref('RecordTypeId', 'RecordType'),
      picklist('CurrencyIsoCode', 'EUR*|USD|GBP', { restricted: true }),
      derived(ref('IndividualId', 'User')),
    ],
    {
      tracked: true,
      history: {
        object: 'LeadHistory',
        parent: 'LeadId',
        fields: ['Status', 'OwnerId', 'LeadSource', 'Rating', 'Email', 'Company', 'Title', 'Phone'],
      },
    },
  ),
  sobject(
    'Contact',
    '003',
    [
      merged('Contact'),
      ref('AccountId', 'Account'),
      ...personName(),
      fullName(),
      ...address('Other'),
      ...address('Mailing'),
      phone('Phone'),
      phone('Fax'),
      phone('MobilePhone'),
      phone('HomePhone'),
      ref('ReportsToId', 'Contact'),
      email('Email'),
      text('Title', 128),
      text('Department', 80),
      picklist('LeadSource', SOURCES),
      day('Birthdate'),
      area('Description'),
      owner(),
      flag('HasOptedOutOfEmail'),
      flag('DoNotCall'),
      derived(day('LastActivityDate')),
      derived(text('EmailBouncedReason', 255)),
      derived(moment('EmailBouncedDate')),
      derived(flag('IsEmailBounced')),
      ref('RecordTypeId', 'RecordType'),
      picklist('CurrencyIsoCode', 'EUR*|USD|GBP', { restricted: true }),
    ],
    { tracked: true },
  ),
  sobject(
    'Account',
    '001',
    [
      merged('Account'),
      required(text('Name', 255, { label: 'Account Name' })),
      picklist(
        'Type',
        'Prospect|Customer - Direct|Customer - Channel|Channel Partner / Reseller|Installation Partner|' +
          'Technology Partner|Other',
      ),
      ref('ParentId', 'Account', { relationshipName: 'Parent' }),
      ...address('Billing'),
      ...address('Shipping'),
      phone('Phone'),
      phone('Fax'),
      text('AccountNumber', 40),
      url('Website'),
      text('Sic', 20),
      picklist('Industry', INDUSTRIES),
      money('AnnualRevenue', { scale: 0 }),
      whole('NumberOfEmployees'),
      picklist('Ownership', 'Public|Private|Subsidiary|Other'),
      picklist('Rating', RATINGS),
      text('Site', 80),
      area('Description'),
      owner(),
      picklist('AccountSource', SOURCES),
      derived(day('LastActivityDate')),
      ref('RecordTypeId', 'RecordType'),
      picklist('CurrencyIsoCode', 'EUR*|USD|GBP', { restricted: true }),
      decimal('YearStarted', 4, 0),
    ],
    { tracked: true },
  ),
];
