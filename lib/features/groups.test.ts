import { describe, expect, it } from 'vitest';
import type { Facts } from '#lib/core/fact.ts';
import { corpus } from './corpus.ts';
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
import { baseSchema, derive } from './features.ts';

const rowOf = (facts: Partial<Facts>) => derive({ ...nothing, ...facts }, baseSchema, asOf).features;
const valuesOf = (facts: Partial<Facts>, names: string) => {
  const row = rowOf(facts);
  return names.split(' ').map(name => row[name]?.value);
};
const textOf = (facts: Partial<Facts>, name: string) => rowOf(facts)[name]?.text;
const { busy, deal } = corpus;

describe('engagement', () => {
  it('halves what was done after 7 and after 30 days', () => {
    const facts = {
      touches: [touch('email', 'in', 30)],
      interactions: [event('marketing', 'form_submitted', 30), event('marketing', 'email_opened', 1)],
    };
    const [short, long] = valuesOf(facts, 'activity_decayed_7d activity_decayed_30d');
    expect(short).toBeCloseTo(2.5 * 0.5 ** (30 / 7), 5);
    expect(long).toBeCloseTo(1.25, 5);
  });

  it('counts use of the product once a day', () => {
    const clicks = [0.1, 0.2, 0.3, 3].map(days => event('product', 'report_opened', days));
    expect(valuesOf({ interactions: clicks }, 'active_days_30d product_days_7d')).toEqual([2, 2]);
    const [once, often] = [clicks.slice(2), clicks].map(
      interactions => valuesOf({ interactions }, 'activity_decayed_7d')[0] as number,
    );
    expect(often).toBeCloseTo(once ?? 0, 1);
  });

  it('compares the last two weeks with the two before, unless the facts do not reach so far', () => {
    const mails = (...days: number[]) => days.map(day => touch('email', 'in', day));
    expect(valuesOf({ touches: mails(1, 2, 20) }, 'activity_trend_14d')).toEqual([1]);
    expect(textOf({ touches: mails(16, 20) }, 'activity_trend_14d')).toBe(
      'Less active in the last 14 days than in the 14 before',
    );
    const many = Array.from({ length: 200 }, (_, i) => touch('email', 'in', i / 10));
    expect(textOf({ touches: many }, 'activity_trend_14d')).toBe(
      'Too much activity to compare with the weeks before',
    );
  });

  it('says who writes more, and how fast we answer', () => {
    const touches = [
      touch('email', 'out', 1, { threadId: 'a' }),
      touch('email', 'in', 1.5, { threadId: 'a' }),
      touch('email', 'out', 4, { threadId: 'b' }),
      touch('call', 'in', 6, { status: 'CONNECTED' }),
      touch('call', 'out', 7, { status: 'NO_ANSWER' }),
    ];
    expect(valuesOf({ touches }, 'direction_balance_90d our_reply_hours_median replies_90d')).toEqual([
      -0.2, 12, 0,
    ]);
    expect(textOf({ touches }, 'direction_balance_90d')).toBe(
      'In the last 90 days they wrote or called 2 times, we 3 times',
    );
  });

  it('reads how deep they looked at our pages', () => {
    const names = 'pages_viewed_30d pricing_pages_30d reading_minutes_30d scroll_share_30d forms_30d';
    expect(valuesOf(busy!, names)).toEqual([2, 1, 1.91667, 0.55, 1]);
    expect(valuesOf(busy!, 'emails_opened_30d links_clicked_30d')).toEqual([1, 1]);
    expect(textOf(busy!, 'pricing_pages_30d')).toBe('Looked at prices once in the last 30 days');
    expect(valuesOf({}, names)).toEqual([0, 0, null, null, 0]);
  });

  it('shows the event as it was sent', () => {
    const [shown] = rowOf(busy!)['pricing_pages_30d']?.evidence ?? [];
    expect(shown).toMatchObject({
      field: 'event:page_viewed',
      snippet: 'url: https://example.com/pricing, seconds: 95, scroll: 80',
      url: '/contacts/7',
    });
  });
});

describe('cadence', () => {
  it('knows where it stands', () => {
    const names = 'touches_since_reply days_since_our_touch our_touches_7d channel_mix_90d tasks_overdue';
    expect(valuesOf(busy!, names)).toEqual([2, 1, 3, 'e-mail and phone', 1]);
    expect(textOf(busy!, 'days_to_next_step')).toBe('Next task tomorrow');
    expect(textOf(busy!, 'touches_since_reply')).toBe('We tried 2 times since they last answered');
    expect(valuesOf({}, `${names} days_to_next_step`)).toEqual([0, null, 0, 'none', 0, null]);
  });

  it('plans nothing that was called off or is done', () => {
    const touches = [
      touch('meeting', 'none', -2, { status: 'CANCELED' }),
      touch('task', 'none', -1, { status: 'COMPLETED' }),
    ];
    expect(valuesOf({ touches }, 'days_to_next_step tasks_overdue')).toEqual([null, 0]);
  });
});

