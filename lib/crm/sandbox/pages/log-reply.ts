import { plainAssociation } from '#lib/crm/sandbox/model/association-types.ts';
import { createRecord } from '#lib/crm/sandbox/records/create-record.ts';
import { listAssociated } from '#lib/crm/sandbox/store/associations.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';

/** Adds an e-mail that the contact sent just now, to the contact and to its companies and deals. */
export function logReply(
  store: Store,
  contact: StoredRecord,
  { subject, text }: { subject: string; text: string },
  source: Source,
): StoredRecord {
  const ends = [
    { type: 'contacts' as const, id: contact.id },
    ...(['companies', 'deals'] as const).flatMap(type =>
      listAssociated(store, contact, type).map(({ id }) => ({ type, id })),
    ),
  ];
  const { email, firstname, lastname, hubspot_owner_id: owner } = contact.properties;
  const properties = {
    hs_timestamp: new Date(store.now()).toISOString(),
    hs_email_direction: 'INCOMING_EMAIL',
    hs_email_status: 'SENT',
    hs_email_subject: subject,
    hs_email_text: text,
    ...(email && { hs_email_from_email: email }),
    ...(firstname && { hs_email_from_firstname: firstname }),
    ...(lastname && { hs_email_from_lastname: lastname }),
    ...(owner && { hubspot_owner_id: owner }),
  };
  const associations = ends.flatMap(({ type, id }) => {
    const link = plainAssociation('emails', type);
    if (!link) return [];
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: link.type.id }];
    return [{ to: { id: String(id) }, types }];
  });
  return createRecord(store, 'emails', { properties, associations }, source);
}
