import { makeId, ORGANIZATION_ID } from '../ids.ts';
import { ADMIN_ID, inTransaction, nowOf, type Actor, type Org } from '../org.ts';
import { plantRecord } from '../records/write-record.ts';
import { loadRow, type Fields } from '../store/rows.ts';

const ADMIN: Actor = { userId: ADMIN_ID, origin: '' };
const PRICE_BOOK = makeId('01s', 1);

/** [name, probability, forecast category, its name, closed, won] */
const STAGES: [string, number, string, string, boolean, boolean][] = [
  ['Prospecting', 10, 'Pipeline', 'Pipeline', false, false],
  ['Qualification', 10, 'Pipeline', 'Pipeline', false, false],
  ['Needs Analysis', 20, 'Pipeline', 'Pipeline', false, false],
  ['Value Proposition', 50, 'Pipeline', 'Pipeline', false, false],
  ['Id. Decision Makers', 60, 'Pipeline', 'Pipeline', false, false],
  ['Perception Analysis', 70, 'Pipeline', 'Pipeline', false, false],
  ['Proposal/Price Quote', 75, 'BestCase', 'Best Case', false, false],
  ['Negotiation/Review', 90, 'Forecast', 'Commit', false, false],
  ['Closed Won', 100, 'Closed', 'Closed', true, true],
  ['Closed Lost', 0, 'Omitted', 'Omitted', true, false],
];
const STATUSES = [
  'Open - Not Contacted',
  'Working - Contacted',
  'Closed - Converted',
  'Closed - Not Converted',
];
const CURRENCIES: [string, number][] = [
  ['EUR', 1],
  ['USD', 1.1],
  ['GBP', 0.86],
];

/** What every org has before anyone works in it; on a used store it changes nothing. */
export function seedBasics(org: Org): void {
  if (loadRow(org.store, ADMIN_ID)) return;
  const plant = (type: string, values: Fields, id?: string) =>
    plantRecord(org, ADMIN, org.schema.find(type)!, values, {
      quiet: true,
      ...(id === undefined ? {} : { id }),
    });
  inTransaction(org, () => {
    const user = {
      Username: 'admin@sandbox.example',
      Email: 'admin@sandbox.example',
      Alias: 'admin',
      FirstName: 'Sandbox',
      LastName: 'Admin',
    };
    plant('User', user, ADMIN_ID);
    const locale = {
      DefaultLocaleSidKey: 'en_GB',
      TimeZoneSidKey: 'Europe/Berlin',
      LanguageLocaleKey: 'en_US',
    };
    plant(
      'Organization',
      {
        Name: 'Sandbox CRM',
        Country: 'DE',
        OrganizationType: 'Enterprise Edition',
        InstanceName: 'SBX1',
        IsSandbox: true,
        ...locale,
      },
      ORGANIZATION_ID,
    );
    for (const [i, [name, probability, category, label, closed, won]] of STAGES.entries()) {
      plant('OpportunityStage', {
        MasterLabel: name,
        ApiName: name,
        IsActive: true,
        SortOrder: i + 1,
        IsClosed: closed,
        IsWon: won,
        ForecastCategory: category,
        ForecastCategoryName: label,
        DefaultProbability: probability,
      });
    }
    for (const [i, name] of STATUSES.entries()) {
      plant('LeadStatus', {
        MasterLabel: name,
        ApiName: name,
        SortOrder: i + 1,
        IsDefault: i === 0,
        IsConverted: i === 2,
      });
    }
    const year = nowOf(org).slice(0, 4);
    for (const [IsoCode, ConversionRate] of CURRENCIES) {
      plant('CurrencyType', { IsoCode, ConversionRate, IsCorporate: IsoCode === 'EUR' });
      plant('DatedConversionRate', {
        IsoCode,
        ConversionRate,
        StartDate: `${year}-01-01`,
        NextStartDate: '9999-12-31',
      });
    }
    plant('Pricebook2', { Name: 'Standard Price Book', IsActive: true, IsStandard: true }, PRICE_BOOK);
  });
}
