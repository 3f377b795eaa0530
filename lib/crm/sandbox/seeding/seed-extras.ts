import { saveCampaign } from '#lib/crm/sandbox/extras/campaign-routes.ts';
import { saveExchangeRate } from '#lib/crm/sandbox/extras/currency-routes.ts';
import {
  enrolmentMarks,
  keepEnrolment,
  saveSequence,
  type Enrolment,
} from '#lib/crm/sandbox/extras/enrolments.ts';
import { choose } from '#lib/crm/sandbox/extras/subscriptions.ts';
import { saveWorkflow } from '#lib/crm/sandbox/extras/workflow-routes.ts';
import { OBJECT_TYPES } from '#lib/crm/sandbox/model/object-types.ts';
import type { SeedEnrolment, SeedSequence, SeedSet } from '#lib/crm/sandbox/seed.ts';
import { addHistory } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findOwner, type Owner } from '#lib/crm/sandbox/store/owners.ts';
import { loadRecord, saveRecord } from '#lib/crm/sandbox/store/records.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';
import { requireSeedType } from './require-seed-type.ts';

function requireOwner(store: Store, { id, ownerId }: SeedSequence): Owner {
  const owner = findOwner(store, ownerId);
  if (!owner) throw new Error(`Seed sequence ${id}: its owner ${ownerId} is not in the seed`);
  return owner;
}

/** Plants an enrolment, with the contact's own properties as of then. */
function seedEnrolment(
  store: Store,
  { contactId, sequenceId, enrolledAt }: SeedEnrolment,
  sequences: SeedSequence[],
): void {
  const contact = loadRecord(store, 'contacts', contactId);
  const sequence = sequences.find(({ id }) => id === sequenceId);
  if (!contact || !sequence) {
    throw new Error(`Seed enrolment: contact ${contactId} or sequence ${sequenceId} is not in the seed`);
  }
  const owner = requireOwner(store, sequence);
  const enrolment: Enrolment = {
    id: String(nextRecordId(store)),
    contactId,
    sequenceId,
    toEmail: contact.properties['email'] ?? '',
    enrolledBy: String(owner.userId),
    enrolledByEmail: owner.email,
    enrolledAt,
  };
  keepEnrolment(store, enrolment);
  const marks = enrolmentMarks(contact.properties, enrolment);
  saveRecord(store, { ...contact, properties: { ...contact.properties, ...marks } });
  for (const [name, value] of Object.entries(marks)) {
    const source = { type: 'CALCULATED' as const };
    addHistory(store, 'contacts', contact.id, name, { value, at: Date.parse(enrolledAt), source });
  }
}

/** Plants what the account has beside CRM records. Sequences and enrolments refer to owners and contacts of the seed. */
export function seedExtras(store: Store, set: SeedSet): void {
  const { campaigns = [], sequences = [], enrolments = [], workflows = [], choices = [], rates = [] } = set;
  for (const { createdAt, ...campaign } of campaigns) {
    saveCampaign(store, { ...campaign, createdAt, updatedAt: createdAt });
  }
  for (const sequence of sequences) {
    const userId = String(requireOwner(store, sequence).userId);
    const { id, name, createdAt } = sequence;
    saveSequence(store, { id, name, userId, createdAt, updatedAt: createdAt });
  }
  for (const enrolment of enrolments) seedEnrolment(store, enrolment, sequences);
  for (const { objectType, createdAt, ...workflow } of workflows) {
    const { typeId } = OBJECT_TYPES[requireSeedType(objectType)];
    saveWorkflow(store, { ...workflow, objectTypeId: typeId, createdAt, updatedAt: createdAt });
  }
  for (const { email, subscriptionId, state, at } of choices) {
    choose(store, email, subscriptionId, { state, at, source: 'Preferences page' });
  }
  for (const { effectiveAt, ...rate } of rates) {
    saveExchangeRate(store, {
      ...rate,
      id: String(nextRecordId(store)),
      effectiveAt,
      createdAt: effectiveAt,
    });
  }
}
