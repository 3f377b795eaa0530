import type { Evidence } from '#lib/core/evidence.ts';
import type { Fact, QualityFlag } from '#lib/core/fact.ts';
import { recordPath } from '#lib/core/record-url.ts';
import { DAY_MS } from '#lib/core/time.ts';
import type { FeatureGroup } from '../types.ts';
import { recordsOutcome } from '../exclusions.ts';
import { rounded } from '../numbers.ts';
import { evidenceOf } from '../see.ts';
import { ago, counted, oneLine } from '../words.ts';

const KEY_FIELDS: [field: string, words: string][] = [
  ['email', 'e-mail address'],
  ['phone', 'phone number'],
  ['jobtitle', 'job title'],
  ['company', 'company'],
  ['country', 'country'],
  ['hs_analytics_source', 'source'],
];

const WORTH_OF_PEOPLE = [
  ...KEY_FIELDS,
  ['industry', 'industry'],
  ['numberofemployees', 'company size'],
] as const;
const WORTH: Partial<Record<string, readonly (readonly [field: string, words: string])[]>> = {
  deals: [
    ['amount', 'amount'],
    ['closedate', 'close date'],
    ['dealstage', 'stage'],
    ['hubspot_owner_id', 'owner'],
    ['hs_next_step', 'next step'],
  ],
  companies: [
    ['domain', 'web address'],
    ['industry', 'industry'],
    ['numberofemployees', 'size'],
    ['country', 'country'],
    ['hubspot_owner_id', 'owner'],
  ],
};

const EARLIEST = Date.UTC(1990, 0);

/** Fields whose dates may lie ahead. */
const AHEAD = /next|due|plan|renew|expir|until|end|target|follow/i;

const LIKE_A_DATE = /^\d{4}-\d{2}-\d{2}(T|$)/;

export const dataQuality: FeatureGroup = {
  name: 'data quality',
  features: [
    {
      name: 'key_fields_missing',
      about: ['person'],
      kind: 'numeric',
      unit: 'fields',
      meaning: 'How many of e-mail, phone, job title, company, country and source are not known',
      privacy: 'none',
      sources: [
        'fields.email',
        'fields.phone',
        'fields.jobtitle',
        'fields.company',
        'fields.country',
        'fields.hs_analytics_source',
        'account.*',
      ],
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
      sources: ['fields.*'],
      uses: ['drafting'],
      derive: seen => {
        const odd = seen.fieldNames
          .flatMap(name => seen.field(name) ?? [])
          .filter(
            ({ name, value }) => isOdd(value ?? '', seen.asOf) && !recordsOutcome(name) && !AHEAD.test(name),
          );
        const text = odd.length
          ? `${counted(odd.length, 'date')} in the record cannot be right`
          : 'No odd dates';
        return { value: odd.length, text, evidence: evidenceOf(...odd.slice(0, 3)) };
      },
    },
    {
      name: 'completeness',
      kind: 'numeric',
      unit: 'share',
      meaning: 'Share of what is worth knowing of a record of this kind that is known',
      privacy: 'none',
      sources: ['fields.*', 'account.*'],
      uses: ['routing', 'drafting'],
      derive: seen => {
        const worth = WORTH[seen.subject.object] ?? WORTH_OF_PEOPLE;
        const missing = worth.filter(([field]) => !seen.field(field) && !seen.accountField(field));
        const text = missing.length
          ? `Not filled in: ${missing.map(([, words]) => words).join(', ')}`
          : 'All that matters is filled in';
        return { value: rounded(1 - missing.length / worth.length), text, evidence: [] };
      },
    },
    {
      name: 'days_since_news',
      kind: 'numeric',
      unit: 'days',
      meaning: 'Days since a field changed, or somebody of us or them did something',
      privacy: 'business',
      sources: ['createdAt', 'fields.*', 'touches.*', 'interactions.*'],
      uses: ['routing', 'drafting'],
      derive: seen => {
        const changed = seen.fieldNames
          .flatMap(name => seen.field(name) ?? [])
          .reduce<Fact | null>((newest, fact) => (newest && newest.at >= fact.at ? newest : fact), null);
        const [touch, event] = [seen.past[0], seen.events[0]];
        const times = [seen.createdAt, changed && Date.parse(changed.at), touch?.at, event?.at];
        const newest = Math.max(...times.map(time => time ?? Number.NEGATIVE_INFINITY));
        if (!Number.isFinite(newest))
          return { value: null, text: 'Nothing is known to have happened', evidence: [] };
        const days = (seen.asOf - newest) / DAY_MS;
        const shown = [touch, event].filter(one => one?.at === newest).flatMap(one => one ?? []);
        return {
          value: rounded(days),
          text: days < 30 ? `Something new came ${ago(days)}` : `Nothing new for ${Math.floor(days)} days`,
          evidence: shown.length ? seen.evidence(shown) : evidenceOf(changed),
        };
      },
    },
    {
      name: 'oddities',
      kind: 'numeric',
      unit: 'values',
      meaning: 'Values in the record and its activities that a check found odd; stored as given',
      privacy: 'none',
      sources: ['flags'],
      uses: ['routing', 'drafting'],
      derive: ({ flags }) => {
        const rules = [...Map.groupBy(flags, flag => flag.rule)];
        const text = flags.length
          ? `${counted(flags.length, 'odd value')}: ${rules.map(([rule, all]) => `${rule.replaceAll('-', ' ')}${all.length > 1 ? ` (${all.length})` : ''}`).join(', ')}`
          : 'No odd values found';
        return {
          value: flags.length,
          text: oneLine(text, 180),
          evidence: flags.slice(0, 3).map(evidenceOfFlag),
        };
      },
    },
  ],
};

const evidenceOfFlag = ({ source, text, learntAt }: QualityFlag): Evidence => ({
  crm: source.crm,
  object: source.object,
  id: source.id,
  ...(source.field === null ? {} : { field: source.field }),
  version: source.version,
  at: learntAt,
  snippet: text.slice(0, 300),
  url: recordPath(source),
});

function isOdd(value: string, asOf: number): boolean {
  if (!LIKE_A_DATE.test(value)) return false;
  const time = Date.parse(value);
  return Number.isNaN(time) || time > asOf || time < EARLIEST;
}
