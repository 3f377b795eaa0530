/**
 * Facts of a few records on which every feature has something to say, for the tests of this folder. What is derived from
 * them is on record (derivations.json): add examples at the end, and never change one that is there.
 */
import type { Fact, Facts, Interaction, Touch } from '#lib/core/fact.ts';
import {
  asOf,
  daysAgo,
  event,
  fact,
  fieldsOf,
  flag,
  known,
  node,
  nothing,
  relation,
  touch,
} from './examples.ts';

/** Ids of their own, so that they do not depend on which other tests ran before. */
let ids = 0;
const did = (
  channel: Touch['channel'],
  direction: Touch['direction'],
  days: number,
  more: Partial<Touch> = {},
): Touch => {
  const one = touch(channel, direction, days, { body: 'We will see.', ...more });
  return { ...one, ref: { ...one.ref, id: `t${++ids}` } };
};
const sent = (
  source: Interaction['source'],
  type: string,
  days: number,
  properties: Interaction['properties'] = {},
): Interaction => ({ ...event(source, type, days, properties), id: `e${++ids}` });

const [tom, eva] = [node('user', '11', 'Tom Reed'), node('user', '12', 'Eva Roth')];
const [ana, lena] = [node('person', '7', 'Ana Silva'), node('person', '8', 'Lena Berg')];

const shows = (fact: Fact) => [
  {
    crm: 'hubspot' as const,
    object: 'contacts' as const,
    id: '8',
    version: fact.source.version,
    at: fact.at,
    snippet: fact.value ?? '',
    url: '/contacts/8',
  },
];

/** A lead who talks, reads and tries the product, at an account that we know well. */
const busy: Facts = {
  ...nothing,
  createdAt: daysAgo(40.3),
  fields: fieldsOf(
    fact('createdate', daysAgo(40.3), 40),
    fact('email', 'ana@example-haulage.com', 40),
    fact('phone', '+49 30 1234', 20),
    fact('mobilephone', '+49 170 1234', 20),
    fact('jobtitle', 'Head of Fleet', 40),
    fact('company', 'Example Haulage', 40),
    fact('country', 'Germany', 40),
    fact('industry', 'LOGISTICS_AND_SUPPLY_CHAIN', 40),
    fact('city', 'Madrid', 40),
    fact('hs_timezone', 'europe_slash_berlin', 40),
    fact('timezone', 'Europe/Berlin', 40),
    fact('numemployees', '320', 40),
    fact('annualrevenue', '5000000', 40),
    fact('hs_analytics_source', 'ORGANIC_SEARCH', 40),
    fact('hs_analytics_num_visits', '7', 10),
    fact('hs_analytics_num_page_views', '19', 10),
    fact('num_conversion_events', '2', 10),
    fact('first_conversion_event_name', 'Ask for a demo', 40),
    fact('first_seen', '1970-01-01', 40),
  ),
  people: [
    known(
      'contacts',
      '8',
      fact('email', 'lena@example-haulage.com'),
      fact('hs_sales_email_last_replied', daysAgo(9), 9),
    ),
    known(
      'contacts',
      '9',
      fact('email', 'max@example-haulage.com'),
      fact('hs_email_last_reply_date', daysAgo(19), 19),
    ),
  ],
  deals: [
    known(
      'deals',
      '31',
      fact('dealname', 'Vans'),
      fact('dealstage', 'qualifiedtobuy', 12),
      fact('amount', '12000'),
      fact('closedate', '2026-12-18'),
    ),
  ],
  touches: [
    did('meeting', 'none', -3, { status: 'SCHEDULED' }),
    did('task', 'none', -1),
    did('email', 'out', 1, { threadId: 'a' }),
    did('call', 'out', 1.5, { status: 'NO_ANSWER' }),
    did('email', 'in', 2, {
      threadId: 'a',
      body: 'Hello,\nwhat does it cost for 40 vans? Could you show it in a demo?',
    }),
    did('email', 'out', 2.5, { threadId: 'a' }),
    did('meeting', 'none', 4, { status: 'COMPLETED' }),
    did('call', 'in', 6, { status: 'CONNECTED' }),
    did('task', 'none', 7, { status: 'NOT_STARTED' }),
    did('email', 'in', 11, { threadId: 'b', body: 'We are not interested this year. It is on hold.' }),
    did('email', 'out', 11.2, { threadId: 'b' }),
    did('meeting', 'none', 16, { status: 'NO_SHOW' }),
    did('email', 'out', 20, { status: 'BOUNCED' }),
    did('note', 'none', 21),
  ],
  interactions: [
    sent('marketing', 'page_viewed', 0.5, { url: 'https://example.com/pricing', seconds: 95, scroll: 80 }),
    sent('product', 'report_exported', 0.8, { feature: 'reports', seats: 4 }),
    sent('marketing', 'link_clicked', 1.1),
    sent('marketing', 'email_opened', 1.2),
    sent('marketing', 'form_submitted', 3, { form: 'Ask for a demo' }),
    sent('product', 'colleague_invited', 9),
    sent('marketing', 'page_viewed', 18, { url: 'https://example.com/blog', seconds: 20, scroll: 0.3 }),
    sent('product', 'report_opened', 30, { feature: 'reports' }),
    sent('product', 'report_opened', 31, { feature: 'reports' }),
  ],
  relations: [
    relation(tom, 'knows', ana, {
      strength: 0.8,
      why: '8 e-mails, 1 meeting',
      evidence: shows(fact('email', 'a', 3)),
    }),
    relation(eva, 'knows', lena, { strength: 0.4, evidence: shows(fact('email', 'b', 5)) }),
    relation(lena, 'decides_for', node('account', '3', 'Example Haulage'), {
      strength: null,
      why: 'Managing Director in the job title',
      evidence: shows(fact('jobtitle', 'Managing Director', 50)),
    }),
  ],
  flags: [flag('date-in-the-future', 'Close date 2062-01-01'), flag('date-in-the-future', 'Born 2062-01-01')],
};

