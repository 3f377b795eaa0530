import { describe, expect, it } from 'vitest';
import type { Facts } from '#lib/core/fact.ts';
import { asOf, daysAgo, fact, fieldsOf, known, nothing, touch } from './examples.ts';
import { baseSchema, derive, featuresFor, schemaFor } from './features.ts';

const rowOf = (facts: Partial<Facts>) => derive({ ...nothing, ...facts }, baseSchema, asOf).features;
const values = (facts: Partial<Facts>, ...names: string[]) => {
  const row = rowOf(facts);
  return names.map(name => row[name]?.value);
};
const textOf = (facts: Partial<Facts>, name: string) => rowOf(facts)[name]?.text;

const ask = touch('email', 'out', 10, { threadId: 'a' });
const answer = touch('email', 'in', 9.75, { threadId: 'a', body: 'What does it cost for 40 vans?' });
const push = touch('email', 'out', 5, { threadId: 'a' });
const nudge = touch('email', 'out', 2, { threadId: 'a' });
const old = touch('email', 'in', 80, { threadId: 'b' });
const mail = { touches: [nudge, push, answer, ask, old] };

describe('e-mail', () => {
  it('counts both directions', () => {
    const names = ['emails_in_7d', 'emails_in_30d', 'emails_in_90d', 'emails_out_30d'];
    expect(values(mail, ...names)).toEqual([0, 1, 2, 3]);
  });

  it('says it as a rep would, with the e-mails behind it', () => {
    expect(textOf(mail, 'emails_in_30d')).toBe('Wrote to us once in the last 30 days');
    expect(textOf(mail, 'emails_in_90d')).toBe('Wrote to us 2 times in the last 90 days');
    expect(textOf(mail, 'emails_in_7d')).toBe('Has not written to us in the last 7 days');
    expect(rowOf(mail)['unanswered_emails']).toEqual({
      name: 'unanswered_emails',
      value: 2,
      text: 'No reply to our last 2 e-mails',
      evidence: [nudge, push].map(sent => ({
        ...sent.ref,
        version: '1',
        at: sent.at,
        snippet: sent.body,
        url: `/contacts/7#emails-${sent.ref.id}`,
      })),
    });
  });

  it('measures replies', () => {
    const names = ['reply_share_90d', 'reply_hours_median', 'days_since_email_in', 'days_since_email_out'];
    expect(values(mail, ...names)).toEqual([0.333333, 6, 9.75, 2]);
    expect(textOf(mail, 'reply_hours_median')).toBe('Usually answers within 6 hours');
    expect(textOf(mail, 'days_since_email_in')).toBe('Last wrote 9 days ago');
    expect(values({}, ...names)).toEqual([null, null, null, null]);
  });

  it('does not take an e-mail of another thread for the answer', () => {
    const touches = [touch('email', 'in', 9, { threadId: 'z' }), ask];
    expect(values({ touches }, 'reply_share_90d', 'reply_hours_median')).toEqual([0, null]);
  });

  it('leaves out automatic replies and counts what came back', () => {
    const touches = [
      touch('email', 'in', 1, { title: 'Automatic reply: About the fleet' }),
      touch('email', 'out', 1, { status: 'BOUNCED' }),
      ask,
    ];
    const names = ['emails_in_7d', 'emails_bounced', 'unanswered_emails'];
    expect(values({ touches }, ...names)).toEqual([0, 1, 1]);
  });
});

