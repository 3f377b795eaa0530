import type { SObject } from '../model/sobject.ts';
import { toLongId } from '../ids.ts';
import { inTransaction, type Actor, type Org } from '../org.ts';
import { notFound, SalesforceRefusal } from '../refusal.ts';
import { holderOf } from '../store/unique-values.ts';
import type { Field } from '../model/field.ts';
import type { Input } from './read-input.ts';
import { createRecord, updateRecord } from './write-record.ts';

/** The field that an upsert or an external id path may use, or the refusal that names it. */
export function requireExternalId(org: Org, object: SObject, name: string): Field {
  const field = org.schema.field(object, name);
  if (!field || !(field.externalId || field.name === 'Id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  }
  return field;
}

/** The records that hold this external id; one, unless the field is not unique. */
export function findByExternalId(org: Org, object: SObject, field: Field, value: string): string[] {
  if (field.name === 'Id') return [toLongId(value) ?? ''];
  const holder = field.unique ? holderOf(org.store, object.name, field.name, value) : undefined;
  if (field.unique) return holder === undefined ? [] : [holder];
  const sql =
    `SELECT id FROM sf_record WHERE type = ? AND deleted = 0 AND fields ->> '$.${field.name}' = ? ` +
    'COLLATE NOCASE ORDER BY id LIMIT 3';
  return org.store.all(sql, object.name, value).map(row => String(row['id']));
}

/** Updates the record with this external id, or makes it. */
export function upsertRecord(
  org: Org,
  actor: Actor,
  object: SObject,
  key: { field: Field; value: string },
  input: Input,
): { id: string; created: boolean } {
  return inTransaction(org, () => {
    const found = findByExternalId(org, object, key.field, key.value);
    if (found.length > 1) {
      const message = `${key.field.name}: more than one record found for external id field: [${found.join(', ')}]`;
      throw new SalesforceRefusal('DUPLICATE_EXTERNAL_ID', message, { fields: [key.field.name] });
    }
    const [id] = found;
    if (id !== undefined) {
      updateRecord(org, actor, object, id, input);
      return { id, created: false };
    }
    const withKey = key.field.name === 'Id' ? input : { ...input, [key.field.name]: key.value };
    return { id: createRecord(org, actor, object, withKey).id, created: true };
  });
}
