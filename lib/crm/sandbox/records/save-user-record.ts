import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { Owner } from '#lib/crm/sandbox/store/owners.ts';
import { saveRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';

/** Gives a user the CRM record that every user has; `more` are properties such as working hours. */
export function saveUserRecord(store: Store, owner: Owner, more: Record<string, string> = {}): StoredRecord {
  const { id, userId, email, firstName, lastName, createdAt } = owner;
  const at = new Date(createdAt).toISOString();
  const given = {
    hs_internal_user_id: String(userId),
    hs_email: email,
    hs_given_name: firstName,
    hs_family_name: lastName,
    hubspot_owner_id: id,
    ...more,
    hs_createdate: at,
    hs_lastmodifieddate: at,
    hs_object_id: String(userId),
  };
  const record: StoredRecord = {
    type: 'users',
    id: userId,
    properties: Object.fromEntries(Object.entries(given).filter(([, value]) => value !== '')),
    createdAt,
    updatedAt: createdAt,
    archivedAt: null,
  };
  saveRecord(store, record);
  return record;
}