describe('seasonality', () => {
  const at = (country: string, when: string) =>
    derive(
      { ...nothing, fields: fieldsOf(fact('country', country, 4000)), createdAt: daysAgo(4000) },
      baseSchema,
      when,
    ).features;
  const names = ['local_hour', 'local_working_time', 'holiday_today', 'holiday_within_7d'];
  it.each([
    ['Germany', '2026-03-10T08:30:00.000Z', [9, 1, 0, null]],
    ['Germany', '2026-12-25T09:00:00.000Z', [10, 0, 1, 0]],
    ['Germany', '2026-03-08T09:00:00.000Z', [10, 0, 0, null]],
    ['Saudi Arabia', '2026-03-08T09:00:00.000Z', [12, 1, 0, null]],
    ['Japan', '2026-11-20T12:00:00.000Z', [21, 0, 0, 3]],
    ['United States', '2026-11-25T18:00:00.000Z', [null, null, 0, 1]],
    ['Atlantis', '2026-11-25T18:00:00.000Z', [null, null, null, null]],
    ['Germany', '2017-12-25T09:00:00.000Z', [10, 0, 1, 0]],
  ])('in %s at %s', (country, when, expected) => {
    const row = at(country, when);
    expect(names.map(name => row[name]?.value)).toEqual(expected);
  });
  it('names the holiday', () => {
    expect(at('US', '2026-11-25T18:00:00.000Z')['holiday_within_7d']?.text).toBe(
      'Public holiday there tomorrow: Thanksgiving Day',
    );
  });
  it('does not lose a day to the distance of the zone', () => {
    // The evening of the 24th in New York is the 25th in UTC.
    const fields = fieldsOf(fact('city', 'New York', 4000), fact('country', 'US', 4000));
    const row = derive({ ...nothing, fields }, baseSchema, '2026-12-25T02:00:00.000Z').features;
    expect([row['holiday_today']?.value, row['holiday_within_7d']?.value]).toEqual([0, 1]);
  });
});

describe('deals', () => {
  it('tell how they were moved about', () => {
    const names =
      'deal_stage_days deal_stage_moves deal_regressions deal_close_pushes deal_amount_changes deal_amount_growth';
    expect(valuesOf(deal!, names)).toEqual([6, 3, 1, 2, 1, -0.25]);
    expect(textOf(deal!, 'deal_close_slip_days')).toBe('The close date is 79 days later than at first');
    expect(textOf(deal!, 'deal_amount_growth')).toBe('The amount shrank by 25 % since the first');
    expect(textOf(deal!, 'deal_days_to_close')).toBe('The deal is to close in 27 days');
  });
  it('have no features of a person', () => {
    expect(Object.keys(rowOf(deal!))).not.toContain('seniority');
    expect(Object.keys(rowOf(busy!))).not.toContain('deal_stage_moves');
  });
  it('of an account stand by the one whose stage changed last, and closed ones not at all', () => {
    expect(valuesOf(busy!, 'deal_stage_days deals_open')).toEqual([12, 1]);
    const deals = [known('deals', '1', fact('dealstage', 'closedwon'))];
    expect(textOf({ deals }, 'deal_stage_days')).toBe('No deal is open');
  });
});

describe('the product', () => {
  it('shows how its use develops', () => {
    const names =
      'product_days_28d product_days_change_28d product_features_28d product_key_actions_28d product_seats';
    expect(valuesOf(busy!, names)).toEqual([2, 0, 2, 2, 4]);
    expect(textOf(busy!, 'product_days_since_use')).toBe('Last used the product in the last 24 hours');
    expect(valuesOf({}, names)).toEqual([0, null, 0, 0, null]);
  });
});

describe('relations', () => {
  const [tom, eva, ana, lena] = [
    node('user', '1', 'Tom'),
    node('user', '2', 'Eva'),
    node('person', '7'),
    node('person', '8', 'Lena'),
  ];
  it('say whose tie is strongest, who decides and how many know somebody', () => {
    const names =
      'tie_strongest our_people_tied their_people_tied decider_known buying_parts_filled steps_to_us';
    expect(valuesOf(busy!, names)).toEqual([0.8, 2, 2, 1, 1, 1]);
    expect(textOf(busy!, 'tie_strongest')).toBe('Tom Reed knows Ana Silva best: 8 e-mails, 1 meeting');
    expect(textOf(busy!, 'decider_known')).toBe('Lena Berg decides: Managing Director in the job title');
    expect(valuesOf({}, names)).toEqual([0, 0, 0, 0, 0, null]);
  });
  it('lead to us over others', () => {
    const relations = [relation(ana, 'reports_to', lena), relation(eva, 'knows', lena)];
    expect(valuesOf({ relations }, 'steps_to_us')).toEqual([2]);
    expect(textOf({ relations }, 'steps_to_us')).toBe('Eva can reach them over 1 other step');
  });
  it('of one pair count once, however often they are told', () => {
    const relations = [relation(tom, 'knows', ana), relation(ana, 'replied_to', tom)];
    expect(valuesOf({ relations }, 'our_people_tied their_people_tied')).toEqual([1, 1]);
  });
});

describe('data quality', () => {
  it('counts oddities by rule, what is missing and how old the news is', () => {
    expect(textOf(busy!, 'oddities')).toBe('2 odd values: date in the future (2)');
    expect(valuesOf({ flags: [flag('amount-negative', '-5', -1)] }, 'oddities')).toEqual([0]);
    expect(valuesOf(deal!, 'completeness days_since_news')).toEqual([0.6, 3]);
    expect(textOf(deal!, 'completeness')).toBe('Not filled in: owner, next step');
    expect(textOf({ createdAt: daysAgo(50) }, 'days_since_news')).toBe('Nothing new for 50 days');
  });
});