describe('conversations and signals', () => {
  it('counts meetings and calls by what came of them', () => {
    const touches = [
      touch('meeting', 'none', -3, { status: 'SCHEDULED' }),
      touch('meeting', 'none', -4, { status: 'CANCELED' }),
      touch('meeting', 'none', 5, { status: 'COMPLETED' }),
      touch('meeting', 'none', 6, { status: 'NO_SHOW' }),
      touch('meeting', 'none', 70, { status: 'COMPLETED' }),
      touch('call', 'out', 3, { status: 'CONNECTED' }),
      touch('call', 'out', 4, { status: 'NO_ANSWER' }),
    ];
    const names = ['meetings_held_60d', 'meetings_missed_60d', 'meeting_ahead', 'calls_connected_60d'];
    expect(values({ touches }, ...names)).toEqual([1, 1, 1, 1]);
  });

  it('halves engagement every 14 days', () => {
    const touches = [touch('email', 'in', 14), touch('meeting', 'none', 28, { status: 'COMPLETED' })];
    expect(values({ touches }, 'engagement_decayed')).toEqual([1]);
    expect(textOf({ touches }, 'engagement_decayed')).toBe('Engaged in the last weeks');
  });

  it('finds who asked about price, and shows the sentence', () => {
    expect(rowOf(mail)['asked_for_pricing']).toMatchObject({
      value: 1,
      text: 'Wrote about price',
      evidence: [{ id: answer.ref.id, snippet: 'What does it cost for 40 vans?' }],
    });
  });

  it.each([
    ['asked_for_pricing', 'Downtime costs us 300 a day.', 0],
    ['asked_for_pricing', 'Thanks.\nOn Monday Tom wrote:\n> Our prices are low', 0],
    ['asked_for_pricing', '> Our prices are low\nThanks', 0],
    ['asked_for_demo', 'Could you show it to Lena and me?', 1],
    ['declined', 'Please take me off your list.', 1],
    ['put_off', 'The budget is closed. Please come back in May.', 1],
    ['put_off', 'We want to start next week.', 0],
  ])('%s in %j: %d', (name, body, value) => {
    expect(values({ touches: [touch('email', 'in', 3, { body })] }, name)).toEqual([value]);
  });
});

describe('who they are', () => {
  const facts = {
    createdAt: '2026-11-02T08:30:00.000Z',
    fields: fieldsOf(
      fact('email', 'ana@example-haulage.co.uk'),
      fact('phone', '+44 1234'),
      fact('jobtitle', 'VP Operations'),
      fact('hs_analytics_source', 'ORGANIC_SEARCH'),
      fact('hs_analytics_num_visits', '5'),
    ),
    account: known(
      'companies',
      '3',
      fact('numberofemployees', '1000'),
      fact('annualrevenue', '-5'),
      fact('industry', 'TRANSPORTATION_TRUCKING_RAILROAD'),
      fact('country', 'United Kingdom'),
    ),
  };

  it('reads the intake', () => {
    const names = ['source', 'first_form', 'created_hour', 'created_weekday', 'has_phone', 'email_kind'];
    expect(values(facts, ...names)).toEqual(['ORGANIC_SEARCH', null, 8, 'Monday', 1, 'business']);
    expect(values(facts, 'seniority', 'job_function', 'web_visits')).toEqual([
      'vice president',
      'operations',
      5,
    ]);
    expect(textOf(facts, 'seniority')).toBe('Job title suggests a decision maker (VP Operations)');
  });

  it('reads the account, and takes no negative revenue for one', () => {
    const names = ['employees_log10', 'revenue_log10', 'industry', 'region'];
    const industry = 'transportation trucking railroad';
    expect(values(facts, ...names)).toEqual([3, null, industry, 'Western and Northern Europe']);
    expect(textOf(facts, 'employees_log10')).toBe('Company of 1,000 people');
  });

  it('counts what is missing and what cannot be right', () => {
    expect(textOf(facts, 'key_fields_missing')).toBe('All key fields are filled in');
    const fields = fieldsOf(
      fact('email', 'ana@gmail.com'),
      fact('first_seen', '1970-01-01'),
      fact('last_visit', '2030-05-01T00:00:00Z'),
      fact('next_step', '2030-05-01'),
      fact('closedate', '2030-05-01'),
    );
    expect(values({ fields }, 'key_fields_missing', 'odd_dates', 'email_kind')).toEqual([5, 2, 'freemail']);
  });
});

describe('relationship and timing', () => {
  it('counts people and open deals around the person', () => {
    const facts = {
      people: [
        known(
          'contacts',
          '8',
          fact('email', 'b@x.com'),
          fact('hs_sales_email_last_replied', daysAgo(20), 20),
        ),
        known('contacts', '9', fact('email', 'c@x.com')),
      ],
      deals: [
        known('deals', '1', fact('dealname', 'Vans'), fact('dealstage', 'qualifiedtobuy')),
        known('deals', '2', fact('dealname', 'Trucks'), fact('dealstage', 'closedwon')),
        known('deals', '3', fact('dealname', 'Cars'), fact('dealstage', '77'), fact('hs_is_closed', 'true')),
      ],
      touches: [answer],
    };
    expect(values(facts, 'people_known', 'people_engaged_90d', 'deals_open')).toEqual([2, 2, 1]);
  });

  it('knows its place in time', () => {
    expect(values({}, 'age_days', 'days_to_quarter_end')).toEqual([30, 41.5]);
    expect(values({ createdAt: daysAgo(-1) }, 'age_days', 'created_hour')).toEqual([null, null]);
  });
});

