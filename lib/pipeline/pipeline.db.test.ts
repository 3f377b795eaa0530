import { sql } from 'drizzle-orm';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dealRollups } from '#drizzle/schema/pipeline.ts';
import { toInstant } from '#lib/core/time.ts';
import { rowsOf } from '#lib/platform/db.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import type { PipelineView } from './page-types.ts';
import { refresh, type DealFacts, type StageFacts } from './pipeline.ts';
import { readDeals, readPipeline, type DealFilter } from './read.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const day = (n: number) => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const now = new Date(day(100));
const names = { owners: new Map([['1', 'Olga'], ['2', 'Omar']]), accounts: new Map([['5', 'Acme']]) }; // prettier-ignore
const stage = (stageId: string, position: number, probabilityBp: number, state: 'open' | 'won' | 'lost' = 'open'): StageFacts => ({ crm: 'hubspot', pipelineId: 'p', stageId, pipelineName: 'Sales', name: stageId.toUpperCase(), position, probabilityBp, closed: state !== 'open', won: state === 'won' }); // prettier-ignore
const stages = [
  stage('new', 0, 1000),
  stage('late', 1, 7000),
  stage('won', 2, 10_000, 'won'),
  stage('lost', 3, 0, 'lost'),
];

const deal = (recordId: string, more: Partial<DealFacts> = {}): DealFacts => ({
  crm: 'hubspot',
  recordId,
  version: 'v1',
  name: `Deal ${recordId}`,
  pipelineId: 'p',
  stageId: 'new',
  amount: '100',
  currency: null,
  closeDate: day(120),
  ownerId: '1',
  accountId: '5',
  createdAt: day(10),
  stageSince: day(90),
  people: 2,
  lastTouchAt: day(99),
  lastReplyAt: day(99),
  unanswered: 0,
  plannedUntil: day(110),
  pushes: 0,
  problems: [],
  archived: false,
  movements: [{ kind: 'added', at: day(10), from: null, to: null }],
  spells: [{ stageId: 'new', enteredAt: day(10), leftAt: null, silenceHours: null }],
  ...more,
});

const anyDay = fc.integer({ min: 0, max: 110 }).map(day);
const anyDeal = fc
  .record({
    id: fc.integer({ min: 1, max: 8 }),
    stageId: fc.constantFrom('new', 'late', 'won', 'lost', 'gone'),
    amount: fc.constantFrom(null, '10', '20.5', '-3', 'lots'),
    currency: fc.constantFrom(null, 'EUR', 'JPY'),
    ownerId: fc.constantFrom(null, '1', '2'),
    archived: fc.constantFrom(false, false, false, true),
    people: fc.integer({ min: 0, max: 3 }),
    closeDate: fc.option(anyDay),
    plannedUntil: fc.option(anyDay),
    lastTouchAt: fc.option(anyDay),
    movedAt: anyDay,
    pushes: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ id, movedAt, ...more }) =>
    deal(String(id), {
      ...more,
      stageSince: movedAt,
      movements: [
        { kind: 'added', at: day(10), from: null, to: null },
        { kind: 'stage', at: movedAt, from: 'new', to: more.stageId },
        { kind: 'close-date', at: movedAt, from: day(50), to: more.closeDate },
      ],
    }),
  );
const refreshes = fc.array(fc.array(anyDeal, { maxLength: 6 }), { minLength: 1, maxLength: 5 });

let tenants = 0;
const tenantWith = async (...batches: DealFacts[][]): Promise<string> => {
  const tenant = `t${(tenants += 1)}`;
  await test.db.tenant(tenant, tx => refresh(tx, { deals: [], stages }, now));
  for (const deals of batches) await test.db.tenant(tenant, tx => refresh(tx, { deals }, now));
  return tenant;
};
const view = (tenant: string): Promise<PipelineView> =>
  test.db.tenant(tenant, tx => readPipeline(tx, now, names));
const list = (tenant: string, filter: DealFilter = {}) =>
  test.db.tenant(tenant, tx => readDeals(tx, filter, now, names));

