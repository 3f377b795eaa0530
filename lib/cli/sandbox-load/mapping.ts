/** One column of a file and the CRM property that it fills. */
export interface Column {
  column: string;
  property: string;
  label: string;
  /** `enumeration`: its options are the texts found in the file, as they are. `date`: YYYY-MM-DD, kept as that midnight UTC. */
  type: 'string' | 'number' | 'enumeration' | 'date';
  /** The group that the property is created in; null where every account has the property already. */
  group: string | null;
  /** Factor from the file's unit to the CRM's. */
  times?: number;
  /** The CRM takes it when a record is created, and never again. */
  onlyAtCreation?: true;
  /** A standard property that says the same, which the CRM and its apps act upon; `values` translates, and drops the rest. */
  also?: { property: string; values?: Readonly<Record<string, string>> };
}

export interface FileMapping {
  object: 'contacts' | 'companies' | 'deals';
  /** The column that names a row; its property is unique in the CRM. */
  key: Column;
  columns: readonly Column[];
  groups: readonly { name: string; label: string }[];
  /** Texts that stand for an empty cell. */
  missing: readonly string[];
}

const intake = 'lead_intake';
/** Columns that were filled in once a person had been contacted: a model that learns from them knows the outcome. */
const afterwards = 'written_after_contact';
const maven = 'maven';

/** A text with few different values. */
const choice = (column: string, property: string, group: string | null = intake, label = column): Column => ({
  column,
  property,
  label,
  type: 'enumeration',
  group,
});
const number = (column: string, property: string, group: string | null = intake, label = column): Column => ({
  column,
  property,
  label,
  type: 'number',
  group,
});
const text = (column: string, property: string, group: string | null = intake, label = column): Column => ({
  column,
  property,
  label,
  type: 'string',
  group,
});
const date = (column: string, property: string, label: string): Column => ({
  column,
  property,
  label,
  type: 'date',
  group: null,
});

const prospectId = text('Prospect ID', 'prospect_id');

/** Leads of an online course seller; each becomes a contact. */
export const leads: FileMapping = {
  object: 'contacts',
  key: prospectId,
  groups: [
    { name: intake, label: 'Lead intake' },
    { name: afterwards, label: 'Written after contact' },
  ],
  // Forms with an untouched selection box wrote what the box said.
  missing: ['Select'],
  columns: [
    prospectId,
    // A name, although it is written in digits: it counts up with the time of creation and measures nothing.
    text('Lead Number', 'lead_number'),
    choice('Lead Origin', 'lead_origin'),
    choice('Lead Source', 'lead_source'),
    {
      ...choice('Do Not Email', 'do_not_email'),
      also: { property: 'hs_email_optout', values: { Yes: 'true' } },
    },
    choice('Do Not Call', 'do_not_call'),
    number('Converted', 'converted', afterwards),
    number('TotalVisits', 'total_visits', intake, 'Total visits'),
    number('Total Time Spent on Website', 'time_on_website'),
    number('Page Views Per Visit', 'page_views_per_visit'),
    choice('Last Activity', 'last_activity'),
    { ...choice('Country', 'lead_country'), also: { property: 'country' } },
    choice('Specialization', 'specialization'),
    choice('How did you hear about X Education', 'heard_about_us'),
    choice('What is your current occupation', 'current_occupation'),
    choice('What matters most to you in choosing a course', 'what_matters_most'),
    choice('Search', 'seen_in_search'),
    choice('Magazine', 'seen_in_magazine'),
    choice('Newspaper Article', 'seen_in_newspaper_article'),
    choice('X Education Forums', 'seen_in_forums'),
    choice('Newspaper', 'seen_in_newspaper'),
    choice('Digital Advertisement', 'seen_in_digital_advertisement'),
    choice('Through Recommendations', 'came_by_recommendation'),
    choice('Receive More Updates About Our Courses', 'wants_course_updates'),
    choice('Tags', 'tags', afterwards),
    choice('Lead Quality', 'lead_quality', afterwards),
    choice('Update me on Supply Chain Content', 'wants_supply_chain_content'),
    choice('Get updates on DM Content', 'wants_dm_content'),
    choice('Lead Profile', 'lead_profile', afterwards),
    choice('City', 'lead_city'),
    choice('Asymmetrique Activity Index', 'asymmetrique_activity_index', afterwards),
    choice('Asymmetrique Profile Index', 'asymmetrique_profile_index', afterwards),
    number('Asymmetrique Activity Score', 'asymmetrique_activity_score', afterwards),
    number('Asymmetrique Profile Score', 'asymmetrique_profile_score', afterwards),
    choice('I agree to pay the amount through cheque', 'agrees_to_pay_by_cheque'),
    choice('A free copy of Mastering The Interview', 'wants_free_interview_guide'),
    choice('Last Notable Activity', 'last_notable_activity', afterwards),
  ],
};

/** Where a lead stands in the CRM, by its column `Converted`; '' is a lead whose outcome nobody knows yet. */
export const leadStates: Readonly<Record<string, Record<string, string>>> = {
  '': { lifecyclestage: 'lead' },
  '0': { lifecyclestage: 'lead', hs_lead_status: 'UNQUALIFIED' },
  '1': { lifecyclestage: 'opportunity', hs_lead_status: 'OPEN_DEAL' },
};

const account = text('account', 'maven_account', maven, 'Account');

export const accounts: FileMapping = {
  object: 'companies',
  key: account,
  groups: [{ name: maven, label: 'Maven' }],
  missing: [],
  columns: [
    { ...account, also: { property: 'name' } },
    choice('sector', 'maven_sector', maven, 'Sector'),
    text('year_established', 'founded_year', null, 'Year founded'),
    { ...number('revenue', 'annualrevenue', null, 'Annual revenue'), times: 1_000_000 },
    number('employees', 'numberofemployees', null, 'Number of employees'),
    text('office_location', 'country', null, 'Country/Region'),
    text('subsidiary_of', 'maven_subsidiary_of', maven, 'Subsidiary of'),
  ],
};

const opportunityId = text('opportunity_id', 'maven_opportunity_id', maven, 'Opportunity ID');

/** `deal_stage` holds the label of a stage of `mavenPipeline`; account and agent also become a link and an owner. */
export const deals: FileMapping = {
  object: 'deals',
  key: opportunityId,
  groups: [{ name: maven, label: 'Maven' }],
  missing: [],
  columns: [
    opportunityId,
    text('sales_agent', 'maven_sales_agent', maven, 'Sales agent'),
    choice('product', 'product', maven, 'Product'),
    text('account', 'maven_account', maven, 'Account'),
    text('deal_stage', 'dealstage', null, 'Deal stage'),
    { ...date('engage_date', 'createdate', 'Create date'), onlyAtCreation: true },
    date('close_date', 'closedate', 'Close date'),
    number('close_value', 'amount', null, 'Amount'),
  ],
};

/** Columns of the file of agents, who become owners: in the team of their manager first, and in that of their region. */
export const agentColumns = ['sales_agent', 'manager', 'regional_office'] as const;

/**
 * Probabilities are settings of a pipeline, not facts of the file: of its closed deals 63 % are won, and nothing in
 * it tells how much less likely a prospect is than somebody who is engaged.
 */
export const mavenPipeline = {
  label: 'Maven',
  stages: [
    { label: 'Prospecting', probability: '0.63' },
    { label: 'Engaging', probability: '0.63' },
    { label: 'Won', probability: '1.0' },
    { label: 'Lost', probability: '0.0' },
  ],
} as const;
