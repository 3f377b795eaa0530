import type { Field, FieldType } from '../model/field.ts';
import { toLongId } from '../ids.ts';
import { badJson, SalesforceRefusal } from '../refusal.ts';
import type { Value } from '../store/rows.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const EMAIL = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:.]+$/;

function tokenOf(value: unknown): string {
  if (typeof value === 'string') return `VALUE_STRING value ${value}`;
  if (typeof value === 'number') {
    return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'} value ${value}`;
  }
  if (typeof value === 'boolean') return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
  return Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
}

/** A value that is not even of the kind: the reader of the body stumbles over it, not the field. */
function unreadable(kind: string, value: unknown): never {
  throw badJson(
    `Cannot deserialize instance of ${kind} from ${tokenOf(value)} or request may be missing a required field`,
  );
}

function refuse(field: Field, code: string, message: string): never {
  throw new SalesforceRefusal(code, `${field.label}: ${message}`, { fields: [field.name] });
}

function readText(field: Field, value: unknown): string {
  if (typeof value !== 'string') return unreadable('string', value);
  const kept = field.type === 'textarea' ? value : value.trim();
  if (field.length > 0 && kept.length > field.length) {
    const start = kept.slice(0, 80);
    refuse(field, 'STRING_TOO_LONG', `data value too large: ${start} (max length=${field.length})`);
  }
  if (field.type === 'email' && !EMAIL.test(kept)) {
    refuse(field, 'INVALID_EMAIL_ADDRESS', `invalid email address: ${kept}`);
  }
  return kept;
}

function readChoice(field: Field, value: unknown): string {
  const given = readText(field, value);
  const parts = field.type === 'multipicklist' ? given.split(';') : [given];
  for (const part of parts) {
    const known = field.choices.some(choice => choice.active && choice.value === part);
    if (!known && field.restricted) {
      refuse(
        field,
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `bad value for restricted picklist field: ${part}`,
      );
    }
  }
  return given;
}

function readNumber(field: Field, value: unknown): number {
  const kind = field.type === 'int' ? 'int' : 'double';
  const written = typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value.trim());
  const number = typeof value === 'number' ? value : written ? Number(value) : unreadable(kind, value);
  if (kind === 'int' && !Number.isInteger(number)) unreadable(kind, value);
  const digits = field.precision - field.scale;
  if (digits > 0 && Math.abs(number) >= 10 ** digits) {
    const message = `value outside of valid range on numeric field: ${number}`;
    throw new SalesforceRefusal('NUMBER_OUTSIDE_VALID_RANGE', message, { fields: [field.name] });
  }
  return Number(number.toFixed(Math.min(field.scale, 15)));
}

function readMoment(value: unknown): string {
  const given = typeof value === 'string' ? value.trim() : '';
  const time = MOMENT.test(given) ? Date.parse(given.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN;
  if (Number.isNaN(time)) return unreadable('datetime', value);
  return new Date(Math.floor(time / 1000) * 1000).toISOString();
}

function readDay(value: unknown): string {
  const given = typeof value === 'string' ? value.trim() : '';
  if (MOMENT.test(given) && !Number.isNaN(Date.parse(given))) return given.slice(0, 10);
  const time = DAY.test(given) ? new Date(`${given}T00:00:00Z`) : undefined;
  const real = time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(given);
  return real ? given : unreadable('date', value);
}

function readId(field: Field, value: unknown): string {
  if (typeof value !== 'string') return unreadable('reference', value);
  return toLongId(value) ?? refuse(field, 'MALFORMED_ID', `id value of incorrect type: ${value}`);
}

function readFlag(_: Field, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  return value === 'true' || value === 'false' ? value === 'true' : unreadable('boolean', value);
}

const READERS: Record<FieldType, (field: Field, value: unknown) => Value> = {
  id: readId,
  reference: readId,
  boolean: readFlag,
  int: readNumber,
  double: readNumber,
  currency: readNumber,
  percent: readNumber,
  date: (_, value) => readDay(value),
  datetime: (_, value) => readMoment(value),
  picklist: readChoice,
  multipicklist: readChoice,
  string: readText,
  textarea: readText,
  email: readText,
  phone: readText,
  url: readText,
};

/** Checks a value against its field and brings it into the form in which it is kept. Null and "" clear. */
export function readValue(field: Field, value: unknown): Value {
  if (value === null || value === '') return field.type === 'boolean' ? unreadable('boolean', value) : null;
  return READERS[field.type](field, value);
}
