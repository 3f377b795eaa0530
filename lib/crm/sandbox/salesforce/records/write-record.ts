import { claimValue, holderOf, releaseValues } from '../store/unique-values.ts';
import { logChange } from '../events/log-change.ts';
import type { SObject } from '../model/sobject.ts';
import { inTransaction, newId, nowOf, type Actor, type Org } from '../org.ts';
import { notFound, SalesforceRefusal } from '../refusal.ts';
import { insertRow, loadRow, updateRow, type Fields, type Row, type Value } from '../store/rows.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkRules } from './check-rules.ts';
import { deriveFields } from './derive-fields.ts';
import { readInput, type Input } from './read-input.ts';
import { trackHistory } from './track-history.ts';

/** Another write holds the record: what Salesforce says after ten seconds of waiting. */
function meetLock(org: Org, id: string): void {
  const { faults } = org;
  faults.writes += 1;
  const due = faults.lockEvery > 0 && faults.writes % faults.lockEvery === 0;
  if (!due && faults.lockNext <= 0) return;
  if (!due) faults.lockNext -= 1;
  throw new SalesforceRefusal(
    'UNABLE_TO_LOCK_ROW',
    `unable to obtain exclusive access to this record or 1 records: ${id}`,
  );
}

/** Claims the values that no two records may share; external ids that need not be unique are only noted. */
function claimUnique(org: Org, object: SObject, id: string, values: Fields): void {
  for (const { name, unique } of object.fields.filter(one => one.unique || one.name === 'Username')) {
    const value = values[name];
    if (value === undefined) continue;
    const text = value === null ? '' : String(value);
    const holder = text === '' ? undefined : holderOf(org.store, object.name, name, text);
    if (holder !== undefined && holder !== id && (unique || name === 'Username')) {
      const message = `duplicate value found: ${name} duplicates value on record with id: ${holder}`;
      throw new SalesforceRefusal('DUPLICATE_VALUE', message, { fields: [name] });
    }
    claimValue(org.store, object.name, name, text, id);
  }
}

function requireValues(object: SObject, values: Fields): void {
  const missing = object.fields
    .filter(one => !one.nillable && one.createable && (values[one.name] ?? null) === null)
    .map(({ name }) => name);
  if (missing.length === 0) return;
  const message = `Required fields are missing: [${missing.join(', ')}]`;
  throw new SalesforceRefusal('REQUIRED_FIELD_MISSING', message, { fields: missing });
}

function defaultsOf(object: SObject, actor: Actor): Fields {
  const values: Fields = {};
  for (const { name, defaultValue } of object.fields) {
    if (defaultValue !== null) values[name] = defaultValue;
    else if (name === 'OwnerId') values[name] = actor.userId;
  }
  return values;
}

/**
 * Makes a record from values that are known to be good. `createdAt` and `updatedAt` (ISO 8601) give it a past;
 * `quiet` leaves out its history and its change event.
 */
export function plantRecord(
  org: Org,
  actor: Actor,
  object: SObject,
  values: Fields,
  more: { id?: string; createdAt?: string; updatedAt?: string; quiet?: boolean } = {},
): Row {
  const id = more.id ?? newId(org, object.keyPrefix);
  const at = more.createdAt ?? nowOf(org);
  const fields: Fields = { ...defaultsOf(object, actor), ...values, Id: id, IsDeleted: false };
  deriveFields(org, object, undefined, fields);
  const changed = more.updatedAt ?? at;
  const stamps = { CreatedDate: at, LastModifiedDate: changed, SystemModstamp: changed };
  Object.assign(fields, stamps, { CreatedById: actor.userId, LastModifiedById: actor.userId });
  requireValues(object, fields);
  claimUnique(org, object, id, fields);
  const row = { id, type: object.name, fields, deleted: false };
  insertRow(org.store, row);
  if (!more.quiet) {
    trackHistory(org, actor, object, undefined, row);
    logChange(org, actor, object, 'CREATE', undefined, row);
  }
  return row;
}

export function createRecord(org: Org, actor: Actor, object: SObject, input: Input): Row {
  if (!object.createable) {
    const message = `entity type ${object.name} does not support create`;
    throw new SalesforceRefusal('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message);
  }
  return inTransaction(org, () => {
    const values = readInput(org, object, input, 'insert');
    if (!actor.allowDuplicates) checkDuplicates(org, object, values, undefined);
    const row = plantRecord(org, actor, object, values);
    meetLock(org, row.id);
    checkRules(org, object, row.id);
    return row;
  });
}

/** The live record, or the refusal that its id deserves. */
export function requireRow(org: Org, object: SObject, id: string): Row {
  const row = loadRow(org.store, id);
  if (!row || row.type !== object.name) throw notFound();
  if (row.deleted) throw new SalesforceRefusal('ENTITY_IS_DELETED', 'entity is deleted', { status: 404 });
  return row;
}

/** Sets values that are known to be good, and whatever follows from them. Nothing changed, nothing is written. */
export function changeRecord(org: Org, actor: Actor, object: SObject, row: Row, values: Fields): Row {
  const fields = { ...row.fields, ...values };
  deriveFields(org, object, row.fields, fields);
  const same = (value: Value | undefined, name: string) => (value ?? null) === (row.fields[name] ?? null);
  if (Object.entries(fields).every(([name, value]) => same(value, name))) return row;
  const at = nowOf(org);
  Object.assign(fields, { LastModifiedDate: at, SystemModstamp: at, LastModifiedById: actor.userId });
  requireValues(object, fields);
  claimUnique(org, object, row.id, values);
  const changed = { ...row, fields };
  updateRow(org.store, changed, null);
  trackHistory(org, actor, object, row.fields, changed);
  logChange(org, actor, object, 'UPDATE', row, changed);
  return changed;
}

export function updateRecord(org: Org, actor: Actor, object: SObject, id: string, input: Input): Row {
  return inTransaction(org, () => {
    const row = requireRow(org, object, id);
    if (!object.updateable) {
      throw new SalesforceRefusal(
        'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
        `entity type ${object.name} does not support update`,
      );
    }
    if (row.fields['IsConverted'] === true) {
      throw new SalesforceRefusal('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead');
    }
    const values = readInput(org, object, input, 'update');
    meetLock(org, id);
    if (!actor.allowDuplicates) checkDuplicates(org, object, values, row);
    const changed = changeRecord(org, actor, object, row, values);
    checkRules(org, object, id);
    return changed;
  });
}

export function removeRow(org: Org, actor: Actor, object: SObject, row: Row, more: Fields = {}): void {
  const at = nowOf(org);
  const stamps = { LastModifiedDate: at, SystemModstamp: at, LastModifiedById: actor.userId };
  const gone = { ...row, deleted: true, fields: { ...row.fields, ...more, ...stamps, IsDeleted: true } };
  updateRow(org.store, gone, at);
  releaseValues(org.store, row.id);
  logChange(org, actor, object, 'DELETE', row, gone);
}
