import { describe, expect, it } from 'vitest';
import { toInstant } from '#lib/core/time.ts';
import type { StoredDeal } from './store-types.ts';
import { isAtRisk, risksOf, silentAfter, type RiskContext } from './risk.ts';

const day = (n: number) => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const healthy: StoredDeal = {
  crm: 'hubspot',
  recordId: '1',
  version: 'v',
  name: 'Pilot',
  pipelineId: 'p',
  stageId: 'early',
  amountMinor: 100_000,
  currency: 'USD',
  closeDate: day(120),
  ownerId: '9',
  accountId: '5',
  createdAt: day(0),
  stageSince: day(90),
  closedAt: null,
  state: 'open',
  people: 2,
  lastTouchAt: day(95),
  lastReplyAt: day(95),
  unanswered: 0,
  plannedUntil: day(110),
  pushes: 0,
  problems: [],
  archived: false,
  refreshedAt: day(100),
};
const context: RiskContext = {
  stage: {
    crm: 'hubspot',
    pipelineId: 'p',
    stageId: 'early',
    pipelineName: 'Sales',
    name: 'Early',
    position: 0,
    probabilityBp: 1000,
    closed: false,
    won: false,
  },
  norms: {
    stages: new Map([['early', { stays: 20, days80: 14.2, talks: 20, silence80: 11.3 }]]),
    medianAmount: new Map([['USD', 200_000]]),
  },
  now: day(100),
  money: minor => `$${minor / 100}`,
};
const found = (more: Partial<StoredDeal>, also: Partial<RiskContext> = {}) =>
  risksOf({ ...healthy, ...more }, { ...context, ...also });

describe('risksOf', () => {
  it('finds nothing wrong with a healthy deal, and asks nothing of a closed one', () => {
    expect(found({})).toEqual([]);
    expect(found({ state: 'lost', plannedUntil: null, people: 0, pushes: 9 })).toEqual([]);
  });

  it('says each sign in words and numbers', () => {
    const text = (more: Partial<StoredDeal>, also?: Partial<RiskContext>) => found(more, also)[0]?.text;
    expect(text({ people: 1, amountMinor: 300_000 })).toBe(
      'Only one person is linked to it, and it is worth $3000: half of the open deals are below $2000.',
    );
    expect(
      text(
        { people: 0 },
        { stage: context.stage && { ...context.stage, name: 'Contract', probabilityBp: 9000 } },
      ),
    ).toBe('Nobody is linked to it, at the late stage Contract.');
    expect(text({ lastTouchAt: day(80) })).toBe(
      'No contact for 20 days; in 80 % of the deals you won, silence at this stage lasted at most 12 days.',
    );
    expect(text({ unanswered: 3 })).toBe('The last 3 e-mails and calls were not answered.');
    expect(text({ pushes: 2 })).toBe('The close date was moved to a later day 2 times.');
    expect(text({ closeDate: day(90) })).toBe('The close date, 2026-04-01, is 10 days past.');
    expect(text({ stageSince: day(80) })).toBe(
      'In Early for 20 days; of the deals you won, 80 % left it within 15 days.',
    );
    expect(text({ plannedUntil: day(99) })).toBe('No next step is planned.');
  });

  it('says nothing is usual where there are few examples', () => {
    const norms = {
      ...context.norms,
      stages: new Map([['early', { stays: 4, days80: 1, talks: 4, silence80: 1 }]]),
    };
    expect(silentAfter('early', norms)).toEqual({ limit: 21, usual: null });
    expect(found({ stageSince: day(0), lastTouchAt: day(80) }, { norms })).toEqual([]);
  });

  it('needs two signs, besides a plan that is missing, to call a deal at risk', () => {
    expect(isAtRisk(found({ plannedUntil: null }))).toBe(false);
    expect(isAtRisk(found({ plannedUntil: null, pushes: 2 }))).toBe(false);
    expect(isAtRisk(found({ unanswered: 4, pushes: 2 }))).toBe(true);
  });
});
