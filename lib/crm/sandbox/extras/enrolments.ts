import { setOwnValues } from '#lib/crm/sandbox/records/update-record.ts';
import {
  findDocument,
  listDocuments,
  removeDocuments,
  saveDocument,
} from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { loadRecord } from '#lib/crm/sandbox/store/records.ts';

/** A row of e-mails and tasks that a user sends to one person after another. */
export type Sequence = { id: string; name: string; userId: string; createdAt: string; updatedAt: string };

/** A contact's present place in a sequence; there is one at most. */
export type Enrolment = {
  id: string;
  contactId: string;
  sequenceId: string;
  toEmail: string;
  enrolledBy: string;
  enrolledByEmail: string;
  enrolledAt: string;
};

export function listSequences(store: Store): Sequence[] {
  return listDocuments<Sequence>(store, 'sequence');
}

export function saveSequence(store: Store, sequence: Sequence): void {
  saveDocument(store, 'sequence', sequence.id, sequence);
}

export function findEnrolment(store: Store, contactId: string): Enrolment | undefined {
  return findDocument<Enrolment>(store, 'enrolment', contactId);
}

/** What a contact's own properties say of an enrolment. */
export function enrolmentMarks(
  before: Record<string, string>,
  { sequenceId, enrolledAt }: Enrolment,
): Record<string, string> {
  return {
    hs_sequences_is_enrolled: 'true',
    hs_sequences_enrolled_count: String(Number(before['hs_sequences_enrolled_count'] ?? 0) + 1),
    hs_latest_sequence_enrolled: sequenceId,
    hs_latest_sequence_enrolled_date: enrolledAt,
  };
}

/** Keeps an enrolment, and nothing else. */
export function keepEnrolment(store: Store, enrolment: Enrolment): void {
  saveDocument(store, 'enrolment', enrolment.contactId, enrolment);
}

/** Enrols a contact; the contact's own properties follow. */
export function saveEnrolment(store: Store, enrolment: Enrolment): void {
  keepEnrolment(store, enrolment);
  const contact = loadRecord(store, 'contacts', enrolment.contactId);
  if (contact) setOwnValues(store, contact, enrolmentMarks(contact.properties, enrolment));
}

export function removeEnrolments(store: Store, contactId: number): void {
  removeDocuments(store, 'enrolment', String(contactId));
}
