import type { Book } from '#lib/crm/sandbox/demo/book.ts';
import { DAY, iso } from '#lib/crm/sandbox/demo/calendar.ts';
import { REPS } from '#lib/crm/sandbox/demo/owners.ts';
import type { Random } from '#lib/crm/sandbox/demo/random.ts';
import type { SeedSet } from '#lib/crm/sandbox/seed.ts';

type Automation = Required<
  Pick<SeedSet, 'campaigns' | 'sequences' | 'enrolments' | 'workflows' | 'choices' | 'rates'>
>;

const USD_RATES = [0.9312, 0.9247, 0.9188, 0.9075, 0.9021];
const MARKETING = '410002';
const EVERYTHING = '0';

function campaignsBefore(now: number): Automation['campaigns'] {
  const list = [
    ['Autumn inspection season', 75, 'in_progress'],
    ['Downtime calculator', 210, 'in_progress'],
    ['Fleet fair Hannover', 150, 'completed'],
  ] as const;
  return list.map(([name, days, status], i) => ({
    id: `0d6a1f3e-5c1b-4c39-9a6e-3f2a7d90b1c${i}`,
    createdAt: iso(now - days * DAY),
    properties: {
      hs_name: name,
      hs_start_date: iso(now - (days - 5) * DAY).slice(0, 10),
      hs_campaign_status: status,
      ...(status === 'completed' && { hs_end_date: iso(now - (days - 12) * DAY).slice(0, 10) }),
    },
  }));
}

function workflowsBefore(now: number): Automation['workflows'] {
  const users = REPS.slice(4, 7).map((_, i) => String(60_005 + i));
  return [
    {
      id: '585051946',
      name: 'Hand demo requests in the south to a rep',
      isEnabled: true,
      objectType: 'contacts',
      createdAt: iso(now - 300 * DAY),
      enrols: { property: 'first_conversion_event_name', value: 'Demo request' },
      actions: [
        {
          actionTypeId: '0-11',
          fields: {
            user_ids: users,
            target_property: 'hubspot_owner_id',
            overwrite_current_owner: 'false',
          },
        },
      ],
    },
    {
      id: '585051947',
      name: 'Old newsletter welcome',
      isEnabled: false,
      objectType: 'contacts',
      createdAt: iso(now - 340 * DAY),
      enrols: { property: 'first_conversion_event_name', value: 'Newsletter sign-up' },
      actions: [{ actionTypeId: '0-4', fields: { content_id: '171450021' } }],
    },
  ];
}

/** People who said no on the preferences page, and some who only want no marketing. */
function choicesIn(book: Book, random: Random): Automation['choices'] {
  return book.records.flatMap(({ type, properties, history }) => {
    const email = properties['email'];
    if (type !== 'contacts' || !email) return [];
    const refused = history?.['hs_email_optout']?.at(-1);
    if (refused?.value === 'true') {
      return [{ email, subscriptionId: EVERYTHING, state: 'UNSUBSCRIBED' as const, at: refused.at }];
    }
    if (!random.chance(0.04)) return [];
    const at = iso(book.now - random.int(5, 90) * DAY);
    return [{ email, subscriptionId: MARKETING, state: 'UNSUBSCRIBED' as const, at }];
  });
}

/** What already runs by itself in the account: workflows, sequences with a few people in them, campaigns, rates. */
export function describeAutomation(book: Book, random: Random): Automation {
  const { now } = book;
  const sequences = [
    { id: '208834671', name: 'After the fair', ownerId: '70012', createdAt: iso(now - 160 * DAY) },
    { id: '208834672', name: 'Trial without a sign-in', ownerId: '70017', createdAt: iso(now - 90 * DAY) },
  ];
  const choices = choicesIn(book, random);
  const refused = new Set(choices.map(({ email }) => email));
  const fresh = book.records.filter(
    ({ type, properties: p }) =>
      type === 'contacts' &&
      p['lifecyclestage'] === 'lead' &&
      p['hs_lead_status'] === 'ATTEMPTED_TO_CONTACT' &&
      !refused.has(p['email'] ?? ''),
  );
  const enrolments = fresh
    .filter(({ properties: p }) => sequences.some(({ ownerId }) => ownerId === p['hubspot_owner_id']))
    .slice(0, 5)
    .map(({ id, createdAt, properties: p }) => ({
      contactId: id,
      sequenceId: sequences.find(({ ownerId }) => ownerId === p['hubspot_owner_id'])!.id,
      enrolledAt: iso(Math.max(Date.parse(createdAt), now - random.int(1, 6) * DAY)),
    }));
  const rates = USD_RATES.map((conversionRate, i) => ({
    fromCurrencyCode: 'USD',
    conversionRate,
    effectiveAt: iso(now - (400 - i * 90) * DAY),
  }));
  const campaigns = campaignsBefore(now);
  return { campaigns, sequences, enrolments, workflows: workflowsBefore(now), choices, rates };
}
