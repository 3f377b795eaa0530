import {
  area,
  day,
  decimal,
  derived,
  fixed,
  flag,
  moment,
  money,
  percent,
  picklist,
  ref,
  required,
  text,
  whole,
  type Field,
} from '../field.ts';
import { sobject } from '../sobject.ts';
import { SOURCES } from './people.ts';

const CURRENCY = () => picklist('CurrencyIsoCode', 'EUR*|USD|GBP', { restricted: true });
const FORECAST = 'Omitted|Pipeline|Best Case|Commit|Closed';

/** What one row of a field history says: which field, before and after. */
const change = (): Field[] => [
  derived(required(text('Field', 255))),
  derived(text('DataType', 255)),
  derived(text('OldValue', 255)),
  derived(text('NewValue', 255)),
];

export const STAGES =
  'Prospecting|Qualification|Needs Analysis|Value Proposition|Id. Decision Makers|Perception Analysis|' +
  'Proposal/Price Quote|Negotiation/Review|Closed Won|Closed Lost';

export const SALES = [
  sobject(
    'Opportunity',
    '006',
    [
      ref('AccountId', 'Account'),
      flag('IsPrivate'),
      required(text('Name', 120)),
      area('Description'),
      required(picklist('StageName', STAGES)),
      money('Amount'),
      percent('Probability'),
      derived(money('ExpectedRevenue', { calculated: true })),
      decimal('TotalOpportunityQuantity'),
      required(day('CloseDate')),
      picklist(
        'Type',
        'Existing Customer - Upgrade|Existing Customer - Replacement|Existing Customer - Downgrade|New Customer',
      ),
      text('NextStep', 255),
      picklist('LeadSource', SOURCES),
      derived(flag('IsClosed')),
      derived(flag('IsWon')),
      derived(picklist('ForecastCategory', 'Omitted|Pipeline|BestCase|Forecast|Closed')),
      picklist('ForecastCategoryName', FORECAST),
      ref('CampaignId', 'Campaign'),
      derived(flag('HasOpportunityLineItem')),
      ref('Pricebook2Id', 'Pricebook2', { relationshipName: 'Pricebook2' }),
      required(ref('OwnerId', 'User')),
      derived(moment('LastStageChangeDate')),
      derived(day('LastActivityDate')),
      derived(whole('FiscalQuarter', { calculated: true })),
      derived(whole('FiscalYear', { calculated: true })),
      fixed(ref('ContactId', 'Contact')),
      ref('RecordTypeId', 'RecordType'),
      CURRENCY(),
    ],
    {
      tracked: true,
      history: {
        object: 'OpportunityFieldHistory',
        parent: 'OpportunityId',
        fields: ['StageName', 'Amount', 'CloseDate', 'OwnerId', 'NextStep', 'Probability'],
      },
    },
  ),
  sobject(
    'OpportunityHistory',
    '008',
    [
      derived(required(ref('OpportunityId', 'Opportunity'))),
      derived(text('StageName', 255)),
      derived(money('Amount')),
      derived(money('ExpectedRevenue')),
      derived(day('CloseDate')),
      derived(percent('Probability')),
      derived(picklist('ForecastCategory', 'Omitted|Pipeline|BestCase|Forecast|Closed')),
      derived(money('PrevAmount')),
      derived(day('PrevCloseDate')),
      derived(CURRENCY()),
    ],
    { readOnly: true },
  ),
  sobject(
    'OpportunityFieldHistory',
    '017',
    [derived(required(ref('OpportunityId', 'Opportunity'))), ...change()],
    { readOnly: true },
  ),
  sobject('LeadHistory', '017', [derived(required(ref('LeadId', 'Lead'))), ...change()], { readOnly: true }),
  sobject(
    'OpportunityContactRole',
    '00K',
    [
      required(fixed(ref('OpportunityId', 'Opportunity'))),
      required(ref('ContactId', 'Contact')),
      picklist(
        'Role',
        'Business User|Decision Maker|Economic Buyer|Economic Decision Maker|Evaluator|Executive Sponsor|' +
          'Influencer|Technical Buyer|Other',
      ),
      flag('IsPrimary'),
      CURRENCY(),
    ],
    { tracked: true },
  ),
  sobject(
    'OpportunityStage',
    '01J',
    [
      required(text('MasterLabel', 255)),
      text('ApiName', 255),
      flag('IsActive'),
      whole('SortOrder'),
      flag('IsClosed'),
      flag('IsWon'),
      picklist('ForecastCategory', 'Omitted|Pipeline|BestCase|Forecast|Closed'),
      picklist('ForecastCategoryName', FORECAST),
      percent('DefaultProbability'),
      text('Description', 255),
    ],
    { readOnly: true },
  ),
  sobject(
    'LeadStatus',
    '01J',
    [
      required(text('MasterLabel', 255)),
      text('ApiName', 255),
      whole('SortOrder'),
      flag('IsDefault'),
      flag('IsConverted'),
    ],
    { readOnly: true, labelPlural: 'Lead Statuses' },
  ),
  sobject(
    'Product2',
    '01t',
    [
      required(text('Name', 255)),
      text('ProductCode', 255),
      area('Description', 4000),
      flag('IsActive'),
      picklist('Family', 'None|Software|Service'),
      CURRENCY(),
    ],
    { tracked: true, label: 'Product' },
  ),
  sobject(
    'Pricebook2',
    '01s',
    [required(text('Name', 255)), flag('IsActive'), derived(flag('IsStandard')), text('Description', 255)],
    { tracked: true, label: 'Price Book' },
  ),
  sobject(
    'PricebookEntry',
    '01u',
    [
      required(fixed(ref('Pricebook2Id', 'Pricebook2', { relationshipName: 'Pricebook2' }))),
      required(fixed(ref('Product2Id', 'Product2', { relationshipName: 'Product2' }))),
      required(money('UnitPrice')),
      flag('IsActive'),
      flag('UseStandardPrice'),
      derived(text('Name', 255)),
      derived(text('ProductCode', 255)),
      CURRENCY(),
    ],
    { tracked: true, label: 'Price Book Entry' },
  ),
  sobject(
    'OpportunityLineItem',
    '00k',
    [
      required(fixed(ref('OpportunityId', 'Opportunity'))),
      whole('SortOrder'),
      fixed(ref('PricebookEntryId', 'PricebookEntry')),
      fixed(ref('Product2Id', 'Product2', { relationshipName: 'Product2' })),
      derived(text('ProductCode', 255)),
      derived(text('Name', 376)),
      required(decimal('Quantity')),
      money('TotalPrice'),
      money('UnitPrice'),
      derived(money('ListPrice')),
      percent('Discount', { scale: 2 }),
      day('ServiceDate'),
      area('Description', 255),
      CURRENCY(),
    ],
    { tracked: true, label: 'Opportunity Product' },
  ),
];
