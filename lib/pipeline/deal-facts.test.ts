import { describe, expect, it } from 'vitest';
import type { Fact, Facts, Touch } from '#lib/core/fact.ts';
import { toInstant } from '#lib/core/time.ts';
import { dealFactsFrom } from './deal-facts.ts';
import { stageFactsFrom } from './stage-facts.ts';

const day = (n: number) => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const ref = { crm: 'hubspot', object: 'deals', id: '1' } as const;
const fact = (name: string, value: string | null, at: string): Fact => ({
  name,
  value,
  at,
  learntAt: day(90),
  source: { ...ref, field: name, version: `version of ${name}` },
});
const touch = (more: Partial<Touch>): Touch => ({
  ref: { ...ref, object: 'emails' },
  version: 'v',
  channel: 'email',
  direction: 'out',
  at: day(1),
  learntAt: day(1),
  title: '',
  body: '',
  status: '',
  ownerId: null,
  threadId: null,
  ourChange: null,
  ...more,
});
const factsWith = (history: Fact[], touches: Touch[] = []): Facts => ({
  subject: ref,
  asOf: day(100),
  createdAt: day(0),
  fields: Object.fromEntries(history.map(one => [one.name, one])),
  history,
  account: { subject: { ...ref, object: 'companies', id: '5' }, fields: {} },
  deals: [],
  people: [],
  touches,
  interactions: [],
  relations: [],
  flags: [],
  owner: null,
});

describe('dealFactsFrom', () => {
  it('reads stays in stages, pushes and movements from the history', () => {
    const deal = dealFactsFrom(
      factsWith(
        [
          fact('dealstage', 'new', day(0)),
          fact('closedate', day(30), day(0)),
          fact('dealstage', 'new', day(5)),
          fact('dealstage', 'proposal', day(10)),
          fact('closedate', day(60), day(20)),
          fact('closedate', day(50), day(25)),
          fact('closedate', day(80), day(40)),
        ],
        [touch({ at: day(11) }), touch({ at: day(13) }), touch({ at: day(17) })],
      ),
    );
    expect(deal).toMatchObject({ stageId: 'proposal', stageSince: day(10), pushes: 2, accountId: '5' });
    expect(deal.spells).toEqual([
      { stageId: 'new', enteredAt: day(0), leftAt: day(10), silenceHours: null },
      { stageId: 'proposal', enteredAt: day(10), leftAt: null, silenceHours: 83 * 24 },
    ]);
    expect(deal.movements.filter(movement => movement.kind === 'stage')).toEqual([
      { kind: 'stage', at: day(0), from: null, to: 'new' },
      { kind: 'stage', at: day(10), from: 'new', to: 'proposal' },
    ]);
  });

  it('counts contact that took place, and what is planned', () => {
    const deal = dealFactsFrom(
      factsWith(
        [],
        [
          touch({ at: day(10), direction: 'in' }),
          touch({ at: day(20) }),
          touch({ at: day(30), channel: 'call', status: 'NO_ANSWER' }),
          touch({ at: day(35), status: 'BOUNCED' }),
          touch({ at: day(40), channel: 'meeting', direction: 'none', status: 'CANCELED' }),
          touch({ at: day(45), channel: 'note', direction: 'none' }),
          touch({ at: day(110), channel: 'meeting', direction: 'none', status: 'SCHEDULED' }),
          touch({ at: day(120), channel: 'task', direction: 'none', status: 'COMPLETED' }),
        ],
      ),
    );
    expect(deal).toMatchObject({
      lastTouchAt: day(30),
      lastReplyAt: day(10),
      unanswered: 2,
      plannedUntil: day(110),
    });
  });

  it('keeps what cannot be read as it is, and says so', () => {
    const deal = dealFactsFrom(
      factsWith([
        fact('closedate', 'end of Q3', day(0)),
        fact('deal_currency_code', 'Euros', day(0)),
        fact('amount', '12k', day(0)),
      ]),
    );
    expect(deal).toMatchObject({ amount: '12k', closeDate: null, currency: 'XXX' });
    expect(deal.problems).toEqual(['unreadable-close-date', 'unknown-currency']);
  });
});

it('stageFactsFrom reads the stages of a pipeline’s record', () => {
  const stages = JSON.stringify([
    { id: 'a', label: 'A', displayOrder: 0, probability: 0.25, isClosed: false },
    { id: 'w', label: 'Won', displayOrder: 1, probability: 1, isClosed: true },
    { id: 'l', label: 'Lost', displayOrder: 2, probability: null, isClosed: true },
  ]);
  const pipeline = {
    ref: { ...ref, object: 'pipelines', id: 'p' } as const,
    fields: { label: 'Sales', stages },
  };
  expect(stageFactsFrom(pipeline)).toMatchObject([
    { pipelineId: 'p', pipelineName: 'Sales', stageId: 'a', probabilityBp: 2500, closed: false, won: false },
    { stageId: 'w', closed: true, won: true },
    { stageId: 'l', probabilityBp: 0, closed: true, won: false },
  ]);
});
