import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmRecord } from '#lib/core/record.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant, type Instant } from '#lib/core/time.ts';
import { openTestDb } from '#lib/platform/testing/test-db.ts';
import { factsAbout, project } from './graph.ts';
import {
  accountGraph,
  buyingGroup,
  changedSince,
  contradictions,
  neighbourhood,
  pathsBetween,
  whoKnowsWhom,
} from './read.ts';
import { recordArbitrary } from './testing/random-versions.ts';

let test: Awaited<ReturnType<typeof openTestDb>>;
beforeAll(async () => {
  test = await openTestDb();
});
afterAll(() => test.close());

const day = (n: number): Instant => toInstant(Date.UTC(2026, 0, 1) + n * 86_400_000);
const ref = (object: CrmObject, id: string): Subject => ({ crm: 'hubspot', object, id });
const link = (object: CrmObject, id: string, kind = 'plain') => ({ to: ref(object, id), kind });
const record = (
  subject: Subject,
  at: number,
  fields: CrmRecord['fields'],
  links: CrmRecord['links'] = [],
): CrmRecord => ({
  ref: subject,
  version: `v${at}`,
  createdAt: day(at),
  updatedAt: day(at),
  archived: false,
  fields,
  history: [],
  links,
});
let tenants = 0;
const freshTenant = () => `g${(tenants += 1)}`;
const learn = (tenant: string, records: CrmRecord[], at: Instant) =>
  test.db.tenant(tenant, tx => project(tx, records, at));

const acme = ref('companies', 'acme');
const [ana, ben, cleo] = [ref('contacts', 'ana'), ref('contacts', 'ben'), ref('contacts', 'cleo')];
const deal = ref('deals', 'vans');
const rep = ref('owners', '1');
const email = (
  id: string,
  at: number,
  direction: 'in' | 'out',
  text: string,
  who: Subject,
  more: CrmRecord['fields'] = {},
) =>
  record(
    ref('emails', id),
    at,
    {
      hs_timestamp: day(at),
      hs_email_subject: 'Your vans',
      hs_email_text: text,
      hs_email_direction: direction === 'in' ? 'INCOMING_EMAIL' : 'EMAIL',
      hs_email_thread_id: 't1',
      hubspot_owner_id: '1',
      ...more,
    },
    [link(who.object, who.id)],
  );
const story: CrmRecord[] = [
  record(rep, 0, { firstname: 'Rita', lastname: 'Rep', teams: JSON.stringify([{ id: '7', name: 'North' }]) }),
  record(ref('owners', '2'), 0, {
    firstname: 'Otto',
    lastname: 'Other',
    teams: JSON.stringify([{ id: '7', name: 'North' }]),
  }),
  record(acme, 0, {
    name: 'Acme',
    industry: 'RETAIL',
    country: 'Germany',
    numberofemployees: '120',
    hubspot_owner_id: '2',
  }),
  record(ref('companies', 'like'), 0, {
    name: 'Like',
    industry: 'RETAIL',
    country: 'Germany',
    numberofemployees: '200',
  }),
  record(ana, 1, { firstname: 'Ana', lastname: 'Alvarez', jobtitle: 'Head of IT', reports_to: 'Ben Bauer' }, [
    link('companies', 'acme'),
  ]),
  record(
    ben,
    1,
    { firstname: 'Ben', lastname: 'Bauer', hs_buying_role: 'BUDGET_HOLDER', reports_to: 'Ana Alvarez' },
    [link('companies', 'acme')],
  ),
  record(cleo, 1, { firstname: 'Cleo', lastname: 'Clark' }, [link('companies', 'acme')]),
  record(
    deal,
    2,
    {
      dealname: 'Vans',
      dealstage: 'proposal',
      closedate: day(90),
      main_competitor: 'Fleetio',
      hubspot_owner_id: '1',
    },
    [link('companies', 'acme'), link('contacts', 'ana', 'Champion')],
  ),
  email('e1', 10, 'out', 'How are things?', ana),
  email(
    'e2',
    12,
    'in',
    'The pricing is fine, but ask Ben Bauer. We also look at Fleetio. It is on hold until Q3.',
    ana,
  ),
  record(
    ref('meetings', 'm1'),
    14,
    {
      hs_timestamp: day(14),
      hs_meeting_title: 'Demo',
      hs_meeting_outcome: 'COMPLETED',
      hubspot_owner_id: '1',
    },
    [link('contacts', 'ana')],
  ),
];
const told = (relations: readonly GraphRelation[]) =>
  relations.map(({ from, kind, to }) => `${from.name} ${kind} ${to.name}`);

