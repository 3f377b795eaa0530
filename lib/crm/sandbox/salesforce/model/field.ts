export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multipicklist'
  | 'reference'
  | 'boolean'
  | 'int'
  | 'double'
  | 'currency'
  | 'percent'
  | 'date'
  | 'datetime';

export type Choice = { value: string; label: string; active: boolean; isDefault: boolean };

/** A field as describe tells of it. `length` counts characters; `precision` and `scale` digits. */
export type Field = {
  name: string;
  label: string;
  type: FieldType;
  length: number;
  precision: number;
  scale: number;
  nillable: boolean;
  createable: boolean;
  updateable: boolean;
  /** A formula or roll-up: Salesforce sets it, and its change makes no change event of its own. */
  calculated: boolean;
  externalId: boolean;
  unique: boolean;
  custom: boolean;
  choices: Choice[];
  restricted: boolean;
  referenceTo: string[];
  relationshipName: string | null;
  defaultValue: string | number | boolean | null;
  /** The change event field that holds it: a name or an address is one field there. */
  compound?: string;
};

type More = Partial<Field>;

/** "AnnualRevenue" → "Annual Revenue", "OwnerId" → "Owner ID". */
function labelOf(name: string): string {
  const words = name.replace(/__c$/, '').replaceAll('_', ' ');
  return words.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID');
}

export function field(name: string, type: FieldType, more: More = {}): Field {
  return {
    name,
    label: labelOf(name),
    type,
    length: 0,
    precision: 0,
    scale: 0,
    nillable: true,
    createable: true,
    updateable: true,
    calculated: false,
    externalId: false,
    unique: false,
    custom: name.endsWith('__c'),
    choices: [],
    restricted: false,
    referenceTo: [],
    relationshipName: null,
    defaultValue: null,
    ...more,
  };
}

export const text = (name: string, length = 255, more: More = {}): Field =>
  field(name, 'string', { length, ...more });
export const area = (name: string, length = 32_000, more: More = {}): Field =>
  field(name, 'textarea', { length, ...more });
export const email = (name: string, more: More = {}): Field => field(name, 'email', { length: 80, ...more });
export const phone = (name: string, more: More = {}): Field => field(name, 'phone', { length: 40, ...more });
export const url = (name: string, more: More = {}): Field => field(name, 'url', { length: 255, ...more });
export const flag = (name: string, more: More = {}): Field =>
  field(name, 'boolean', { nillable: false, defaultValue: false, ...more });
export const whole = (name: string, more: More = {}): Field => field(name, 'int', { precision: 8, ...more });
export const decimal = (name: string, precision = 18, scale = 2, more: More = {}): Field =>
  field(name, 'double', { precision, scale, ...more });
export const money = (name: string, more: More = {}): Field =>
  field(name, 'currency', { precision: 18, scale: 2, ...more });
export const percent = (name: string, more: More = {}): Field =>
  field(name, 'percent', { precision: 3, scale: 0, ...more });
export const day = (name: string, more: More = {}): Field => field(name, 'date', more);
export const moment = (name: string, more: More = {}): Field => field(name, 'datetime', more);

/** "A|B*|C": choices in order, the default starred. */
export function choicesOf(list: string): Choice[] {
  return list.split('|').map(entry => {
    const value = entry.replace(/\*$/, '');
    return { value, label: value, active: true, isDefault: entry.endsWith('*') };
  });
}

export function picklist(name: string, list: string, more: More = {}): Field {
  const choices = choicesOf(list);
  const defaultValue = choices.find(({ isDefault }) => isDefault)?.value ?? null;
  return field(name, 'picklist', { length: 255, choices, defaultValue, ...more });
}

/** A lookup; the relationship is named like the field without "Id" unless told. */
export function ref(name: string, to: string, more: More = {}): Field {
  const relationshipName = name.endsWith('__c') ? name.replace(/__c$/, '__r') : name.replace(/Id$/, '');
  return field(name, 'reference', { length: 18, referenceTo: to.split('|'), relationshipName, ...more });
}

/** Must be given, or have a default. */
export const required = (of: Field): Field => ({ ...of, nillable: false });
/** Can be set when the record is made, and never again. */
export const fixed = (of: Field): Field => ({ ...of, updateable: false });
/** Salesforce alone sets it. */
export const derived = (of: Field): Field => ({ ...of, createable: false, updateable: false });
export const within = (compound: string, fields: Field[]): Field[] =>
  fields.map(one => ({ ...one, compound }));

export function address(prefix: string): Field[] {
  return within(`${prefix}Address`, [
    area(`${prefix}Street`, 255),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80),
    text(`${prefix}PostalCode`, 20),
    text(`${prefix}Country`, 80),
    decimal(`${prefix}Latitude`, 18, 15),
    decimal(`${prefix}Longitude`, 18, 15),
  ]);
}
