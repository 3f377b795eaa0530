import type { CrmObject } from '#lib/core/subject.ts';

/** Earlier values that stand in a table of their own. */
export interface HistorySource {
  sobject: string;
  /** Its field with the record's id. */
  key: string;
  /**
   * `changes`: a row is one field's old and new value. A list: a row is a snapshot of these fields.
   * A field that has a snapshot is left out of the changes.
   */
  rows: 'changes' | readonly string[];
}

/** Links that stand in a table of their own. */
export interface LinkSource {
  sobject: string;
  key: string;
  /** Its field with the far end's id. */
  to: string;
  /** Its fields that say what kind of link it is: a flag for `primary`, and a label. */
  primary?: string;
  label?: string;
  where?: string;
  /** True when a new row there is news about our record, which itself then does not change. */
  isNews?: true;
  /** What being named there says about our record, from then on. */
  makes?: { field: string; value: string };
}

/** Where the records of one object stand in Salesforce. */
export interface Source {
  sobject: string;
  /** Whose words its fields have; the object's own name unless one object is read as several. */
  words?: string;
  /** `all`: whatever the account has, custom fields included; else those that have a word, and these. */
  fields: 'all' | readonly string[];
  where?: string;
  /** Rows that may have been of this source before, and no longer are. */
  left?: string;
  /** Salesforce archives old activities, and shows them only to a query for everything. */
  withArchived?: true;
  /** The field with the time of the last change; SystemModstamp unless said. */
  modified?: string;
  /** Fields of the record itself that name another. */
  links?: Readonly<Record<string, 'primary' | 'plain' | 'manager' | 'role' | 'parent'>>;
  history?: readonly HistorySource[];
  linkSources?: readonly LinkSource[];
  /** A table whose rows of this field's ids are read there, and left out here. */
  unlessIn?: { sobject: string; key: string };
  /** A short list that is read whole: it keeps neither an order of ids nor a list of deletions. */
  whole?: true;
  /** The field with the record's id, where it is not Id. */
  id?: 'DurableId';
}

const activityLinks = { WhoId: 'plain', WhatId: 'plain', AccountId: 'plain' } as const;
const relations = (of: 'Task' | 'Event'): LinkSource[] => [
  { sobject: `${of}Relation`, key: `${of}Id`, to: 'RelationId' },
];
const task = {
  sobject: 'Task',
  withArchived: true,
  links: activityLinks,
  linkSources: relations('Task'),
} as const;
const taskFields = [
  'IsClosed',
  'TaskSubtype',
  'WhoId',
  'WhatId',
  'AccountId',
  'ReminderDateTime',
  'IsReminderSet',
];
const roles: LinkSource = {
  sobject: 'OpportunityContactRole',
  key: 'OpportunityId',
  to: 'ContactId',
  primary: 'IsPrimary',
  label: 'Role',
  isNews: true,
};

/**
 * What Sidecard reads of each object. A task of subtype Call is a call. A closed one of subtype Email is an e-mail that
 * was logged without its message; where there is a message, that is the e-mail, and the task beside it is left out.
 * An open task of subtype Email is work to do, and so a task.
 */
