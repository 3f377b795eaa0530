import type { PropertyDefinition, PropertyType } from '#lib/crm/sandbox/model/property.ts';
import { findOwner } from '#lib/crm/sandbox/store/owners.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listPipelines } from '#lib/crm/sandbox/store/pipelines.ts';

/** The value as it is kept, or why it cannot be. */
export type ParsedValue = { ok: true; value: string } | { ok: false; code: string; message: string };

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const EMAIL = /^[^\s@<>()",;:]+@[^\s@<>()",;:]+\.[^\s@<>()",;:.]+$/;
const LONGEST_TEXT = 65_536;
const DAY_MS = 86_400_000;

const good = (value: string): ParsedValue => ({ ok: true, value });
const bad = (code: string, message: string): ParsedValue => ({ ok: false, code, message });

/** Milliseconds of a moment written as ISO 8601 with offset, as a day, or as milliseconds since 1970. */
export function parseMoment(raw: string): number | undefined {
  const readable = DAY.test(raw) || ISO_MOMENT.test(raw) ? Date.parse(raw) : Number(raw);
  const isMilliseconds = /^-?\d{1,15}$/.test(raw);
  const known = DAY.test(raw) || ISO_MOMENT.test(raw) || isMilliseconds;
  return known && Number.isFinite(readable) && Math.abs(readable) <= 8.64e15 ? readable : undefined;
}

/** The choices an enumeration offers now, those kept elsewhere in the account included. */
export function choicesOf(store: Store, property: PropertyDefinition): { value: string; label: string }[] {
  const pipelines = () => listPipelines(store, property.choicesOf ?? 'deals');
  if (property.choices === 'pipelines') return pipelines().map(({ id, label }) => ({ value: id, label }));
  if (property.choices === 'stages') {
    return pipelines().flatMap(({ stages }) => stages.map(({ id, label }) => ({ value: id, label })));
  }
  return property.options;
}

function parseChoice(store: Store, property: PropertyDefinition, raw: string): ParsedValue {
  if (property.choices === 'owners') {
    return findOwner(store, raw) ? good(raw) : bad('INVALID_OWNER_ID', `Owner ${raw} does not exist`);
  }
  const allowed = new Set(choicesOf(store, property).map(({ value }) => value));
  const values = property.fieldType === 'checkbox' ? raw.split(';').filter(Boolean) : [raw];
  const unknown = values.find(value => !allowed.has(value));
  if (unknown === undefined) return good(values.join(';'));
  const list = [...allowed].slice(0, 40).join(', ');
  return bad('INVALID_OPTION', `${unknown} was not one of the allowed options: [${list}]`);
}

const PARSERS: Record<
  PropertyType,
  (raw: string, property: PropertyDefinition, store: Store) => ParsedValue
> = {
  number: raw =>
    NUMBER.test(raw) && Number.isFinite(Number(raw))
      ? good(raw)
      : bad('INVALID_NUMBER', `${raw} was not a valid number`),
  datetime: raw => {
    const at = parseMoment(raw);
    if (at === undefined) return bad('INVALID_DATE', `${raw} was not a valid long or ISO 8601 moment`);
    return good(new Date(at).toISOString());
  },
  date: raw => {
    const at = parseMoment(raw);
    const isDay = at !== undefined && at % DAY_MS === 0;
    return isDay
      ? good(new Date(at).toISOString().slice(0, 10))
      : bad('INVALID_DATE', `${raw} is not midnight UTC of a day`);
  },
  bool: raw =>
    raw === 'true' || raw === 'false' ? good(raw) : bad('INVALID_BOOLEAN', `${raw} is not true or false`),
  enumeration: (raw, property, store) => parseChoice(store, property, raw),
  string: (raw, { name }) => {
    if (raw.length > LONGEST_TEXT) return bad('INVALID_LENGTH', `Longer than ${LONGEST_TEXT} characters`);
    if (name !== 'email') return good(raw);
    return EMAIL.test(raw)
      ? good(raw.toLowerCase())
      : bad('INVALID_EMAIL', `Email address ${raw} is invalid`);
  },
};

/** Checks a value against its property and brings it into the form in which it is kept. Empty clears. */
export function parseValue(store: Store, property: PropertyDefinition, raw: string): ParsedValue {
  return raw === '' ? good('') : PARSERS[property.type](raw, property, store);
}
