import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { PropertyDefinition } from '#lib/crm/sandbox/model/property.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { parseValue } from './parse-value.ts';
import { invalid, type RefusalDetail } from './refusal.ts';

export type Values = Record<string, string>;

function refuseReadOnly(property: PropertyDefinition, use: 'create' | 'update'): boolean {
  return property.readOnly === 'server' || (property.readOnly === 'create' && use === 'update');
}

function detail(name: string, code: string, message: string): RefusalDetail {
  return { message, code, context: { propertyName: [name] } };
}

/**
 * Checks what a caller wants to set, and returns it in the form in which it is kept.
 * Throws one Refusal that lists everything that is wrong.
 */
export function checkProperties(
  store: Store,
  type: ObjectName,
  input: Values,
  use: 'create' | 'update',
): Values {
  const known = propertiesOf(store, type);
  const details: RefusalDetail[] = [];
  const values: Values = {};
  for (const [name, raw] of Object.entries(input)) {
    const property = known.get(name);
    if (!property) {
      details.push(detail(name, 'PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`));
    } else if (refuseReadOnly(property, use)) {
      details.push(
        detail(name, 'READ_ONLY_VALUE', `"${name}" is a read only property; its value cannot be set.`),
      );
    } else {
      const parsed = parseValue(store, property, raw);
      if (parsed.ok) values[name] = parsed.value;
      else details.push(detail(name, parsed.code, parsed.message));
    }
  }
  for (const name of use === 'create' ? OBJECT_TYPES[type].required : []) {
    if (!input[name])
      details.push(detail(name, 'REQUIRED_PROPERTY', `Required property "${name}" is missing`));
  }
  refuseValues(details);
  return values;
}

/** Refuses if anything is wrong, in HubSpot's words: the list of faults stands in the message as JSON. */
export function refuseValues(details: RefusalDetail[]): void {
  if (details.length === 0) return;
  const summary = details.map(({ message, code, context }) => ({
    isValid: false,
    message,
    error: code,
    name: context?.['propertyName']?.[0],
  }));
  throw invalid(`Property values were not valid: ${JSON.stringify(summary)}`, details);
}
