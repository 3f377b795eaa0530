/** One value a property had, and when it got it (ISO 8601, UTC). */
export type SeedValue = { value: string; at: string };

/**
 * One record to plant. `type` is the plural object name ("contacts", "deals", "emails", …), `id` a decimal
 * string that is unique within the type. `history` lists a property's earlier values (any order); its newest
 * entry should equal the value in `properties`. Without history a property counts as set at `createdAt`.
 * Enumerations take a choice's value or its label. `associations` are kept in both directions, so one side is enough.
 */
export type SeedRecord = {
  type: string;
  id: string;
  properties: Record<string, string>;
  history?: Record<string, SeedValue[]>;
  createdAt: string;
  updatedAt: string;
  associations?: { type: string; id: string }[];
};

/**
 * A CRM user. `teams` are names; the sandbox gives each a stable id. `timeZone` is an IANA name; working hours are
 * minutes from midnight in it, and `away` are stretches of absence (ISO 8601).
 */
export type SeedOwner = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  teams?: string[];
  jobTitle?: string;
  timeZone?: string;
  workingHours?: { days: 'MONDAY_TO_FRIDAY' | 'EVERY_DAY'; startMinute: number; endMinute: number };
  away?: { from: string; to: string }[];
};

/** A marketing campaign, by HubSpot's own property names; `id` is a GUID. */
export type SeedCampaign = { id: string; properties: Record<string, string>; createdAt: string };

/** A sequence of the owner `ownerId`. */
export type SeedSequence = { id: string; name: string; ownerId: string; createdAt: string };

/** A contact that stands in a sequence. */
export type SeedEnrolment = { contactId: string; sequenceId: string; enrolledAt: string };

/** A workflow; `ownerIds` are users that its first step hands records to in turn. */
export type SeedWorkflow = {
  id: string;
  name: string;
  isEnabled: boolean;
  objectType: string;
  createdAt: string;
  enrols: { property: string; value: string };
  actions: { actionTypeId: string; fields: Record<string, unknown> }[];
};

/** What a person said of one kind of e-mail, or of all. */
export type SeedChoice = {
  email: string;
  subscriptionId: string;
  state: 'SUBSCRIBED' | 'UNSUBSCRIBED';
  at: string;
};

/** What one unit of a currency is worth in the account's own, from `effectiveAt` on. */
export type SeedRate = { fromCurrencyCode: string; conversionRate: number; effectiveAt: string };

/**
 * `probability` is a fraction as a decimal string ("0.4"); "1.0" and "0.0" with `isClosed` are won and lost.
 * Stages of tickets and leads leave it empty and have a `state` ("OPEN", "CLOSED"; "NEW", "QUALIFIED" …).
 */
export type SeedStage = {
  id: string;
  label: string;
  displayOrder: number;
  probability: string;
  isClosed: boolean;
  state?: string;
};

export type SeedPipeline = {
  id: string;
  label: string;
  displayOrder: number;
  objectType: 'deals' | 'tickets' | 'leads';
  stages: SeedStage[];
};

/** A property beyond the standard ones. */
export type SeedProperty = {
  objectType: string;
  name: string;
  label: string;
  type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';
  fieldType?: string;
  groupName?: string;
  description?: string;
  options?: { value: string; label: string }[];
  hasUniqueValue?: boolean;
};

/** Everything one demo account needs. Records may refer to each other in any order. */
export type SeedSet = {
  owners: SeedOwner[];
  pipelines: SeedPipeline[];
  properties: SeedProperty[];
  records: SeedRecord[];
  campaigns?: SeedCampaign[];
  sequences?: SeedSequence[];
  enrolments?: SeedEnrolment[];
  workflows?: SeedWorkflow[];
  choices?: SeedChoice[];
  rates?: SeedRate[];
};
