import type { CrmObject } from '#lib/core/subject.ts';
import type { ValueType } from './value-evidence.ts';

/** Kinds of records that a file can hold. */
export const importable = [
  'contacts',
  'companies',
  'deals',
  'leads',
  'tasks',
  'notes',
  'calls',
  'emails',
  'meetings',
  'products',
  'campaigns',
  'memberships',
  'tickets',
] as const satisfies readonly CrmObject[];
export type Importable = (typeof importable)[number];

export const linkWays = ['id', 'email', 'domain', 'name'] as const;
export type LinkWay = (typeof linkWays)[number];
export type Linkable = Extract<CrmObject, 'contacts' | 'companies' | 'deals' | 'leads' | 'campaigns'>;

/** What a column can mean: the record's id, a field of it, a link to another record, or field and link at once. */
export interface HouseField {
  target: { id?: true; field?: string; link?: { object: Linkable; by: LinkWay } };
  type: ValueType;
  /** What HubSpot's and Salesforce's exports, and people, call such a column. */
  names: readonly string[];
}

/** A field of the product, and other names for it. */
export const field = (name: string, type: ValueType, ...names: string[]): HouseField => ({
  target: { field: name },
  type,
  names: [name, ...names],
});
/** A link to another record by one of its names. */
export const link = (object: Linkable, by: LinkWay, ...names: string[]): HouseField => ({
  target: { link: { object, by } },
  type: by === 'email' ? 'email' : by === 'domain' ? 'url' : 'text',
  names,
});
/** The record's own id. */
export const id = (...names: string[]): HouseField => ({
  target: { id: true },
  type: 'text',
  names: ['Record ID', 'Record ID - Contact', 'ID', 'External ID', 'hs_object_id', ...names],
});

/** When a record was made and changed. */
export const dates = [
  field(
    'createdate',
    'date',
    'Create Date',
    'Created Date',
    'Created',
    'Created At',
    'Created On',
    'Date Created',
  ),
  field(
    'hs_lastmodifieddate',
    'date',
    'Last Modified Date',
    'Last Modified',
    'Modified Date',
    'Updated At',
    'Last Updated',
  ),
];
/** Who owns a record. */
export const owner = (...names: string[]) =>
  field(
    'hubspot_owner_id',
    'text',
    'Owner',
    'Owner ID',
    'Owner Email',
    'Record Owner',
    'Assigned To',
    ...names,
  );
/** Ways to name a record's company, person and deal. */
export const toCompany = [
  link(
    'companies',
    'id',
    'Associated Company IDs',
    'Associated Company ID',
    'Primary Associated Company ID',
    'Account ID',
    'Company ID',
  ),
  link('companies', 'name', 'Associated Company', 'Primary Associated Company', 'Account Name', 'Account'),
  link('companies', 'domain', 'Company Domain', 'Associated Company Domain', 'Account Domain'),
];
export const toContact = [
  link('contacts', 'id', 'Associated Contact IDs', 'Associated Contact ID', 'Contact ID', 'Who ID'),
  link(
    'contacts',
    'email',
    'Associated Contact',
    'Associated Contacts',
    'Contact Email',
    'Associated Email',
    'Who Email',
  ),
];
export const toDeal = [
  link('deals', 'id', 'Associated Deal IDs', 'Associated Deal ID', 'Deal ID', 'Opportunity ID', 'What ID'),
  link('deals', 'name', 'Associated Deal', 'Associated Deals', 'Opportunity Name', 'Opportunity'),
];
