/** Standard properties that record the outcome, or what was written once a rep was at work. `*` ends a prefix. */
const OUTCOME =
  `lifecyclestage hs_lead_status hubspot_owner_* hubspot_team_id hs_all_owner_ids hs_all_team_ids
  hs_owning_teams num_associated_deals recent_deal_* first_deal_* total_revenue closedate days_to_close
  hs_is_closed* hs_lifecyclestage_* hs_date_entered_* hs_date_exited_* hs_time_in_* hs_v2_date_* hs_v2_time_*
  hs_v2_cumulative_* hs_v2_latest_* hs_time_to_* hs_time_between_* hs_first_outreach_* hs_lead_* notes_* num_notes
  num_contacted_notes hs_last_sales_activity_* hs_latest_meeting_* hs_latest_sequence_* hs_sequences_*
  hs_sales_email_* hs_sa_first_engagement_* hs_first_engagement_* hs_content_membership_* hs_predictive*
  hubspotscore hs_likelihood_to_close lastmodifieddate hs_lastmodifieddate hs_updated_* engagements_last_*
  hs_buying_role convertedaccountid convertedcontactid convertedopportunityid converteddate isconverted status
  stagename iswon isclosed`.split(/\s+/);

const OUTCOME_NAMES = new Set(OUTCOME.filter(name => !name.endsWith('*')));
const OUTCOME_PREFIXES = OUTCOME.filter(name => name.endsWith('*')).map(name => name.slice(0, -1));

/** Does a property of this name record the outcome, or what came after contact? */
export function recordsOutcome(name: string): boolean {
  const lower = name.toLowerCase();
  return OUTCOME_NAMES.has(lower) || OUTCOME_PREFIXES.some(prefix => lower.startsWith(prefix));
}

/** Written by Sidecard itself: learning from it would be learning from our own opinion. */
export const isOwn = (property: { name: string; group: string }): boolean =>
  /^sidecard(_|$)/i.test(property.name) || /^sidecard(_|$)/i.test(property.group);

/** Whole words that name a protected attribute or stand in for one. `*` ends a stem. */
const PROTECTED: [what: string, words: string][] = [
  ['gender', 'gender* sex sexes male female pronoun* salutation title_of_courtesy maiden geschlecht anrede'],
  ['age', 'age ages birth* birthday* dob born retire* pension* alter geburt*'],
  ['religion', 'religio* faith church denomination konfession'],
  ['ethnic origin', 'ethnic* race races racial nationality nationalities citizen* tribe caste skin immigra* migrant* migration_background'],
  ['language as a sign of origin', 'mother_tongue native_language language languages'],
  ['family', 'marital* married marriage spouse family child children kids pregnan* parental divorce*'],
  ['health', 'disab* handicap* health_condition health_status illness medical_condition veteran*'],
  ['sexual orientation', 'sexual* orientation lgbt*'],
  ['political views or union', 'politic* party_membership trade_union union_member*'],
  ['place of living as a sign of origin', 'postcode post_code postal* zip zipcode zip_code plz neighbourhood neighborhood borough birthplace hometown street* home_address latitude longitude geohash'],
  ['looks', 'photo* picture avatar* headshot portrait profile_image'],
  ['name as a sign of origin', 'firstname first_name lastname last_name surname fullname full_name forename middle_name nickname'],
]; // prettier-ignore

const PROTECTED_WORDS = PROTECTED.flatMap(([what, words]) =>
  words.split(' ').map(word => ({
    what,
    rule: new RegExp(`(^|_)${word.endsWith('*') ? word.slice(0, -1) : `${word}(_|$)`}`),
  })),
);

/** "Page Views" and "pageViews" become page_views, so that "age" is found as a word and not within one. */
const snake = (name: string): string =>
  name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_');

/** Which protected attribute a property is or stands in for, by its name, label and choices; null when none. */
export function protectedAttribute(property: {
  name: string;
  label: string;
  options?: readonly { value: string; label: string }[];
}): string | null {
  const [name, label] = [snake(property.name), snake(property.label)];
  const named = PROTECTED_WORDS.find(({ rule }) => rule.test(name) || rule.test(label));
  if (named) return named.what;
  return property.options?.some(option => TELLS_GENDER.test(option.label) || TELLS_GENDER.test(option.value))
    ? 'gender'
    : null;
}

/** Choices of a field of any name. */
const TELLS_GENDER = /^\W*(mr|mrs|ms|miss|herr|frau|male|female|man|woman|mann|weiblich|männlich)\W*$/i;
