import { serviceScope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { crmCalls } from '#lib/crm/testing/test-crm.ts';
import type { Flow } from '#lib/flow.ts';
import { settle } from '#lib/take-in.ts';
import type { stopClock } from './clock.ts';
import { deliver } from './deliver.ts';

export interface NewLead {
  /** What the person writes; null: nothing at all. */
  says?: string | null;
  ownerId?: string;
  properties?: Record<string, string>;
}

/** Association of an e-mail with a contact, by HubSpot's number. */
const emailToContact = { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 198 };
let made = 0;

/** Makes a person and their e-mail in the CRM, as somebody else would, and brings the product the news. */
export async function newLead(
  { flow, crm, clock }: { flow: Flow; crm: ReturnType<typeof crmCalls>; clock: ReturnType<typeof stopClock> },
  {
    says = 'Hello, how much would it be for 40 vans? We decide this month.',
    ownerId = '70015',
    properties = {},
  }: NewLead,
): Promise<Subject> {
  const n = ++made;
  clock.tick(60_000);
  const address = `ada${n}@fleet${n}.example`;
  const id = await crm.create('contacts', {
    firstname: 'Ada',
    lastname: `Lindqvist${n}`,
    email: address,
    jobtitle: 'Fleet manager',
    country: 'Sweden',
    hubspot_owner_id: ownerId,
    ...properties,
  });
  const subject: Subject = { crm: 'hubspot', object: 'contacts', id };
  const news: Subject[] = [subject];
  if (says !== null) {
    const email = await crm.create(
      'emails',
      {
        hs_timestamp: clock.now().toISOString(),
        hs_email_subject: 'Your product',
        hs_email_text: says,
        hs_email_direction: 'INCOMING_EMAIL',
        hs_email_status: 'SENT',
        hs_email_from_email: address,
        hs_email_to_email: 'sales@halvern.example',
        hubspot_owner_id: ownerId,
      },
      [{ to: { id }, types: [emailToContact] }],
    );
    news.push({ crm: 'hubspot', object: 'emails', id: email });
  }
  await deliver(
    flow,
    news.map(ref => ({ ref })),
  );
  await settle(flow, serviceScope('demo'), news);
  return subject;
}
