import type { FeatureDefinition, FeatureGroup } from '../types.ts';
import { numberOf, rounded } from '../numbers.ts';
import { regionOf } from '../regions.ts';
import { evidenceOf, type Visible } from '../see.ts';
import { oneLine } from '../words.ts';

/** From the account; where that does not say, from what the person's own record says of it. */
const either = (seen: Visible, account: string, own: string) => seen.accountField(account) ?? seen.field(own);

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
  uses: ['scoring', 'routing', 'drafting'],
  derive: seen => {
    const fact = either(seen, ...fields);
    const value = numberOf(fact);
    if (value === null || value <= 0) return { value: null, text: words.unknown, evidence: evidenceOf(fact) };
    const text = words.known(value.toLocaleString('en-US', { maximumFractionDigits: 0 }));
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
      uses: ['scoring', 'routing', 'drafting'],
      derive: seen => {
        const country = either(seen, 'country', 'country');
        if (!country?.value) return { value: null, text: 'Country is not known', evidence: [] };
        const region = regionOf(country.value) ?? 'Other';
        return { value: region, text: `In ${oneLine(country.value)}`, evidence: evidenceOf(country) };
      },
    },
  ],
};
