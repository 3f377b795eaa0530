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

/** A CRM user. `teams` are names; the sandbox gives each a stable id. */
export type SeedOwner = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  teams?: string[];
};

/** `probability` is a fraction as a decimal string ("0.4"); "1.0" and "0.0" with `isClosed` are won and lost. */
export type SeedStage = {
  id: string;
  label: string;
  displayOrder: number;
  probability: string;
  isClosed: boolean;
};

export type SeedPipeline = {
  id: string;
  label: string;
  displayOrder: number;
  objectType: 'deals';
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
};
