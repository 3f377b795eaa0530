import type { Known } from '#lib/core/fact.ts';
import { DAY_MS } from '#lib/core/time.ts';
import type { FeatureGroup } from '../types.ts';
import { isOpenDeal } from '../deal.ts';
import { evidenceOf } from '../see.ts';
import { counted } from '../words.ts';

const ENGAGED_DAYS = 90;

/** Fields in which CRMs keep when a person last answered. */
const REPLIED = ['hs_sales_email_last_replied', 'hs_email_last_reply_date'];

const nameFact = ({ fields }: Known) => fields['dealname'] ?? fields['email'] ?? null;

export const relationship: FeatureGroup = {
  name: 'relationship',
  features: [
    {
      name: 'people_known',
      kind: 'numeric',
      unit: 'people',
      meaning: 'Other people whom we know at the account',
      privacy: 'business',
      sources: ['people.*'],
      uses: ['scoring', 'routing', 'drafting'],
      derive: ({ people }) => {
        const text = people.length
          ? `We know ${counted(people.length, 'other person', 'other people')} at the company`
          : 'We know nobody else at the company';
        return { value: people.length, text, evidence: evidenceOf(...people.slice(0, 3).map(nameFact)) };
      },
    },
    {
      name: 'people_engaged_90d',
      kind: 'numeric',
      unit: 'people',
      meaning: 'People at the account, this one included, who wrote to us in the last 90 days',
      privacy: 'business',
      sources: ['touches.email', 'people.hs_sales_email_last_replied', 'people.hs_email_last_reply_date'],
      uses: ['scoring', 'routing', 'drafting'],
      monotone: 1,
      derive: seen => {
        const others = seen.people.flatMap(({ fields }) => {
          const replied = REPLIED.flatMap(name => fields[name] ?? []).find(fact => {
            const days = (seen.asOf - Date.parse(fact.value ?? '')) / DAY_MS;
            return days >= 0 && days <= ENGAGED_DAYS;
          });
          return replied ? [replied] : [];
        });
        const own = seen.emailsIn.filter(one => one.days <= ENGAGED_DAYS);
        const count = others.length + (own.length ? 1 : 0);
        const text = count
          ? `${counted(count, 'person', 'people')} at the company wrote to us in the last ${ENGAGED_DAYS} days`
          : `Nobody at the company wrote to us in the last ${ENGAGED_DAYS} days`;
        return {
          value: count,
          text,
          evidence: [...seen.evidence(own.slice(0, 1)), ...evidenceOf(...others)].slice(0, 3),
        };
      },
    },
    {
      name: 'deals_open',
      kind: 'numeric',
      unit: 'deals',
      meaning: 'Deals at the account that are open',
      privacy: 'business',
      sources: ['deals.*'],
      uses: ['routing', 'drafting'],
      derive: ({ deals }) => {
        const open = deals.filter(isOpenDeal);
        const text = open.length
          ? `${counted(open.length, 'open deal')} at the company`
          : 'No open deal at the company';
        return { value: open.length, text, evidence: evidenceOf(...open.slice(0, 3).map(nameFact)) };
      },
    },
  ],
};
