import { z } from 'zod';

/**
 * How much a value tells about a person. `business`: about their company or our dealings with it; `personal`: about the
 * person; `sensitive`: what most would tell only a few; `secret`: what opens doors or accounts.
 */
export const PrivacyClass = z.enum(['public', 'business', 'personal', 'sensitive', 'secret']);
export type PrivacyClass = z.infer<typeof PrivacyClass>;

/** What values are read for: policy says which classes each may use. */
export const Purpose = z.enum([
  'follow-up',
  'routing',
  'meeting-notes',
  'pipeline-summary',
  'scoring',
  'training',
]);
export type Purpose = z.infer<typeof Purpose>;

/** Classes by rule, the most careful first: the first that matches counts. Whole words; `*` ends a stem, `=` is the whole name. */
const RULES: [PrivacyClass, string][] = [
  [
    'secret',
    'password* passwd passphrase pwd pin token* api_key apikey access_key secret* private_key iban bic credit_card card_number cvv cvc ssn social_security* tax_id tax_number passport* id_card national_id bank_account account_number',
  ],
  [
    'sensitive',
    'birth* birthday* dob =age gender* sex sexual* pronoun* health* illness disab* handicap* medical* diagnos* pregnan* religio* church faith ethnic* race nationality citizen* politic* union_member* trade_union marital* married family children salary salaries wage wages income compensation criminal* conviction* military_status veteran* biometric* genetic* relationship_status',
  ],
  [
    'personal',
    'email* mail phone* mobile* mobilephone fax* telephone address* street zip zipcode postal* postcode city town firstname first_name lastname last_name fullname full_name middle_name nickname salutation title_of_courtesy linkedin* twitter* facebook* instagram* xing* skype* whatsapp* photo* avatar* ip ip_address hs_ip* latitude longitude geo* timezone hs_timezone language hs_language jobtitle job_title title name',
  ],
  [
    'business',
    'company* domain website industry annualrevenue revenue numberofemployees employees founded* amount* dealname dealstage dealtype pipeline closedate stage* lifecyclestage status hs_lead_status hs_lead_source lead_source leadsource source* hubspot_owner* owner* createdate lastmodifieddate hs_* num_* notes_* recent_* first_* total_* days_* country state region description competitor* product* plan budget seniority department role* buying_role record_archived erased',
  ],
];

const snake = (name: string): string =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_');

/** A word of a rule as a pattern; `whole`: it is the name, or begins it. */
const patternOf = (word: string, whole: boolean): string => {
  if (word.startsWith('=')) return `^${word.slice(1)}$`;
  const stem = word.endsWith('*');
  return `${whole ? '^' : '(?:^|_)'}${stem ? word.slice(0, -1) : `${word}${whole ? '$' : '(?:_|$)'}`}`;
};

const matchers = RULES.map(([privacyClass, words]) => ({
  privacyClass,
  rule: new RegExp(
    words
      .split(' ')
      .map(word => patternOf(word, privacyClass === 'business'))
      .join('|'),
  ),
}));

/** Objects that are about work and not about a person: what is known of them is business unless its name says more. */
const ABOUT_WORK: ReadonlySet<string> = new Set([
  'companies',
  'deals',
  'products',
  'line_items',
  'pipelines',
  'campaigns',
]);

/** Names that are a record's own, not a person's. */
const OF_WORK: ReadonlySet<string> = new Set([
  'name',
  'title',
  'city',
  'zip',
  'address',
  'phone',
  'timezone',
]);

/**
 * The class of a field: what the tenant says (`overrides`, by field name), else what its name says. A field of a person
 * that nothing is known of is personal.
 */
export function classOf(
  field: { object: string; name: string },
  overrides: Readonly<Record<string, PrivacyClass>> = {},
): PrivacyClass {
  return overrides[field.name] ?? byRule(field.object, field.name);
}

/** Accounts have hundreds of fields, and each is asked for with every record. */
const known = new Map<string, PrivacyClass>();

function byRule(object: string, fieldName: string): PrivacyClass {
  const key = `${object} ${fieldName}`;
  const before = known.get(key);
  if (before) return before;
  const work = ABOUT_WORK.has(object);
  const name = snake(fieldName);
  const found = matchers.find(({ rule }) => rule.test(name))?.privacyClass;
  const isWorks = found === 'personal' && work && OF_WORK.has(name);
  const privacyClass = isWorks ? 'business' : (found ?? (work ? 'business' : 'personal'));
  if (known.size < 20_000) known.set(key, privacyClass);
  return privacyClass;
}
