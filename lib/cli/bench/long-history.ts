import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';

export const activities = 1000;
export const firstDay = Date.UTC(2026, 0, 5);

export const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });

function record(subject: Subject, day: number, fields: CrmRecord['fields'], to: Subject[] = []): CrmRecord {
  const at = toInstant(firstDay + day * DAY_MS);
  return {
    ref: subject,
    version: at,
    createdAt: at,
    updatedAt: at,
    archived: false,
    fields,
    history: [],
    links: to.map(other => ({ to: other, kind: 'default' })),
  };
}

const company = ref('companies', '2');

/** The i-th e-mail with the person, one every twelve hours. */
export const emailWith = (person: Subject, i: number): CrmRecord =>
  record(
    ref('emails', String(1000 + i)),
    i / 2,
    {
      hs_timestamp: toInstant(firstDay + (i * DAY_MS) / 2),
      hs_email_subject: `Your vans, week ${i}`,
      hs_email_text: `Thank you for your message number ${i}. `.repeat(20),
      hs_email_direction: i % 3 === 0 ? 'INCOMING_EMAIL' : 'EMAIL',
    },
    [person, company],
  );

/** A person at a company, with a thousand e-mails. */
export function history(person: Subject): CrmRecord[] {
  const emails = Array.from({ length: activities }, (_, i) => emailWith(person, i));
  return [
    record(company, 0, { name: 'Fleet', domain: 'fleet.example' }),
    record(person, 0, { firstname: 'Ada', lastname: 'Lindqvist', email: 'ada@fleet.example' }, [company]),
    ...emails,
  ];
}