describe('refresh', () => {
  it('keeps totals that equal a recount, after any history', async () => {
    await fc.assert(
      fc.asyncProperty(refreshes, async batches => {
        const tenant = await tenantWith(...batches);
        const kept = await test.db.tenant(tenant, tx => tx.sql.select().from(dealRollups));
        const counted = await test.db.tenant(tenant, tx =>
          rowsOf(
            tx.sql,
            sql`select pipeline_id, stage_id, coalesce(owner_id, '') as owner_id, currency, count(*)::int as count,
                  count(*) filter (where amount_minor is null)::int as missing,
                  coalesce(sum(amount_minor), 0)::int as amount
                from deals where not archived group by 1, 2, 3, 4`,
          ),
        );
        const line = (...parts: unknown[]) => parts.join(' ');
        expect(
          kept
            .map(r =>
              line(r.pipelineId, r.stageId, r.ownerId, r.currency, r.count, r.missingAmount, r.amountMinor),
            )
            .toSorted(),
        ).toEqual(
          counted
            .map(r =>
              line(
                r['pipeline_id'],
                r['stage_id'],
                r['owner_id'],
                r['currency'],
                r['count'],
                r['missing'],
                r['amount'],
              ),
            )
            .toSorted(),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('changes nothing the second time', async () => {
    const deals = [deal('1'), deal('2', { ownerId: null, amount: null })];
    const tenant = await tenantWith(deals);
    const before = await view(tenant);
    await test.db.tenant(tenant, tx => refresh(tx, { deals, stages }, now));
    expect(await view(tenant)).toEqual(before);
  });

  it('follows the CRM when it defines a stage anew, and takes a stage that is not defined for an open one', async () => {
    const tenant = await tenantWith([deal('1', { stageId: 'paid' })]);
    expect((await view(tenant)).stages.at(-1)).toMatchObject({
      name: 'Unknown stage (paid)',
      count: 1,
      weighted: 0,
    });
    expect((await list(tenant, { flag: 'unknown-stage' })).map(row => row.name)).toEqual(['Deal 1']);
    await test.db.tenant(tenant, tx =>
      refresh(tx, { deals: [], stages: [stage('paid', 9, 10_000, 'won')] }, now),
    );
    expect((await view(tenant)).totals.count).toBe(0);
    expect(await list(tenant, { state: 'won' })).toHaveLength(1);
  });

  it('sees its own tenant alone', async () => {
    await tenantWith([deal('1')]);
    expect((await view(await tenantWith())).totals).toEqual({ count: 0, amount: 0, weighted: 0 });
  });
});

describe('the page', () => {
  it('leads from each number to as many deals', async () => {
    await fc.assert(
      fc.asyncProperty(refreshes, async batches => {
        const tenant = await tenantWith(...batches);
        const page = await view(tenant);
        const count = async (filter: DealFilter) => (await list(tenant, filter)).length;
        expect(await count({})).toBe(page.totals.count);
        expect(await count({ flag: 'at-risk' })).toBe(page.atRisk.length);
        for (const one of page.stages) {
          expect(await count({ stage: one.id })).toBe(one.count);
          expect(await count({ stage: one.id, pipeline: one.pipeline, flag: 'missing-amount' })).toBe(
            one.missingAmount,
          );
        }
        for (const rep of page.reps) {
          const owner = rep.ownerId ?? 'none';
          expect(await count({ owner })).toBe(rep.count);
          expect(await count({ owner, flag: 'at-risk' })).toBe(rep.atRisk);
          expect(await count({ owner, change: 'won' })).toBe(rep.wonCount);
        }
        for (const change of page.change) expect(await count({ change: change.kind })).toBe(change.count);
        for (const other of page.otherCurrencies)
          expect(await count({ currency: other.currency })).toBe(other.count);
        for (const { filter, count: said } of page.hygiene)
          expect(await count({ flag: filter.replace('flag=', '') })).toBe(said);
        const rows = (await list(tenant)).filter(row => row.currency === page.currency);
        const total = (of: 'amount' | 'weighted') => rows.reduce((sum, row) => sum + (row[of] ?? 0), 0);
        expect(page.totals.amount).toBeCloseTo(total('amount'), 6);
        // Each line is rounded to the currency's smallest unit, the total once.
        const halfUnit = page.currency === 'JPY' ? 0.5 : 0.005;
        const apart = Math.abs(page.totals.weighted - total('weighted'));
        expect(apart).toBeLessThanOrEqual(halfUnit * (rows.length + 1) + 1e-9);
      }),
      { numRuns: 12 },
    );
  });

  it('shows money in major units, other currencies apart, and what is missing', async () => {
    const tenant = await tenantWith([
      deal('1', { amount: '1000.50' }),
      deal('2', { stageId: 'late', amount: '200', ownerId: null }),
      deal('3', { amount: '5000', currency: 'JPY' }),
      deal('4', { amount: 'about 5k' }),
    ]);
    const page = await view(tenant);
    expect(page).toMatchObject({
      currency: 'USD',
      otherCurrencies: [{ currency: 'JPY', count: 1, amount: 5000 }],
      totals: { count: 4, amount: 1200.5, weighted: 240.05 },
      forecast: null,
    });
    expect(page.stages).toMatchObject([
      {
        id: 'new',
        name: 'NEW',
        pipeline: 'Sales',
        probability: 0.1,
        count: 3,
        amount: 1000.5,
        missingAmount: 1,
      },
      { id: 'late', count: 1, amount: 200, weighted: 140 },
    ]);
    expect(page.hygiene.map(line => [line.text, line.filter])).toEqual([
      ['1 open deal has no amount that can be added up', 'flag=missing-amount'],
      ['1 open deal has an amount that is not a number', 'flag=unreadable-amount'],
      ['1 open deal has no owner', 'flag=missing-owner'],
    ]);
    expect(await list(tenant, { currency: 'JPY' })).toMatchObject([
      {
        name: 'Deal 3',
        account: 'Acme',
        owner: 'Olga',
        url: '/deals/3',
        ageDays: 90,
      },
    ]);
  });

  it('says why a deal is at risk, with the place in the record', async () => {
    const tenant = await tenantWith([
      deal('1', { pushes: 3, plannedUntil: null, closeDate: day(90), version: 'v7' }),
    ]);
    const [risk] = (await view(tenant)).atRisk;
    expect(risk?.why).toEqual([
      'The close date was moved to a later day 3 times.',
      'The close date, 2026-04-01, is 10 days past.',
      'No next step is planned.',
    ]);
    expect(risk?.evidence).toEqual([
      {
        crm: 'hubspot',
        object: 'deals',
        id: '1',
        field: 'closedate',
        version: 'v7',
        at: day(100),
        snippet: day(90),
        url: '/deals/1',
      },
      {
        crm: 'hubspot',
        object: 'deals',
        id: '1',
        version: 'v7',
        at: day(100),
        snippet: 'Deal 1',
        url: '/deals/1',
      },
    ]);
  });

  it('learns what is usual from won deals', async () => {
    const won = Array.from({ length: 6 }, (_, i) =>
      deal(`w${i}`, {
        stageId: 'won',
        spells: [
          { stageId: 'new', enteredAt: day(10), leftAt: day(15 + i), silenceHours: 48 },
          { stageId: 'won', enteredAt: day(15 + i), leftAt: null, silenceHours: null },
        ],
      }),
    );
    const tenant = await tenantWith([...won, deal('1', { stageSince: day(80), lastTouchAt: day(91) })]);
    const [risk] = (await view(tenant)).atRisk;
    expect(risk?.why).toEqual([
      'No contact for 9 days; in 80 % of the deals you won, silence at this stage lasted at most 2 days.',
      'In NEW for 20 days; of the deals you won, 80 % left it within 9 days.',
    ]);
  });

  it('does not take the date that is set on closing for a push', async () => {
    const movements: DealFacts['movements'] = [
      { kind: 'stage', at: day(95), from: 'new', to: 'won' },
      { kind: 'close-date', at: day(95), from: day(90), to: day(95) },
    ];
    const tenant = await tenantWith([deal('1', { stageId: 'won', stageSince: day(95), movements })]);
    expect((await view(tenant)).change.map(change => [change.kind, change.count])).toEqual([['won', 1]]);
  });
});
