import { DAY_MS } from '#lib/core/time.ts';
import type { FeatureGroup } from '../types.ts';
import { rounded } from '../numbers.ts';
import { evidenceOf } from '../see.ts';
import { ago } from '../words.ts';

function quarterEnd(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + 3);
}

export const timing: FeatureGroup = {
  name: 'timing',
  features: [
    {
      name: 'age_days',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days since the record was created',
      privacy: 'none',
      sources: ['createdAt', 'fields.createdate'],
      uses: ['scoring', 'routing'],
      derive: ({ asOf, createdAt, field }) => {
        if (createdAt === null) return { value: null, text: 'Time of creation is not known', evidence: [] };
        const days = (asOf - createdAt) / DAY_MS;
        return {
          value: rounded(days),
          text: `Came into the CRM ${ago(days)}`,
          evidence: evidenceOf(field('createdate')),
        };
      },
    },
    {
      name: 'days_to_quarter_end',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days until the calendar quarter ends, UTC',
      privacy: 'none',
      sources: [],
      uses: ['scoring'],
      derive: ({ asOf }) => {
        const days = (quarterEnd(asOf) - asOf) / DAY_MS;
        const text = days < 1 ? 'The quarter ends today' : `The quarter ends in ${Math.floor(days)} days`;
        return { value: rounded(days), text, evidence: [] };
      },
    },
  ],
};
