import { iso } from './calendar.ts';
import { slug } from './firms.ts';
import type { Firm, Person } from './person.ts';
import type { Random } from './random.ts';
import { createPhone } from './words/phone.ts';

const TITLES: Record<Person['rank'], string[]> = {
  1: [
    'Fleet Director',
    'Head of Fleet',
    'Operations Director',
    'Managing Director',
    'Technical Director',
    'COO',
    'VP Fleet Operations',
  ],
  0: [
    'Fleet Manager',
    'Workshop Manager',
    'Maintenance Planner',
    'Transport Manager',
    'Compliance Manager',
    'Fleet Engineer',
    'Depot Manager',
  ],
  [-1]: [
    'Fleet Administrator',
    'Parts Buyer',
    'Workshop Foreman',
    'Purchasing Assistant',
    'Office Manager',
    'Trainee, Fleet Office',
  ],
};

export const EVENTS = {
  demo: 'Demo request',
  trial: 'Trial sign-up',
  calculator: 'Downtime calculator',
  webinar: 'Webinar: Fewer roadside breakdowns',
  guide: 'Guide: Inspection calendar template',
  fair: 'Trade fair badge scan',
  newsletter: 'Newsletter sign-up',
  list: 'Researched account list',
  referral: 'Customer referral form',
} as const;

const ARRIVALS: [source: string, weight: number, events: [string, number][]][] = [
  [
    'ORGANIC_SEARCH',
    26,
    [
      [EVENTS.demo, 4],
      [EVENTS.calculator, 5],
      [EVENTS.trial, 3],
      [EVENTS.guide, 6],
      [EVENTS.newsletter, 2],
    ],
  ],
  [
    'PAID_SEARCH',
    15,
    [
      [EVENTS.demo, 4],
      [EVENTS.trial, 3],
      [EVENTS.calculator, 4],
    ],
  ],
  [
    'REFERRALS',
    9,
    [
      [EVENTS.referral, 5],
      [EVENTS.demo, 2],
    ],
  ],
  [
    'DIRECT_TRAFFIC',
    11,
    [
      [EVENTS.demo, 3],
      [EVENTS.trial, 3],
      [EVENTS.guide, 2],
    ],
  ],
  [
    'EMAIL_MARKETING',
    11,
    [
      [EVENTS.webinar, 6],
      [EVENTS.guide, 3],
      [EVENTS.newsletter, 2],
    ],
  ],
  [
    'PAID_SOCIAL',
    9,
    [
      [EVENTS.guide, 5],
      [EVENTS.webinar, 3],
      [EVENTS.newsletter, 2],
    ],
  ],
  [
    'OFFLINE',
    19,
    [
      [EVENTS.fair, 5],
      [EVENTS.list, 6],
    ],
  ],
];

const MANNERS = [
  ['brief', 4],
  ['warm', 4],
  ['formal', 3],
] as const;

/** A person of `company` who enters the CRM at `createdAt` (ms), with the fields that a form or a rep fills then. */
export function createPerson(
  company: Firm,
  createdAt: number,
  lead: boolean,
  taken: Set<string>,
  random: Random,
): Omit<Person, 'id'> {
  const { place } = company;
  let first: string;
  let last: string;
  let email: string;
  do {
    first = random.pick(place.first);
    last = random.pick(place.last);
    email = `${slug(first)}.${slug(last)}@${company.domain}`;
  } while (taken.has(email));
  taken.add(email);
  const [source, , events] = random.weighted(ARRIVALS.map(arrival => [arrival, arrival[1]] as const));
  const event = lead ? random.weighted(events) : '';
  const rank = random.weighted([
    [1, 27],
    [0, 50],
    [-1, 23],
  ] as [Person['rank'], number][]);
  const title = random.pick(TITLES[rank]);
  const phone = random.chance(lead ? 0.72 : 0.88) ? createPhone(place, random) : undefined;
  const stated = Math.max(3, Math.round(company.vehicles * (0.9 + random.next() * 0.2)));
  const asked = lead && event !== EVENTS.newsletter && event !== EVENTS.list && random.chance(0.7);
  return {
    first,
    last,
    email,
    title,
    rank,
    company,
    createdAt,
    lead,
    event,
    source: lead ? source : 'OFFLINE',
    city: random.chance(0.85) ? company.city : random.pick(place.cities),
    manner: random.weighted(MANNERS),
    rep: company.rep,
    track: new Map(),
    fixed: {
      firstname: disorder(first, random),
      lastname: disorder(last, random),
      email,
      jobtitle: title,
      company: random.chance(0.8) ? company.name : company.shortName,
      city: company.city,
      country: place.country,
      hs_timezone: place.zone.toLowerCase().replace('/', '_slash_'),
      hs_language: place.language,
      hs_analytics_source: lead ? source : 'OFFLINE',
      createdate: iso(createdAt),
      ...(phone && { phone }),
      ...(event && { first_conversion_event_name: event }),
      ...(asked && { vehicles_in_fleet: String(stated) }),
    },
  };
}

/** Some people type their names in capitals or none, and forms keep that. */
const disorder = (name: string, random: Random): string =>
  random.weighted([
    [name, 93],
    [name.toUpperCase(), 3],
    [name.toLowerCase(), 4],
  ] as [string, number][]);