describe('the graph of an account', () => {
  const asOf = day(20);
  const ask = async <T>(what: (tx: Parameters<typeof accountGraph>[0]) => Promise<T>): Promise<T> => {
    const tenant = freshTenant();
    await learn(tenant, story, day(15));
    return test.db.tenant(tenant, what);
  };

  it('says who stands how to whom, each with evidence', async () => {
    const graph = await ask(tx => accountGraph(tx, acme, asOf));
    expect(told(graph.relations).toSorted()).toEqual(
      [
        'Acme similar_to Like',
        'Ana Alvarez attended Demo',
        'Ana Alvarez influences Vans',
        'Ana Alvarez interested_in Pricing',
        'Ana Alvarez involved_in Vans',
        'Ana Alvarez mentioned Ben Bauer',
        'Ana Alvarez mentioned Fleetio',
        'Ana Alvarez replied_to Rita Rep',
        'Ana Alvarez reports_to Ben Bauer',
        'Ana Alvarez works_at Acme',
        'Ben Bauer decides_for Acme',
        'Ben Bauer reports_to Ana Alvarez',
        'Ben Bauer works_at Acme',
        'Cleo Clark works_at Acme',
        'Fleetio competes Vans',
        'Otto Other member_of North',
        'Otto Other owns Acme',
        'Rita Rep attended Demo',
        'Rita Rep knows Ana Alvarez',
        'Rita Rep member_of North',
        'Rita Rep owns Vans',
      ].toSorted(),
    );
    for (const { evidence, learntAt } of graph.relations) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(learntAt <= asOf).toBe(true);
    }
    const mention = graph.relations.find(({ kind, to }) => kind === 'mentioned' && to.name === 'Fleetio');
    expect(story.find(one => one.ref.id === 'e2')?.fields['hs_email_text']).toContain(
      mention?.evidence[0]?.snippet.slice(0, 20),
    );
    expect(graph.nodes.find(({ name }) => name === 'Ana Alvarez')).toMatchObject({
      title: 'Head of IT',
      lastTouchAt: day(14),
      touches: 3,
      roles: [{ role: 'champion', basis: 'stated' }],
    });
    expect(graph.stream.map(({ ref: one }) => one.id)).toEqual(['m1', 'e2', 'e1']);
  });

  it('who knows whom, the parts that are played and those that nobody plays', async () => {
    const [known] = await ask(tx => whoKnowsWhom(tx, acme, asOf));
    expect(known).toMatchObject({
      person: { name: 'Ana Alvarez' },
      user: { name: 'Rita Rep' },
      counts: { in: 1, out: 1, both: 1 },
    });
    expect(known?.strength).toBeGreaterThan(0.5);
    const group = await ask(tx => buyingGroup(tx, acme, asOf));
    expect(group.filled.map(({ role, person }) => `${person.name}: ${role}`)).toEqual([
      'Ana Alvarez: champion',
      'Ben Bauer: budget_holder',
    ]);
    expect(group.missing).toEqual(['decision_maker', 'technical_evaluator', 'end_user']);
    expect(group.unplaced.map(({ name }) => name)).toEqual(['Cleo Clark']);
    const ofDeal = await ask(tx => buyingGroup(tx, deal, asOf));
    expect(ofDeal.filled.map(({ person }) => person.name)).toEqual(['Ana Alvarez']);
  });

  it('the shortest ways to a person, and a neighbourhood with its limit; circles end', async () => {
    const paths = await ask(tx => pathsBetween(tx, rep, cleo, asOf));
    expect(paths[0] && told(paths[0].hops)).toEqual([
      'Rita Rep knows Ana Alvarez',
      'Ana Alvarez works_at Acme',
      'Cleo Clark works_at Acme',
    ]);
    const near = await ask(tx =>
      neighbourhood(tx, ana, { depth: 2, limit: 4, kinds: ['person', 'account'], asOf }),
    );
    expect(near.nodes).toHaveLength(4);
    expect(near.nodes.map(({ name, distance }) => `${name} ${distance}`)).toEqual(
      expect.arrayContaining(['Acme 1', 'Ben Bauer 1']),
    );
    expect(near.nodes.every(({ kind }) => kind === 'person' || kind === 'account')).toBe(true);
    const tight = await ask(tx => neighbourhood(tx, ana, { depth: 1, limit: 2, asOf }));
    expect(tight.nodes).toHaveLength(2);
    expect(tight.truncated).toBeGreaterThan(0);
  });

  it('a stream that contradicts a field, until somebody changed the field', async () => {
    const [found] = await ask(tx => contradictions(tx, acme, asOf));
    expect(found).toMatchObject({
      rule: 'on-hold',
      about: { name: 'Vans' },
      text: 'On 2026-01-13 it was said that nothing happens before 2026-07-01, but the close date is 2026-04-01.',
      field: { field: 'closedate' },
    });
    expect(found?.said.snippet).toContain('on hold until Q3');
    const tenant = freshTenant();
    await learn(tenant, story, day(15));
    await learn(
      tenant,
      [
        record(deal, 16, { dealname: 'Vans', dealstage: 'proposal', closedate: day(240) }, [
          link('contacts', 'ana', 'Champion'),
        ]),
      ],
      day(16),
    );
    expect(await test.db.tenant(tenant, tx => contradictions(tx, acme, asOf))).toEqual([]);
  });

  it('what changed since a time', async () => {
    const tenant = freshTenant();
    await learn(tenant, story, day(15));
    await learn(
      tenant,
      [
        record(deal, 17, { dealname: 'Vans', dealstage: 'won', closedate: day(90), hubspot_owner_id: '1' }, [
          link('companies', 'acme'),
          link('contacts', 'ana', 'Champion'),
          link('contacts', 'ben'),
        ]),
      ],
      day(17),
    );
    await learn(tenant, [email('e3', 18, 'in', 'Thank you', ben)], day(18));
    const changes = await test.db.tenant(tenant, tx => changedSince(tx, acme, day(16), asOf));
    expect(changes.map(({ text }) => text)).toEqual([
      'E-mail: Your vans',
      'Now linked to Ben Bauer',
      'Stage: proposal → won',
    ]);
  });

  it('stands in the facts that decisions are made from', async () => {
    const facts = await ask(tx => factsAbout(tx, ana, asOf));
    const kinds = new Set(facts.relations.map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([
      'decides_for',
      'influences',
      'involved_in',
      'knows',
      'member_of',
      'owns',
      'replied_to',
      'reports_to',
      'works_at',
    ]);
    expect(facts.relations.length).toBeLessThanOrEqual(200);
  });

  it('answers not_found for what nobody knows', async () => {
    await expect(ask(tx => accountGraph(tx, ref('companies', 'none'), asOf))).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('as of a time', () => {
  it('is as if nothing had been learnt later, whatever the history', async () => {
    await fc.assert(
      fc.asyncProperty(recordArbitrary, fc.integer({ min: 24, max: 40 }), async (learnt, n) => {
        const [whole, then] = [freshTenant(), freshTenant()];
        const asOf = day(n);
        for (const [tenant, all] of [
          [whole, learnt],
          [then, learnt.filter(one => one.learntAt <= asOf)],
        ] as const)
          await test.db.tenant(tenant, async tx => {
            for (const one of all) await project(tx, [one.record], one.learntAt);
          });
        const company = ref('companies', '1');
        const look = (tenant: string) =>
          test.db.tenant(tenant, async tx => {
            try {
              return [
                await accountGraph(tx, company, asOf),
                await changedSince(tx, company, day(22), asOf),
                (await factsAbout(tx, company, asOf)).relations,
              ];
            } catch (error) {
              return [(error as { code?: string }).code];
            }
          });
        expect(await look(whole)).toEqual(await look(then));
      }),
      { numRuns: 15 },
    );
  });
});
