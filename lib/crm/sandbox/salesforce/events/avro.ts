import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Value } from '../store/rows.ts';
import { eventFields, type ChangeEvent } from './log-change.ts';

type AvroType = { toBuffer: (value: unknown) => Buffer };
// The package comes without types; this is all of it that is used here.
const { parse } = createRequire(import.meta.url)('avro-js') as { parse: (schema: object) => AvroType };

/** One field of a change event: a value, or a compound (a name, an address) of several. */
type EventField = { name: string; parts: { name: string; field: Field }[]; compound: boolean };

export type EventSchema = { id: string; json: string; fields: EventField[]; type: AvroType };

const CHANGE_TYPES =
  'CREATE|UPDATE|DELETE|UNDELETE|GAP_CREATE|GAP_UPDATE|GAP_DELETE|GAP_UNDELETE|GAP_OVERFLOW|SNAPSHOT'.split(
    '|',
  );
const strings = { type: 'array', items: 'string' };

const HEADER = {
  type: 'record',
  name: 'ChangeEventHeader',
  fields: [
    { name: 'entityName', type: 'string' },
    { name: 'recordIds', type: strings },
    { name: 'changeType', type: { type: 'enum', name: 'ChangeType', symbols: CHANGE_TYPES } },
    { name: 'changeOrigin', type: 'string' },
    { name: 'transactionKey', type: 'string' },
    { name: 'sequenceNumber', type: 'int' },
    { name: 'commitTimestamp', type: 'long' },
    { name: 'commitNumber', type: 'long' },
    { name: 'commitUser', type: 'string' },
    { name: 'nulledFields', type: strings },
    { name: 'diffFields', type: strings },
    { name: 'changedFields', type: strings },
  ],
};

function avroName({ type }: Field): 'boolean' | 'int' | 'double' | 'long' | 'string' {
  if (type === 'boolean' || type === 'int') return type;
  if (type === 'double' || type === 'currency' || type === 'percent') return 'double';
  return type === 'date' || type === 'datetime' ? 'long' : 'string';
}

/** A part's name inside its compound: "BillingCity" is "City" of "BillingAddress". */
function partName(compound: string, name: string): string {
  const prefix = compound.replace(/Address$/, '');
  return compound.endsWith('Address') && prefix !== '' && name.startsWith(prefix)
    ? name.slice(prefix.length)
    : name;
}

function fieldsOf(object: SObject): EventField[] {
  const found = new Map<string, EventField>();
  for (const field of eventFields(object)) {
    const name = field.compound ?? field.name;
    const one = found.get(name) ?? { name, parts: [], compound: field.compound !== undefined };
    one.parts.push({ name: field.compound ? partName(name, field.name) : field.name, field });
    found.set(name, one);
  }
  return [...found.values()];
}

/** The Avro schema of an object's change events. It changes with the object's fields, and so does its id. */
export function eventSchema(object: SObject): EventSchema {
  const fields = fieldsOf(object);
  const named = new Set<string>();
  const compoundType = ({ name, parts }: EventField): unknown => {
    const record = name === 'Name' ? 'Switchable_PersonName' : `Address_${name}`;
    if (named.has(record)) return record;
    named.add(record);
    const inner = parts.map(part => ({
      name: part.name,
      type: ['null', avroName(part.field)],
      default: null,
    }));
    return { type: 'record', name: record, fields: inner };
  };
  const schema = {
    type: 'record',
    name: `${object.name}ChangeEvent`,
    namespace: 'com.sforce.eventbus',
    fields: [
      { name: 'ChangeEventHeader', type: HEADER },
      ...fields.map(field => ({
        name: field.name,
        type: ['null', field.compound ? compoundType(field) : avroName(field.parts[0]!.field)],
        default: null,
      })),
    ],
  };
  const json = JSON.stringify(schema);
  const id = createHash('md5').update(json).digest('base64url');
  return { id, json, fields, type: parse(schema) };
}

/** Bits as hexadecimal digits, lowest bit for the first field, whole bytes, capitals. */
function bitmap(bits: number[]): string {
  const hex = bits
    .reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n)
    .toString(16)
    .toUpperCase();
  return `0x${hex.length % 2 === 0 ? hex : `0${hex}`}`;
}

/** Field names as the event bus writes them: a bitmap over the schema's fields, and one for each compound. */
export function bitmapsOf(schema: EventSchema, names: string[]): string[] {
  if (names.length === 0) return [];
  const top: number[] = [];
  const nested: string[] = [];
  for (const [i, { parts, compound }] of schema.fields.entries()) {
    const hit = parts.flatMap(({ field }, at) => (names.includes(field.name) ? [at] : []));
    if (hit.length === 0) continue;
    if (compound) nested.push(`${i + 1}-${bitmap(hit)}`);
    else top.push(i + 1); // The header is field 0.
  }
  return [bitmap(top), ...nested];
}

function wrap(field: Field, value: Value | undefined): object | null {
  if (value == null) return null;
  const type = avroName(field);
  return { [type]: type === 'long' ? Date.parse(String(value)) : type === 'string' ? String(value) : value };
}

/** An event in Avro's binary form. */
export function encodeEvent(schema: EventSchema, event: ChangeEvent): Buffer {
  const { fields, nulledFields, changedFields, ...header } = event;
  const payload: Record<string, unknown> = {
    ChangeEventHeader: {
      ...header,
      nulledFields: bitmapsOf(schema, nulledFields),
      diffFields: [],
      changedFields: bitmapsOf(schema, changedFields),
    },
  };
  for (const { name, parts, compound } of schema.fields) {
    if (!compound) {
      payload[name] = wrap(parts[0]!.field, fields[parts[0]!.field.name]);
      continue;
    }
    const inner = parts.map(part => [part.name, wrap(part.field, fields[part.field.name])] as const);
    const record = name === 'Name' ? 'Switchable_PersonName' : `Address_${name}`;
    const filled = inner.some(([, value]) => value !== null);
    payload[name] = filled ? { [`com.sforce.eventbus.${record}`]: Object.fromEntries(inner) } : null;
  }
  return schema.type.toBuffer(payload);
}
