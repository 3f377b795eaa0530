import { z } from 'zod';
import type { CrmObject } from '#lib/core/subject.ts';
import type { CrmAccess, CrmAccount, ReadRecord } from '../doors.ts';
import { openSalesforce, type Salesforce } from './api.ts';
import { masterPipeline } from './derived.ts';
import { readableFields, type WireField } from './describe.ts';
import { named } from './normalise.ts';
import type { Rows } from './rows.ts';
import { select, textIn, unlessHidden, type Row } from './select.ts';
import { instantOf } from './values.ts';
import { wordOf } from './vocabulary.ts';

/** Objects whose field definitions are kept; each is one page of `properties`. */
export const definedObjects = {
  leads: 'Lead',
  contacts: 'Contact',
  companies: 'Account',
  deals: 'Opportunity',
} as const satisfies Partial<Record<CrmObject, string>>;
export type DefinedObject = keyof typeof definedObjects;

const unknownTime = '1970-01-01T00:00:00.000Z';

const Organization = z.looseObject({
  Id: z.string(),
  TimeZoneSidKey: z.string().nullish(),
  CurrencyIsoCode: z.string().nullish(),
});

/** The organisation: its id, and the currency and time zone in which it works. */
export async function readSalesforceAccount(access: CrmAccess): Promise<CrmAccount> {
  const salesforce = openSalesforce(access);
  const doing = 'reading the account';
  const ask = (fields: string[]) => select(salesforce, { sobject: 'Organization', fields, limit: 1, doing });
  const [row] = await ask(['Id', 'TimeZoneSidKey']);
  const { Id: id, TimeZoneSidKey: timezone } = Organization.parse(row);
  return { id, currency: await homeCurrency(salesforce), timezone: timezone ?? 'UTC' };
}

/** The corporate currency of an account with several; that of its locale otherwise, which only the user's record tells. */
async function homeCurrency(salesforce: Salesforce): Promise<string> {
  const corporate = await unlessHidden(() =>
    select(salesforce, {
      sobject: 'CurrencyType',
      fields: ['IsoCode'],
      where: 'IsCorporate = true',
      doing: 'reading the account',
    }),
  );
  const code = corporate?.[0]?.['IsoCode'];
  if (typeof code === 'string') return code;
  const users = await unlessHidden(() =>
    select(salesforce, {
      sobject: 'User',
      fields: ['DefaultCurrencyIsoCode'],
      where: "IsActive = true AND UserType = 'Standard'",
      limit: 1,
      doing: 'reading the account',
    }),
  );
  const own = users?.[0]?.['DefaultCurrencyIsoCode'];
  return typeof own === 'string' ? own : 'USD';
}

/**
 * One pipeline for each record type of opportunities, and `master` for those without. Which of the account's stages a
 * record type uses is not told by the interface, so each has them all, in the shape that every CRM's pipelines have.
 */
export async function readPipelines(salesforce: Salesforce): Promise<ReadRecord[]> {
  const doing = 'reading opportunity stages';
  const stages = await select(salesforce, {
    sobject: 'OpportunityStage',
    fields: ['Id', 'ApiName', 'MasterLabel', 'SortOrder', 'DefaultProbability', 'IsClosed', 'IsWon', 'IsActive', 'SystemModstamp'],
    doing,
  }); // prettier-ignore
  const types = await unlessHidden(() =>
    select(salesforce, {
      sobject: 'RecordType',
      fields: ['Id', 'Name', 'SystemModstamp'],
      where: "SobjectType = 'Opportunity' AND IsActive = true",
      doing,
    }),
  );
  const ordered = stages.toSorted((a, b) => Number(a['SortOrder']) - Number(b['SortOrder']));
  const all = [{ Id: masterPipeline, Name: 'Opportunities' } as Row, ...(types ?? [])];
  return all.map((type, order) => pipelineRecord(type, order, ordered));
}

function pipelineRecord(type: Row, order: number, stages: readonly Row[]): ReadRecord {
  const fields = {
    object: 'deals',
    label: textIn(type, 'Name') ?? '',
    displayOrder: String(order),
    stages: JSON.stringify(stages.map(stageOf)),
  };
  const times = [type, ...stages].flatMap(row => instantOf(row['SystemModstamp']) ?? []).sort();
  const updatedAt = times.at(-1) ?? unknownTime;
  const record = named('pipelines', textIn(type, 'Id') ?? '', {
    createdAt: unknownTime,
    updatedAt,
    archived: false,
    fields,
    history: [],
    links: [],
  });
  return { record, raw: { type, stages } };
}

/** Inactive stages stay: old opportunities stand in them. A closed stage is won or lost, whatever its percentage says. */
function stageOf(row: Row, displayOrder: number) {
  const [isClosed, isWon] = [row['IsClosed'] === true, row['IsWon'] === true];
  const percent = Number(row['DefaultProbability']);
  const open = Number.isFinite(percent) ? Math.min(Math.max(percent / 100, 0), 1) : null;
  return {
    id: textIn(row, 'ApiName') ?? textIn(row, 'MasterLabel') ?? '',
    label: textIn(row, 'MasterLabel') ?? textIn(row, 'ApiName') ?? '',
    displayOrder,
    probability: isClosed ? (isWon ? 1 : 0) : open,
    isClosed,
  };
}

/** The fields of one object as records; named as we name them. */
export async function readDefinitions(rows: Rows, object: DefinedObject): Promise<ReadRecord[]> {
  const sobject = definedObjects[object];
  const described = await rows.describe(sobject);
  return readableFields(described).map(field => definitionRecord(object, sobject, field));
}

const types: Readonly<Record<string, string>> = {
  boolean: 'bool',
  int: 'number',
  long: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  picklist: 'enumeration',
  multipicklist: 'enumeration',
};

function definitionRecord(object: DefinedObject, sobject: string, field: WireField): ReadRecord {
  const name = wordOf(sobject, field.name);
  const fields = {
    object,
    name,
    label: field.label,
    type: types[field.type] ?? 'string',
    fieldType: field.type,
    groupName: /^sidecard_/i.test(field.name) ? 'sidecard' : field.custom ? 'custom' : 'standard',
    description: field.inlineHelpText ?? '',
    hasUniqueValue: String(field.unique),
    calculated: String(field.calculated),
    custom: String(field.custom),
    options: JSON.stringify(
      (field.picklistValues ?? []).map(({ value, label }) => ({ value, label: label ?? value })),
    ),
  };
  const record = named('properties', `${object}.${name}`, {
    createdAt: unknownTime,
    updatedAt: unknownTime,
    archived: false,
    fields,
    history: [],
    links: [],
  });
  return { record, raw: field };
}
