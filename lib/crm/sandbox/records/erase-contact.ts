import { removeEnrolments } from '#lib/crm/sandbox/extras/enrolments.ts';
import { removeStatuses } from '#lib/crm/sandbox/extras/subscriptions.ts';
import { dropLinks } from '#lib/crm/sandbox/store/associations.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord } from '#lib/crm/sandbox/store/records.ts';
import { dropRecord, forgetMerges } from '#lib/crm/sandbox/store/remove-record.ts';
import { queueEvent } from '#lib/crm/sandbox/webhooks/outbox.ts';
import { findRecord, type RecordKey } from './find-record.ts';
import { notFound } from './refusal.ts';

/**
 * Erases a contact for good: the record, its history, links, subscriptions and enrolments. Announced as a privacy
 * deletion and, as in HubSpot, as a deletion too. A 404 if a record id is unknown; an unknown e-mail address is not.
 */
export function eraseContact(store: Store, key: RecordKey, source: Source): void {
  store.transact(() => {
    const byId = key.idProperty === undefined || key.idProperty === 'hs_object_id';
    const contact = byId ? loadRecord(store, 'contacts', key.id) : findRecord(store, 'contacts', key);
    if (!contact && byId) throw notFound(key.id);
    if (!contact) return;
    const { id, type } = contact;
    dropLinks(store, contact);
    dropRecord(store, contact);
    forgetMerges(store, contact);
    removeEnrolments(store, id);
    removeStatuses(store, contact.properties['email'] ?? '');
    const at = store.now();
    queueEvent(store, { kind: 'privacyDeletion', type, id, at, source });
    if (contact.archivedAt === null) queueEvent(store, { kind: 'deletion', type, id, at, source });
  });
}