const company = known(
  'companies',
  '3',
  fact('name', 'Example Haulage'),
  fact('numberofemployees', '900'),
  fact('annualrevenue', '80000000'),
  fact('industry', 'TRANSPORTATION_TRUCKING_RAILROAD'),
  fact('country', 'United States'),
  fact('city', 'Chicago'),
  fact('hs_timezone', 'america_slash_chicago'),
  fact('founded_year', '1984'),
);

const withOnly = (facts: Facts, fields: string[]): Facts => ({
  ...facts,
  fields: Object.fromEntries(Object.entries(facts.fields).filter(([name]) => fields.includes(name))),
});

/** A deal that was moved about. */
const deal: Facts = {
  ...nothing,
  subject: { crm: 'hubspot', object: 'deals', id: '31' },
  createdAt: daysAgo(90),
  fields: fieldsOf(
    fact('dealname', 'Vans', 90),
    fact('dealstage', 'presentation', 6),
    fact('closedate', '2026-12-18T00:00:00.000Z', 6),
    fact('amount', '9000', 15),
    fact('hs_is_closed', 'false', 90),
  ),
  history: [
    fact('dealstage', 'qualified', 90),
    fact('dealstage', 'presentation', 60),
    fact('dealstage', 'qualified', 30),
    fact('closedate', '2026-09-30T00:00:00.000Z', 90),
    fact('closedate', '2026-10-31T00:00:00.000Z', 50),
    fact('amount', '12000', 90),
  ],
  account: company,
  people: busy.people,
  touches: [did('email', 'out', 3), did('email', 'in', 13)],
};

export const corpus: Readonly<Record<string, Facts>> = {
  nothing,
  busy,
  'busy, with an account': { ...busy, account: company },
  'an account that says where and what': { ...withOnly(busy, ['email']), account: company },
  'a zone by another name': withOnly(busy, ['timezone']),
  'a city alone': withOnly(busy, ['city']),
  'a country alone': withOnly(busy, ['country', 'mobilephone']),
  'an account with a zone by another name': {
    ...withOnly(busy, []),
    account: known('companies', '3', fact('timezone', 'Asia/Tokyo')),
  },
  'an account in a city': {
    ...withOnly(busy, []),
    account: known('companies', '3', fact('city', 'Chicago')),
  },
  'an account in a country': {
    ...withOnly(busy, []),
    account: known('companies', '3', fact('country', 'Germany')),
  },
  'an account on a holiday': {
    ...withOnly(busy, []),
    asOf,
    account: known('companies', '3', fact('country', 'Latvia'), fact('hs_timezone', 'europe_slash_riga')),
  },
  'a meeting came last': {
    ...nothing,
    touches: [did('meeting', 'none', 1, { status: 'HELD' }), did('email', 'out', 2)],
  },
  'a call came last': {
    ...nothing,
    touches: [did('call', 'in', 1, { status: 'CONNECTED' }), did('call', 'out', 2), did('email', 'out', 3)],
  },
  'a meeting comes next': { ...nothing, touches: [did('meeting', 'none', -2)] },
  'a use of the product came last': { ...nothing, interactions: [sent('product', 'report_opened', 2)] },
  'a page came last': { ...nothing, interactions: [sent('marketing', 'page_viewed', 2)] },
  'a task comes next': { ...nothing, touches: [did('task', 'none', -2)] },
  deal,
  'a deal that is won': {
    ...deal,
    fields: { ...deal.fields, ...fieldsOf(fact('hs_is_closed', 'true', 2), fact('dealstage', '77', 2)) },
  },
  'a deal that is lost': {
    ...deal,
    fields: { ...deal.fields, ...fieldsOf(fact('hs_is_closed', '', 2), fact('dealstage', 'closedlost', 2)) },
  },
  'a company': { ...busy, subject: { crm: 'hubspot', object: 'companies', id: '3' }, fields: company.fields },
};