export const sources = {
  owners: [
    { sobject: 'User', fields: [], links: { ManagerId: 'manager', UserRoleId: 'role' } },
    { sobject: 'Group', fields: ['RelatedId'], where: "Type = 'Queue'" },
  ],
  teams: [
    { sobject: 'UserRole', fields: [], links: { ParentRoleId: 'parent' } },
    {
      sobject: 'Group',
      fields: [],
      where: "Type = 'Regular'",
      linkSources: [{ sobject: 'GroupMember', key: 'GroupId', to: 'UserOrGroupId', isNews: true }],
    },
  ],
  companies: [
    {
      sobject: 'Account',
      fields: 'all',
      links: { ParentId: 'parent' },
      history: [{ sobject: 'AccountHistory', key: 'AccountId', rows: 'changes' }],
      linkSources: [
        { sobject: 'AccountTeamMember', key: 'AccountId', to: 'UserId', label: 'TeamMemberRole' },
      ],
    },
  ],
  contacts: [
    {
      sobject: 'Contact',
      fields: 'all',
      links: { AccountId: 'primary' },
      history: [{ sobject: 'ContactHistory', key: 'ContactId', rows: 'changes' }],
      // Salesforce's contacts have no life-cycle stage: who has a part in an opportunity is one.
      linkSources: [
        {
          ...roles,
          key: 'ContactId',
          to: 'OpportunityId',
          makes: { field: 'lifecyclestage', value: 'opportunity' },
        },
      ],
    },
  ],
  leads: [
    {
      sobject: 'Lead',
      fields: 'all',
      history: [{ sobject: 'LeadHistory', key: 'LeadId', rows: 'changes' }],
    },
  ],
  deals: [
    {
      sobject: 'Opportunity',
      fields: 'all',
      links: { AccountId: 'primary', CampaignId: 'plain' },
      history: [
        { sobject: 'OpportunityHistory', key: 'OpportunityId', rows: ['StageName', 'Amount', 'CloseDate'] },
        { sobject: 'OpportunityFieldHistory', key: 'OpportunityId', rows: 'changes' },
      ],
      linkSources: [
        roles,
        { sobject: 'OpportunityTeamMember', key: 'OpportunityId', to: 'UserId', label: 'TeamMemberRole' },
      ],
    },
  ],
  emails: [
    {
      sobject: 'EmailMessage',
      fields: ['IsBounced', 'RelatedToId', 'ParentId', 'ActivityId'],
      links: { RelatedToId: 'plain', ParentId: 'plain' },
      linkSources: [{ sobject: 'EmailMessageRelation', key: 'EmailMessageId', to: 'RelationId' }],
    },
    {
      ...task,
      words: 'EmailTask',
      fields: taskFields,
      where: "TaskSubtype = 'Email' AND IsClosed = true",
      left: "TaskSubtype = 'Email' AND IsClosed = false",
      unlessIn: { sobject: 'EmailMessage', key: 'ActivityId' },
    },
  ],
  calls: [{ ...task, words: 'Call', fields: taskFields, where: "TaskSubtype = 'Call'" }],
  meetings: [
    {
      sobject: 'Event',
      fields: ['WhoId', 'WhatId', 'AccountId', 'IsAllDayEvent'],
      // Each invited user has a copy of the event.
      where: 'IsChild = false',
      withArchived: true,
      links: activityLinks,
      linkSources: relations('Event'),
    },
  ],
  notes: [
    {
      sobject: 'ContentNote',
      fields: [],
      modified: 'LastModifiedDate',
      linkSources: [{ sobject: 'ContentDocumentLink', key: 'ContentDocumentId', to: 'LinkedEntityId' }],
    },
    { sobject: 'Note', fields: ['ParentId'], links: { ParentId: 'plain' } },
  ],
  tasks: [
    {
      ...task,
      fields: taskFields,
      where: "TaskSubtype != 'Call' AND (TaskSubtype != 'Email' OR IsClosed = false)",
      left: "TaskSubtype = 'Email' AND IsClosed = true",
    },
  ],
  tickets: [
    {
      sobject: 'Case',
      fields: ['ContactId', 'AccountId'],
      links: { ContactId: 'primary', AccountId: 'primary' },
      history: [{ sobject: 'CaseHistory', key: 'CaseId', rows: 'changes' }],
    },
  ],
  products: [{ sobject: 'Product2', fields: [] }],
  line_items: [
    { sobject: 'OpportunityLineItem', fields: [], links: { OpportunityId: 'primary', Product2Id: 'plain' } },
  ],
  campaigns: [{ sobject: 'Campaign', fields: ['ParentId'], links: { ParentId: 'parent' } }],
  memberships: [
    {
      sobject: 'CampaignMember',
      fields: [],
      links: { CampaignId: 'plain', LeadId: 'plain', ContactId: 'plain' },
    },
  ],
  enrolments: [{ sobject: 'ActionCadenceTracker', fields: [], links: { TargetId: 'plain' } }],
  quotas: [{ sobject: 'ForecastingQuota', fields: [], whole: true }],
  forecasts: [{ sobject: 'ForecastingItem', fields: [], whole: true }],
  currencies: [
    { sobject: 'CurrencyType', fields: [], whole: true },
    { sobject: 'DatedConversionRate', fields: [], whole: true },
  ],
  automations: [
    { sobject: 'AssignmentRule', fields: [], whole: true },
    { sobject: 'FlowDefinitionView', fields: [], modified: 'LastModifiedDate', id: 'DurableId', whole: true },
    { sobject: 'ActionCadence', fields: [], whole: true },
  ],
} as const satisfies Partial<Record<CrmObject, readonly Source[]>>;

export type SourcedObject = keyof typeof sources;

export const isSourced = (object: CrmObject): object is SourcedObject => object in sources;

/** Never empty. */
export const sourcesOf = (object: SourcedObject): readonly Source[] => sources[object];
