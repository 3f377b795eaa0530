/** A choice of an enumeration. */
type PropertyOption = { value: string; label: string };

export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';

/** What the account knows about one property of one object. */
export type PropertyDefinition = {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  groupName: string;
  description: string;
  options: PropertyOption[];
  hasUniqueValue: boolean;
  /** "server": only the CRM sets it. "create": may be given when the record is created, and never again. */
  readOnly?: 'server' | 'create';
  /** Choices that live elsewhere in the account instead of in `options`. */
  choices?: 'owners' | 'pipelines' | 'stages';
  /** The object whose pipelines those are; deals where it is not given. */
  choicesOf?: 'tickets' | 'leads';
  custom: boolean;
  createdAt?: string;
};

type Extra = Partial<Omit<PropertyDefinition, 'name' | 'label' | 'type' | 'custom'>>;

const FIELD_TYPES: Record<PropertyType, string> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  bool: 'booleancheckbox',
};

/** The form field HubSpot shows for a type when nobody chose one. */
export function defaultFieldType(type: PropertyType): string {
  return FIELD_TYPES[type];
}

function define(name: string, label: string, type: PropertyType, extra: Extra = {}): PropertyDefinition {
  return {
    name,
    label,
    type,
    fieldType: FIELD_TYPES[type],
    groupName: '',
    description: '',
    options: [],
    hasUniqueValue: false,
    custom: false,
    ...extra,
  };
}

const TRUE_FALSE = [
  { value: 'true', label: 'True' },
  { value: 'false', label: 'False' },
];

export const text = (name: string, label: string, extra?: Extra) => define(name, label, 'string', extra);
export const long = (name: string, label: string) => define(name, label, 'string', { fieldType: 'textarea' });
export const number = (name: string, label: string, extra?: Extra) => define(name, label, 'number', extra);
export const day = (name: string, label: string) => define(name, label, 'date');
export const moment = (name: string, label: string, extra?: Extra) => define(name, label, 'datetime', extra);
export const flag = (name: string, label: string, extra?: Extra) =>
  define(name, label, 'bool', { options: TRUE_FALSE, ...extra });

/** An enumeration whose choices are given as value → label. */
export function choice(name: string, label: string, options: Record<string, string>, extra?: Extra) {
  const list = Object.entries(options).map(([value, text]) => ({ value, label: text }));
  return define(name, label, 'enumeration', { options: list, ...extra });
}

/** An enumeration whose choices are the account's owners, or the pipelines or stages of deals or of `choicesOf`. */
export function linked(
  name: string,
  label: string,
  choices: 'owners' | 'pipelines' | 'stages',
  choicesOf?: 'tickets' | 'leads',
) {
  return define(name, label, 'enumeration', { choices, ...(choicesOf && { choicesOf }) });
}

/** Properties that every newer object has under these names. */
export const bookkeeping = (): PropertyDefinition[] => [
  moment('hs_createdate', 'Create date', { readOnly: 'create' }),
  moment('hs_lastmodifieddate', 'Last modified date', { readOnly: 'server' }),
  text('hs_object_id', 'Record ID', { readOnly: 'server' }),
];

/** Ids of the records that were merged into this one, joined by semicolons. */
export const mergedIds = () => text('hs_merged_object_ids', 'Merged record IDs', { readOnly: 'server' });

/** Puts a group's name on each property, so that tables need not repeat it. */
export function inGroup(groupName: string, properties: PropertyDefinition[]): PropertyDefinition[] {
  return properties.map(property => ({ ...property, groupName }));
}
