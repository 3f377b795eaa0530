import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { loadRow, type Fields, type Value } from '../store/rows.ts';
import { readValue } from './read-value.ts';

export type Input = Record<string, unknown>;

function checkReference(org: Org, field: Field, id: string): void {
  const target = loadRow(org.store, id);
  const fields = [field.name];
  if (!target) {
    const prefixes = field.referenceTo.map(name => org.schema.find(name)?.keyPrefix);
    if (!prefixes.includes(id.slice(0, 3))) wrongType(field, id);
    throw new SalesforceRefusal('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields });
  }
  if (!field.referenceTo.includes(target.type)) wrongType(field, id);
  if (target.deleted) throw new SalesforceRefusal('ENTITY_IS_DELETED', 'entity is deleted', { fields });
  if (field.name === 'OwnerId' && target.type === 'User' && target.fields['IsActive'] === false) {
    throw new SalesforceRefusal(
      'INACTIVE_OWNER_OR_USER',
      'operation performed with inactive user [' + id + '] as owner of record',
      { fields },
    );
  }
}

function wrongType(field: Field, id: string): never {
  const message = `${field.label}: id value of incorrect type: ${id}`;
  throw new SalesforceRefusal('FIELD_INTEGRITY_EXCEPTION', message, { fields: [field.name] });
}

/** The record that `{"Relationship__r": {"ExtId__c": "x"}}` names. */
function readRelated(org: Org, lookup: Field, by: unknown): string | null {
  if (by === null) return null;
  const [name, value] = Object.entries(by as Input).find(([key]) => key !== 'attributes') ?? ['', ''];
  for (const target of lookup.referenceTo) {
    const object = org.schema.find(target)!;
    const key = org.schema.field(object, name);
    if (!key) continue;
    const sql = `SELECT id FROM sf_record WHERE type = ? AND deleted = 0 AND fields ->> '$.${key.name}' = ? COLLATE NOCASE`;
    const found = org.store.get(sql, target, String(value));
    if (found) return String(found['id']);
  }
  const message = `Foreign key external ID: ${String(value)} not found for field ${name} in entity ${lookup.referenceTo.join()}`;
  throw new SalesforceRefusal('INVALID_FIELD', message, { fields: [lookup.name] });
}

/**
 * Reads what a caller wants a record to hold. Unknown fields, fields that may not be set, wrong values and
 * lookups that lead nowhere are refused by name.
 */
export function readInput(org: Org, object: SObject, input: Input, mode: 'insert' | 'update'): Fields {
  const values: Fields = {};
  const locked: string[] = [];
  for (const [name, given] of Object.entries(input)) {
    if (name === 'attributes') continue;
    const lookup = typeof given === 'object' ? org.schema.lookup(object, name) : undefined;
    const field = lookup ?? org.schema.field(object, name);
    if (!field) {
      const message = `No such column '${name}' on sobject of type ${object.name}`;
      throw new SalesforceRefusal('INVALID_FIELD', message);
    }
    if (!(mode === 'insert' ? field.createable : field.updateable)) {
      locked.push(field.name);
      continue;
    }
    const value: Value = lookup ? readRelated(org, lookup, given) : readValue(field, given);
    if (field.type === 'reference' && typeof value === 'string') checkReference(org, field, value);
    values[field.name] = value;
  }
  if (locked.length > 0) {
    throw new SalesforceRefusal(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${locked.join(', ')}. Please check the security settings of this field ` +
        'and verify that it is read/write for your profile or permission set.',
      { fields: locked },
    );
  }
  return values;
}
