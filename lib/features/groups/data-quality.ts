import type { Fact } from '#lib/core/fact.ts';
import type { FeatureGroup } from '../types.ts';
import { recordsOutcome } from '../exclusions.ts';
import { evidenceOf } from '../see.ts';
import { counted } from '../words.ts';

const KEY_FIELDS: [field: string, words: string][] = [
  ['email', 'e-mail address'],
  ['phone', 'phone number'],
  ['jobtitle', 'job title'],
  ['company', 'company'],
  ['country', 'country'],
  ['hs_analytics_source', 'source'],
];

const EARLIEST = Date.UTC(1990, 0);

/** Fields whose dates may lie ahead. */
const AHEAD = /next|due|plan|renew|expir|until|end|target|follow/i;

const LIKE_A_DATE = /^\d{4}-\d{2}-\d{2}(T|$)/;

export const dataQuality: FeatureGroup = {
  name: 'data quality',
  features: [
    {
      name: 'key_fields_missing',
      kind: 'numeric',
      unit: 'fields',
      meaning: 'How many of e-mail, phone, job title, company, country and source are not known',
      privacy: 'none',
      uses: ['scoring', 'routing'],
      derive: seen => {
        const missing = KEY_FIELDS.filter(
          ([field]) => !seen.field(field) && !(field === 'company' ? seen.account : seen.accountField(field)),
        );
        const text = missing.length
          ? `Not known: ${missing.map(([, words]) => words).join(', ')}`
          : 'All key fields are filled in';
        return { value: missing.length, text, evidence: [] };
      },
    },
    {
      name: 'odd_dates',
      kind: 'numeric',
      unit: 'fields',
      meaning: 'Dates in the record that lie in the future or before 1990, where neither makes sense',
      privacy: 'none',
      uses: ['drafting'],
      derive: seen => {
        const odd = seen.fieldNames
          .filter(name => !recordsOutcome(name) && !AHEAD.test(name))
          .flatMap(name => seen.field(name) ?? [])
          .filter((fact: Fact) => isOdd(fact.value ?? '', seen.asOf));
        const text = odd.length
          ? `${counted(odd.length, 'date')} in the record cannot be right`
          : 'No odd dates';
        return { value: odd.length, text, evidence: evidenceOf(...odd.slice(0, 3)) };
      },
    },
  ],
};

function isOdd(value: string, asOf: number): boolean {
  if (!LIKE_A_DATE.test(value)) return false;
  const time = Date.parse(value);
  return Number.isNaN(time) || time > asOf || time < EARLIEST;
}
