import { expect, it } from 'vitest';
import type { Fact } from '#lib/core/fact.ts';
import { asOf, daysAgo, fact, fieldsOf, nothing } from './examples.ts';
import { leadOutcome } from './features.ts';

const stage = (value: string, days: number) => fact('lifecyclestage', value, days);
const status = (value: string, days: number) => fact('hs_lead_status', value, days);

it.each<[string, Fact[], ReturnType<typeof leadOutcome>]>([
  ['nothing is known', [], { state: 'open' }],
  ['a lead', [stage('lead', 40)], { state: 'open' }],
  [
    'won at the first such stage',
    [stage('lead', 40), stage('opportunity', 20), stage('customer', 5)],
    { state: 'won', at: daysAgo(20) },
  ],
  ['won later than now', [stage('lead', 40), stage('opportunity', -1)], { state: 'open' }],
  ['unqualified', [status('NEW', 40), status('UNQUALIFIED', 10)], { state: 'lost', at: daysAgo(10) }],
  [
    'lost since it began',
    [status('BAD_TIMING', 30), status('UNQUALIFIED', 10)],
    { state: 'lost', at: daysAgo(30) },
  ],
  ['taken up again', [status('BAD_TIMING', 30), status('IN_PROGRESS', 10)], { state: 'open' }],
  [
    'won after having been lost',
    [status('BAD_TIMING', 30), stage('Opportunity', 10)],
    { state: 'won', at: daysAgo(10) },
  ],
])('%s', (_, history, outcome) => {
  expect(leadOutcome({ ...nothing, history }, asOf)).toEqual(outcome);
});

it('takes the current value at its own time where no history is kept', () => {
  const fields = fieldsOf(stage('customer', 12));
  expect(leadOutcome({ ...nothing, fields }, asOf)).toEqual({ state: 'won', at: daysAgo(12) });
});

it('does not know what was learnt later', () => {
  const fields = fieldsOf(fact('lifecyclestage', 'customer', 12, 3));
  expect(leadOutcome({ ...nothing, fields }, daysAgo(5))).toEqual({ state: 'open' });
});
