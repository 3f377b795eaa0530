import { OBJECT_TYPES, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { propertiesOf } from '#lib/crm/sandbox/store/properties.ts';
import { claimUniqueValue, findByUniqueValue } from '#lib/crm/sandbox/store/unique-values.ts';
import type { Values } from './check-properties.ts';
import { Refusal } from './refusal.ts';

/** Makes the record the holder of its unique values, or refuses with 409 and names the present holder. */
export function claimUniqueValues(store: Store, type: ObjectName, id: number, values: Values): void {
  const known = propertiesOf(store, type);
  for (const [name, value] of Object.entries(values)) {
    if (!known.get(name)?.hasUniqueValue) continue;
    const holder = findByUniqueValue(store, type, name, value);
    if (holder !== undefined && holder !== id) {
      const { singular } = OBJECT_TYPES[type];
      const noun = singular.charAt(0).toUpperCase() + singular.slice(1);
      const message = `${noun} already exists. Existing ID: ${holder}`;
      throw new Refusal(409, 'CONFLICT', message, {
        context: { propertyName: [name], existingId: [`${holder}`] },
      });
    }
    claimUniqueValue(store, type, name, value, id);
  }
}
