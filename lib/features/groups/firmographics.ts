import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { numberOf, rounded } from '../numbers.ts';
import { regionOf } from '../regions.ts';
import { either } from '../persona/traits.ts';
import { evidenceOf } from '../see.ts';
import { counted, inFull, oneLine } from '../words.ts';

const size = (
  name: string,
  fields: [account: string, own: string],
  words: { unit: string; meaning: string; known: (value: string) => string; unknown: string },
): FeatureDefinition => ({
  name,
  kind: 'numeric',
  unit: words.unit,
  meaning: words.meaning,
  privacy: 'business',
  sources: [`account.${fields[0]}`, `fields.${fields[1]}`],
  uses: ['scoring', 'routing', 'drafting'],
  derive: seen => {
    const fact = either(seen, ...fields);
    const value = numberOf(fact);
    if (value === null || value <= 0) return { value: null, text: words.unknown, evidence: evidenceOf(fact) };
    const text = words.known(inFull(value));
    return { value: rounded(Math.log10(value)), text, evidence: evidenceOf(fact) };
  },
});

export const firmographics: FeatureGroup = {
  name: 'firmographics',
  features: [
    size('employees_log10', ['numberofemployees', 'numemployees'], {
      unit: 'log10 people',
      meaning: 'How many people work at the account',
      known: value => `Company of ${value} people`,
      unknown: 'Company size is not known',
    }),
    size('revenue_log10', ['annualrevenue', 'annualrevenue'], {
      unit: 'log10 of the CRM currency, major units',
      meaning: "The account's revenue a year, as the CRM states it",
      known: value => `Company revenue of ${value} a year`,
      unknown: 'Company revenue is not known',
    }),
    {
      name: 'industry',
      kind: 'categorical',
      unit: 'category',
      meaning: "The account's industry",
      privacy: 'business',
      sources: ['account.industry', 'fields.industry'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const industry = either(seen, 'industry', 'industry');
        if (!industry?.value) return { value: null, text: 'Industry is not known', evidence: [] };
        const words = oneLine(industry.value.replaceAll('_', ' ').toLowerCase());
        return { value: words, text: `Industry: ${words}`, evidence: evidenceOf(industry) };
      },
    },
    {
      name: 'region',
      kind: 'categorical',
      unit: 'category',
      meaning: 'The part of the world that the account is in',
      privacy: 'business',
      sources: ['account.country', 'fields.country'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const country = either(seen, 'country', 'country');
        if (!country?.value) return { value: null, text: 'Country is not known', evidence: [] };
        const region = regionOf(country.value) ?? 'Other';
        return { value: region, text: `In ${oneLine(country.value)}`, evidence: evidenceOf(country) };
      },
    },
    {
      name: 'company_years',
      kind: 'numeric',
      unit: 'years',
      meaning: 'Years since the company was founded',
      privacy: 'business',
      sources: ['account.founded_year'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const founded = seen.accountField('founded_year');
        const years = new Date(seen.asOf).getUTCFullYear() - (numberOf(founded) ?? Number.NaN);
        if (!(years >= 0 && years < 1000))
          return {
            value: null,
            text: 'It is not known when the company was founded',
            evidence: evidenceOf(founded),
          };
        return {
          value: years,
          text: `Company founded ${counted(years, 'year')} ago`,
          evidence: evidenceOf(founded),
        };
      },
    },
  ],
};
