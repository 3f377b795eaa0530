import type { Book } from '#lib/crm/sandbox/demo/book.ts';
import { DAY, HOUR, iso } from '#lib/crm/sandbox/demo/calendar.ts';
import type { Random } from '#lib/crm/sandbox/demo/random.ts';

const QUESTIONS = [
  [
    'Two vehicles missing after the import',
    'Our export had 212 vehicles, the list shows 210.',
    'PRODUCT_ISSUE',
  ],
  ['Invoice shows the old company name', 'Please put the new name on the next invoice.', 'BILLING_ISSUE'],
  [
    'Reminder mails arrive a day late',
    'Inspection reminders come the day after they are due.',
    'PRODUCT_ISSUE',
  ],
  ['Can workshops see each other’s stock?', 'Two of our sites share parts.', 'GENERAL_INQUIRY'],
  ['Driver app signs people out', 'Since the update drivers must sign in every morning.', 'PRODUCT_ISSUE'],
  ['Report by depot', 'We would like downtime by depot and month.', 'FEATURE_REQUEST'],
] as const;

const PRIORITIES = ['LOW', 'MEDIUM', 'MEDIUM', 'HIGH'] as const;

/** Questions to the support desk from people at customers: most are closed, a few wait. */
export function tellTickets(book: Book, random: Random): void {
  const customers = book.records.filter(
    ({ type, properties, createdAt }) =>
      type === 'contacts' &&
      properties['lifecyclestage'] === 'customer' &&
      Date.parse(createdAt) < book.now - 30 * DAY,
  );
  for (const [i, [subject, content, category]] of QUESTIONS.entries()) {
    const contact = customers[random.int(0, Math.max(customers.length - 1, 0))];
    if (!contact) return;
    const at = book.now - (4 + i * 5) * DAY - random.int(1, 20) * HOUR;
    const closed = i > 1;
    const closedAt = iso(at + random.int(5, 60) * HOUR);
    book.add({
      type: 'tickets',
      at,
      properties: {
        subject,
        content,
        hs_ticket_category: category,
        hs_ticket_priority: random.pick(PRIORITIES),
        source_type: 'EMAIL',
        hs_pipeline: '0',
        hs_pipeline_stage: closed ? '4' : i === 0 ? '3' : '2',
        createdate: iso(at),
        ...(contact.properties['hubspot_owner_id'] && {
          hubspot_owner_id: contact.properties['hubspot_owner_id'],
        }),
        ...(closed && { closed_date: closedAt }),
      },
      associations: [{ type: 'contacts', id: contact.id }],
    });
  }
}
