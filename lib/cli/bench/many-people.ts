import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { project } from '#lib/graph/graph.ts';
import type { Db } from '#lib/platform/db.ts';
import type { Bare } from './bare.ts';
import { copyRows } from './copy-rows.ts';

/** People at one company, and each one's activities. */
const colleagues = 5;
export const activitiesEach = 25;
const firstDay = Date.UTC(2026, 0, 5);
/** When all that was generated has been learnt. */
export const learntAt = toInstant(firstDay + 200 * DAY_MS);

/**
 * People with a company, a deal and 25 activities each, as the graph keeps them: a few companies go through `project`,
 * and the rows that it wrote are copied under other ids. Returns how many people there are.
 */
export async function makeManyPeople(
  { db, bare }: { db: Db; bare: Bare },
  tenant: string,
  people: number,
): Promise<number> {
  const copies = Math.ceil(people / (colleagues * templates)) - 1;
  await db.tenant(tenant, async tx => {
    for (let i = 0; i < templates; i++) await project(tx, companyWithPeople(i), learntAt);
  });
  await copyRows(bare, tenant, copies);
  return (copies + 1) * colleagues * templates;
}

/** Different companies, so that not everybody has the same history. */
const templates = 4;

const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });

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

function companyWithPeople(i: number): CrmRecord[] {
  const company = ref('companies', `company${i}`);
  const people = Array.from({ length: colleagues }, (_, k) => ref('contacts', `person${i}x${k}`));
  return [
    record(company, 0, {
      name: `Fleet ${i}`,
      domain: `fleet${i}.example`,
      industry: 'TRANSPORTATION',
      numberofemployees: String(50 * (i + 1)),
      annualrevenue: '4000000',
      country: 'Germany',
      hubspot_owner_id: '1',
    }),
    ...people.map((person, k) => record(person, k, contactFields(i, k), [company])),
    record(
      ref('deals', `deal${i}`),
      20,
      {
        dealname: `Vans for ${i}`,
        dealstage: 'qualifiedtobuy',
        amount: '24000',
        closedate: toInstant(firstDay + 230 * DAY_MS),
        pipeline: 'default',
      },
      [company, ...people.slice(0, 2)],
    ),
    ...people.flatMap((person, k) =>
      Array.from({ length: activitiesEach }, (_, n) => activity(i, k, n, [person, company])),
    ),
  ];
}

const titles = ['Fleet manager', 'Head of IT', 'Chief financial officer', 'Driver', 'Assistant'];

const contactFields = (i: number, k: number): CrmRecord['fields'] => ({
  firstname: `Ada ${k}`,
  lastname: `Lindqvist ${i}`,
  email: `ada.${k}@fleet${i}.example`,
  phone: `+49 30 123 ${i}${k}`,
  jobtitle: titles[k % titles.length] ?? null,
  city: 'Berlin',
  country: 'Germany',
  lifecyclestage: 'lead',
  hs_lead_status: 'OPEN',
  hs_analytics_source: k % 2 === 0 ? 'ORGANIC_SEARCH' : 'REFERRALS',
  hs_analytics_num_page_views: String(3 * k + i),
  hubspot_owner_id: '1',
});

function activity(i: number, k: number, n: number, to: Subject[]): CrmRecord {
  const day = 5 + 7 * n + ((i + k) % 5);
  const id = `${i}x${k}x${n}`;
  const at = toInstant(firstDay + day * DAY_MS);
  const text = `Thank you for your message number ${n}. We look at the vans again and tell you by Friday. `;
  if (n % 8 === 3)
    return record(
      ref('calls', id),
      day,
      {
        hs_timestamp: at,
        hs_call_title: `Call ${n}`,
        hs_call_body: text.repeat(2),
        hs_call_direction: 'OUTBOUND',
        hs_call_status: 'COMPLETED',
      },
      to,
    );
  if (n % 8 === 6)
    return record(
      ref('meetings', id),
      day,
      {
        hs_timestamp: at,
        hs_meeting_start_time: at,
        hs_meeting_title: `Demo ${n}`,
        hs_meeting_body: text,
        hs_meeting_outcome: 'COMPLETED',
      },
      to,
    );
  return record(
    ref('emails', id),
    day,
    {
      hs_timestamp: at,
      hs_email_subject: `Your vans, week ${n}`,
      hs_email_text: text.repeat(8),
      hs_email_direction: (n + k) % 3 === 0 ? 'INCOMING_EMAIL' : 'EMAIL',
      hs_email_thread_id: `thread ${id}`,
    },
    to,
  );
}