describe('custom properties', () => {
  const property = { object: 'contacts', group: 'fleet', custom: true } as const;
  const schema = schemaFor(
    [
      { ...property, name: 'vehicles', label: 'Vehicles', type: 'number' },
      { ...property, name: 'trial', label: 'In trial', type: 'bool' },
      {
        ...property,
        name: 'interest',
        label: 'Interest',
        type: 'enumeration',
        options: [{ value: 'i1', label: 'Tyres' }],
      },
    ],
    { quarantinedGroups: [] },
  );
  it('takes them as they are', () => {
    const fields = fieldsOf(fact('vehicles', ' 40 '), fact('trial', 'true'), fact('interest', 'i1'));
    const row = derive({ ...nothing, fields }, schema, asOf).features;
    expect(row['property:vehicles']).toMatchObject({ value: 40, text: 'Vehicles: 40' });
    expect(row['property:trial']).toMatchObject({ value: 1 });
    expect(row['property:interest']).toMatchObject({ value: 'i1', text: 'Interest: Tyres' });
  });
  it('says so when one is not filled in or cannot be read', () => {
    const row = derive({ ...nothing, fields: fieldsOf(fact('vehicles', 'about 40')) }, schema, asOf).features;
    expect(row['property:vehicles']).toMatchObject({
      value: null,
      text: 'Vehicles: about 40 (not readable)',
    });
    expect(row['property:trial']).toMatchObject({ value: null, text: 'In trial: not filled in' });
  });
});

describe('the row', () => {
  it.each([
    ['contacts', 'person'],
    ['leads', 'person'],
    ['deals', 'deal'],
    ['companies', 'account'],
  ] as const)(
    'has each feature of the schema that is about %s, and the schema it was made by',
    (object, about) => {
      const row = derive({ ...nothing, subject: { ...nothing.subject, object } }, baseSchema, asOf);
      expect(row).toMatchObject({ schema: baseSchema.version, asOf });
      expect(Object.keys(row.features)).toEqual(
        baseSchema.features.filter(spec => spec.about?.includes(about) ?? true).map(spec => spec.name),
      );
    },
  );

  it('keeps for a use what the schema allows for it', () => {
    const row = derive(nothing, baseSchema, asOf);
    for (const use of ['scoring', 'routing', 'drafting'] as const) {
      const kept = featuresFor(row, baseSchema, use);
      expect(Object.keys(kept.features).length).toBeGreaterThan(20);
      for (const { name, uses } of baseSchema.features)
        expect(Object.hasOwn(kept.features, name), name).toBe(uses.includes(use) && name in row.features);
    }
    const stranger = {
      ...row,
      features: { ...row.features, zodiac: { ...row.features['region']!, name: 'zodiac' } },
    };
    expect(featuresFor(stranger, baseSchema, 'scoring').features).not.toHaveProperty('zodiac');
  });

  it('uses the value of then when the newest is later', () => {
    const fields = fieldsOf(fact('jobtitle', 'CEO', -1));
    const history = [
      fact('jobtitle', 'Trainee', 50),
      fact('jobtitle', 'Manager', 20),
      fact('jobtitle', 'CEO', -1),
    ];
    expect(values({ fields, history }, 'seniority')).toEqual(['manager']);
  });

  it('does not depend on the order in which facts are stored', () => {
    const facts = {
      ...nothing,
      fields: fieldsOf(fact('seen', '1970-01-01'), fact('left', '1970-01-01')),
      people: ['8', '9'].map(id => known('contacts', id, fact('email', `${id}@x.com`))),
      touches: [touch('email', 'in', 3), touch('email', 'in', 3), touch('email', 'in', 1)],
    };
    const turned = {
      ...facts,
      fields: fieldsOf(...Object.values(facts.fields).toReversed()),
      people: facts.people.toReversed(),
      touches: facts.touches.toReversed(),
    };
    expect(derive(turned, baseSchema, asOf)).toEqual(derive(facts, baseSchema, asOf));
  });

  it('is a bug to ask for a feature that does not exist', () => {
    const [spec] = baseSchema.features;
    const unknown = { ...baseSchema, features: [{ ...spec!, name: 'horoscope' }] };
    expect(() => derive(nothing, unknown, asOf)).toThrow('horoscope');
  });
});
