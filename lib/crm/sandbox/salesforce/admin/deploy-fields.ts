import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { field, type Choice, type Field, type FieldType } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';

/** What an admin says of a new field, in the words of Salesforce's field metadata. */
export const fieldBody = z.object({
  object: z.string().min(1),
  fullName: z.string().regex(/^[A-Za-z]\w*__c$/, 'letters, digits and underscores, and "__c" at the end'),
  label: z.string().optional(),
  type: z.string(),
  length: z.coerce.number().int().positive().optional(),
  precision: z.coerce.number().int().positive().optional(),
  scale: z.coerce.number().int().min(0).optional(),
  externalId: z.stringbool().or(z.boolean()).default(false),
  unique: z.stringbool().or(z.boolean()).default(false),
  required: z.stringbool().or(z.boolean()).default(false),
  defaultValue: z.union([z.string(), z.boolean(), z.number()]).optional(),
  values: z.array(z.string()).default([]),
  restricted: z.stringbool().or(z.boolean()).default(false),
  referenceTo: z.string().optional(),
  relationshipName: z.string().optional(),
});
export type FieldRequest = z.infer<typeof fieldBody>;

/** The type that describe shows, by the type of the metadata. */
const TYPES: Record<string, FieldType> = {
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  Email: 'email',
  Phone: 'phone',
  Url: 'url',
  Number: 'double',
  Currency: 'currency',
  Percent: 'percent',
  Checkbox: 'boolean',
  Date: 'date',
  DateTime: 'datetime',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Lookup: 'reference',
};

function defaultOf(type: FieldType, given: FieldRequest['defaultValue']): Field['defaultValue'] {
  if (type === 'boolean') return given === true || given === 'true';
  return given ?? null;
}

function toField(request: FieldRequest): Field {
  const type = TYPES[request.type];
  if (!type) throw new SalesforceRefusal('INVALID_TYPE', `Field type ${request.type} is not supported here`);
  const choices: Choice[] = request.values.map(value => ({
    value,
    label: value,
    active: true,
    isDefault: false,
  }));
  const isLookup = type === 'reference';
  return field(request.fullName, type, {
    length:
      request.length ?? (type === 'string' || type === 'textarea' ? 255 : type === 'reference' ? 18 : 0),
    precision: request.precision ?? 18,
    scale: request.scale ?? 0,
    nillable: type !== 'boolean' && !request.required,
    externalId: request.externalId,
    unique: request.unique,
    choices,
    restricted: request.restricted,
    defaultValue: defaultOf(type, request.defaultValue),
    ...(request.label === undefined ? {} : { label: request.label }),
    ...(isLookup && request.referenceTo
      ? { referenceTo: [request.referenceTo], relationshipName: request.fullName.replace(/__c$/, '__r') }
      : {}),
  });
}

/** The objects that a field's place means: activities share their custom fields. */
function objectsOf(org: Org, name: string): SObject[] {
  const names = name === 'Activity' ? ['Task', 'Event'] : [name];
  return names.map(one => {
    const object = org.schema.find(one);
    if (!object) throw new SalesforceRefusal('INVALID_TYPE', `sObject type '${one}' is not supported.`);
    return object;
  });
}

/** Adds a custom field, or changes it. */
export function deployField(org: Org, request: FieldRequest): void {
  const made = toField(request);
  for (const object of objectsOf(org, request.object)) org.schema.addField(org.store, object, made);
}

/** Files of field metadata below `folder`: …/objects/Lead/fields/Score__c.field-meta.xml */
function fieldFiles(folder: string): { object: string; file: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.field-meta.xml') && !path.includes('node_modules'))
    .map(path => ({ object: basename(join(path, '..', '..')), file: join(folder, path) }))
    .toSorted((a, b) => a.file.localeCompare(b.file));
}

const pickListShape = z
  .object({
    restricted: z.stringbool().optional(),
    valueSetDefinition: z.object({ value: z.array(z.object({ fullName: z.coerce.string() })) }).optional(),
  })
  .optional();

/** Deploys the fields of an SFDX package, as the command line would. Without the folder there is nothing to do. */
export function deployPackage(org: Org, folder: string): string[] {
  if (!existsSync(folder)) return [];
  const parser = new XMLParser({ parseTagValue: false, isArray: name => name === 'value' });
  return fieldFiles(folder).map(({ object, file }) => {
    const { CustomField } = parser.parse(readFileSync(file, 'utf8')) as {
      CustomField: Record<string, unknown>;
    };
    const valueSet = pickListShape.parse(CustomField['valueSet']);
    const values = valueSet?.valueSetDefinition?.value.map(({ fullName }) => fullName) ?? [];
    const restricted = valueSet?.restricted ?? false;
    const request = fieldBody.parse({ ...CustomField, object, values, restricted });
    deployField(org, request);
    return `${object}.${request.fullName}`;
  });
}
