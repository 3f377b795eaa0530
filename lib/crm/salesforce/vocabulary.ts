import { activities } from './words/activities.ts';
import { people } from './words/people.ts';
import { sales } from './words/sales.ts';
import type { Words } from './words/words.ts';

/**
 * Salesforce's standard fields in the house's words, which are the same in every CRM (HubSpot's own names). What stands
 * here under a word means what the word means: graph, features and agents need not know the CRM. Fields that are not
 * here, custom ones included, keep their API name.
 *
 * Where it is not obvious:
 * - `LeadSource` is `hs_analytics_source`: both say by which channel somebody first came.
 * - `Status` of a lead stays `status`, in the account's own words; `hs_lead_status` and `lifecyclestage` are derived from
 *   it and from the conversion (derived.ts), since outcomes are read from those.
 * - `RecordTypeId` of an opportunity is `pipeline`: it decides which sales process, and so which stages, a deal has.
 * - `IsClosed` of a task becomes the status COMPLETED, whatever the account calls its closed status.
 */
const vocabulary: Readonly<Record<string, Words>> = { ...people, ...activities, ...sales };

/** The house's word for a field of an object. */
export const wordOf = (table: string, field: string): string => vocabulary[table]?.[field] ?? field;

/** Salesforce's name for one of the house's words, of what is written back; itself for a custom field. */
export const fieldOf = (table: string, word: string): string =>
  Object.entries(vocabulary[table] ?? {}).find(([, known]) => known === word)?.[0] ?? word;

/** The standard fields of an object that have a word. */
export const wordedFields = (table: string): string[] => Object.keys(vocabulary[table] ?? {});

/** Salesforce's own book-keeping: it changes without anything having changed that we read. */
export const bookkeeping: ReadonlySet<string> = new Set(
  `attributes Id IsDeleted MasterRecordId SystemModstamp LastModifiedDate LastModifiedById LastViewedDate
  LastReferencedDate PhotoUrl JigsawContactId Jigsaw JigsawCompanyId CleanStatus UserRecordAccessId IndividualId
  ActivityMetricId ActivityMetricRollupId`.split(/\s+/),
);
