import type { CrmRecord } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { project } from '#lib/graph/graph.ts';
import type { Db } from '#lib/platform/db.ts';
import type { Bare } from './bare.ts';
import { copyRows } from './copy-rows.ts';

/** An account has so many people; of ten accounts one has so many touches with each of them. */
export const colleagues = 20;
export const touchesEach = 20;
const templates = 10;
const firstDay = Date.UTC(2026, 0, 5);
export const asOf = toInstant(firstDay + 200 * DAY_MS);

const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
/** The k-th account whose people all have touches, and the first of its people; k from 1. */
export const busyAccount = (k: number): Subject => ref('companies', `company0-${k}`);
export const busyPerson = (k: number): Subject => ref('contacts', `person0x3-${k}`);
export const rep = ref('owners', '1');

/**
 * Accounts with twenty people each, as the graph keeps them: ten go through `project`, and the rows that it wrote are copied
 * under other ids. Owners stay as they are.
 */
export async function makeManyAccounts(db: Db, bare: Bare, tenant: string, accounts: number): Promise<void> {
  const owners = ['1', '2', '3'].map(id =>
    record(ref('owners', id), 0, {
      firstname: 'Rep',
      lastname: id,
      teams: JSON.stringify([{ id: '7', name: 'North' }]),
    }),
  );
  await db.tenant(tenant, async tx => {
    for (let i = 0; i < templates; i++) await project(tx, accountWithPeople(i), asOf);
  });
  await copyRows(bare, tenant, accounts / templates);
  await db.tenant(tenant, tx => project(tx, owners, asOf));
}

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
    links: to.map(other => ({ to: other, kind: 'plain' })),
  };
}

const titles = [
  'Fleet manager',
  'Head of IT',
  'Chief financial officer',
  'Driver',
  'Assistant',
  'Procurement lead',
];
const industries = ['TRANSPORTATION', 'RETAIL', 'CONSTRUCTION', 'UTILITIES', 'FOOD'];

function accountWithPeople(i: number): CrmRecord[] {
  const company = ref('companies', `company${i}`);
  const people = Array.from({ length: colleagues }, (_, k) => ref('contacts', `person${i}x${k}`));
  const deals = [0, 1].map(k => ref('deals', `deal${i}x${k}`));
  return [
    record(company, 0, {
      name: `Fleet ${i}`,
      domain: `fleet${i}.example`,
      industry: industries[i % industries.length] ?? null,
      numberofemployees: String(50 * (i + 1)),
      country: i % 2 === 0 ? 'Germany' : 'France',
      hubspot_owner_id: '1',
    }),
    ...people.map((person, k) =>
      record(
        person,
        k,
        {
          firstname: `Ada${String.fromCodePoint(97 + k)}`,
          lastname: `Lindqvist${String.fromCodePoint(97 + i)}`,
          email: `ada.${k}@fleet${i}.example`,
          phone: `+49 30 1234${i}${k}`,
          jobtitle: titles[k % titles.length] ?? null,
          city: 'Berlin',
          country: 'Germany',
          lifecyclestage: 'lead',
          hubspot_owner_id: '1',
        },
        [company],
      ),
    ),
    ...deals.map((deal, k) =>
      record(
        deal,
        20,
        {
          dealname: `Vans ${k} for ${i}`,
          dealstage: 'qualifiedtobuy',
          amount: '24000',
          closedate: toInstant(firstDay + 230 * DAY_MS),
          pipeline: 'default',
          hubspot_owner_id: '2',
          main_competitor: 'Fleetio',
        },
        [company, ...people.slice(5 * k, 5 * k + 5)],
      ),
    ),
    ...(i === 0 ? people.flatMap((person, k) => touchesOf(person, company, k)) : []),
  ];
}

const touchesOf = (person: Subject, company: Subject, k: number): CrmRecord[] =>
  Array.from({ length: touchesEach }, (_, n) => {
    const day = 5 + 9 * n + (k % 5);
    const at = toInstant(firstDay + day * DAY_MS);
    const shared = { hs_timestamp: at, hubspot_owner_id: String(1 + (k % 3)) };
    const text =
      'Thank you for your message. We look at the pricing and the integration again and tell you by Friday. ';
    if (n % 5 === 4)
      return record(
        ref('meetings', `${k}x${n}`),
        day,
        { ...shared, hs_meeting_title: `Demo ${n}`, hs_meeting_body: text, hs_meeting_outcome: 'COMPLETED' },
        [person, company],
      );
    return record(
      ref('emails', `${k}x${n}`),
      day,
      {
        ...shared,
        hs_email_subject: `Your vans, week ${n}`,
        hs_email_text: text.repeat(7),
        hs_email_direction: n % 2 === 1 ? 'INCOMING_EMAIL' : 'EMAIL',
        hs_email_thread_id: `thread ${k}x${Math.floor(n / 2)}`,
      },
      [person, company],
    );
  });
