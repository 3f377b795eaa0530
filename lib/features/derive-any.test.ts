import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact, Facts, Interaction, Known, QualityFlag, Touch } from '#lib/core/fact.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
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
import { derive, leadOutcome, schemaFor } from './features.ts';

const property = { object: 'contacts', group: 'own', custom: true } as const;
const schema = schemaFor(
  [
    { ...property, name: 'vehicles', label: 'Vehicles', type: 'number' },
    { ...property, name: 'interest', label: 'Interest', type: 'enumeration' },
  ],
  { quarantinedGroups: [] },
);

const names = `email phone jobtitle company country industry createdate vehicles interest hs_analytics_source
  hs_analytics_num_visits lifecyclestage hs_lead_status numberofemployees annualrevenue dealstage hs_is_closed
  hs_sales_email_last_replied closedate amount city hs_timezone founded_year constructor __proto__`.split(
  /\s+/,
);
const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'opportunity',
    'UNQUALIFIED',
    'CEO',
    '-40',
    '1e999',
    'NaN',
    '1970-01-01',
    '9999-12-31T00:00:00Z',
  ),
  fc.constantFrom(
    '\0',
    '🦊'.repeat(200),
    `${'a'.repeat(299)}🦊`,
    '\u202Eolleh',
    ' ',
    'ana@gmail.com',
    '12.5',
    'x'.repeat(1e5),
  ),
  fc.constantFrom('\uD83E', `\uDD8A${'b'.repeat(59)}\uD83E`),
);
/** Days ago: from 57 years ago (1969) to now, and later than now. */
const before = fc.double({ min: 0, max: 21_000, noNaN: true });
const after = fc.double({ min: 0.001, max: 20_000, noNaN: true }).map(days => -days);

const factArb = (times: fc.Arbitrary<[number, number]>): fc.Arbitrary<Fact> =>
  fc
    .tuple(fc.constantFrom(...names), fc.option(words), times)
    .map(([name, value, [at, learnt]]) => fact(name, value, at, learnt));
const touchArb = (times: fc.Arbitrary<[number, number]>): fc.Arbitrary<Touch> =>
  fc
    .record({
      channel: fc.constantFrom('email', 'call', 'meeting', 'note', 'task'),
      direction: fc.constantFrom('in', 'out', 'none'),
      times,
      title: words,
      body: words,
      status: fc.oneof(fc.constantFrom('', 'COMPLETED', 'NO_SHOW', 'CONNECTED', 'BOUNCED'), words),
      threadId: fc.option(fc.constantFrom('a', 'b')),
    })
    .map(({ channel, direction, times: [at, learnt], ...more }) =>
      touch(channel, direction, at, { ...more, learntAt: daysAgo(learnt) }),
    );
const knownArb = (times: fc.Arbitrary<[number, number]>, object: 'contacts' | 'deals'): fc.Arbitrary<Known> =>
  fc.array(factArb(times), { minLength: 1, maxLength: 4 }).map(facts => known(object, '9', ...facts));

const eventArb = (times: fc.Arbitrary<[number, number]>): fc.Arbitrary<Interaction> =>
  fc
    .record({
      source: fc.constantFrom('marketing', 'product'),
      type: fc.oneof(fc.constantFrom('page_viewed', 'form_submitted', 'email_opened', 'link_clicked'), words),
      times,
      properties: fc.dictionary(
        fc.constantFrom('url', 'seconds', 'scroll', 'seats', 'feature', '__proto__'),
        fc.oneof(words, fc.double(), fc.boolean(), fc.constant(null)),
      ),
    })
    .map(({ source, type, times: [at, learnt], properties }) => ({
      ...event(source, type, at, properties),
      learntAt: daysAgo(learnt),
    }));
const relationArb = (times: fc.Arbitrary<[number, number]>): fc.Arbitrary<GraphRelation> =>
  fc
    .record({
      from: fc.constantFrom(node('user', '1'), node('person', '7'), node('account', '3')),
      to: fc.constantFrom(node('person', '7'), node('person', '8', 'Lena\n\u0000Berg'), node('user', '2')),
      kind: fc.constantFrom('knows', 'replied_to', 'decides_for', 'works_at', 'involved_in'),
      strength: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      why: words,
      times,
    })
    .map(({ from, to, kind, times: [at, learnt], ...more }) =>
      relation(from, kind, to, { ...more, at: daysAgo(at), learntAt: daysAgo(learnt), lastAt: null }),
    );
const flagArb = (learnt: fc.Arbitrary<number>): fc.Arbitrary<QualityFlag> =>
  fc.tuple(fc.constantFrom('date-in-the-future', 'amount-negative'), words, learnt).map(all => flag(...all));

const then: fc.Arbitrary<[number, number]> = fc.tuple(before, before);
const factsArb: fc.Arbitrary<Facts> = fc
  .record({
    fields: fc.array(factArb(then), { maxLength: 12 }),
    history: fc.array(factArb(then), { maxLength: 8 }),
    account: fc.option(fc.array(factArb(then), { maxLength: 5 })),
    deals: fc.array(knownArb(then, 'deals'), { maxLength: 3 }),
    people: fc.array(knownArb(then, 'contacts'), { maxLength: 3 }),
    touches: fc.array(touchArb(then), { maxLength: 12 }),
    interactions: fc.array(eventArb(then), { maxLength: 8 }),
    relations: fc.array(relationArb(then), { maxLength: 5 }),
    flags: fc.array(flagArb(before), { maxLength: 3 }),
    object: fc.constantFrom('contacts', 'contacts', 'deals', 'companies'),
    createdAt: before,
  })
  .map(({ object, ...some }) => ({
    ...nothing,
    ...some,
    subject: { ...nothing.subject, object },
    createdAt: daysAgo(some.createdAt),
    fields: fieldsOf(...some.fields),
    account: some.account && known('companies', '3', ...some.account),
  }));

/** Not yet true, or not yet learnt. */
const later: fc.Arbitrary<[number, number]> = fc.oneof(
  fc.tuple(after, after),
  fc.tuple(before, after),
  fc.tuple(after, before),
);
/** What is planned and known counts, so of the touches only those are later that are no such meeting or task. */
const laterTouch = touchArb(later).filter(
  ({ channel, learntAt }) =>
    (channel !== 'meeting' && channel !== 'task') || Date.parse(learntAt) > Date.parse(asOf),
);
const laterArb = fc.record({
  fields: fc.array(factArb(later), { maxLength: 6 }),
  history: fc.array(factArb(later), { maxLength: 6 }),
  deals: fc.array(knownArb(later, 'deals'), { maxLength: 2 }),
  people: fc.array(knownArb(later, 'contacts'), { maxLength: 2 }),
  touches: fc.array(laterTouch, { maxLength: 6 }),
  interactions: fc.array(eventArb(later), { maxLength: 6 }),
  relations: fc.array(
    fc.oneof(
      relationArb(later),
      relationArb(then).map(known => ({ ...known, lastAt: daysAgo(-1) })),
    ),
    { maxLength: 4 },
  ),
  flags: fc.array(flagArb(after), { maxLength: 3 }),
});

describe('with any facts', () => {
  it('what is learnt or dated later never changes the row or the outcome', () => {
    fc.assert(
      fc.property(factsArb, laterArb, (facts, later) => {
        // A later value takes the place of the current one, which the history then keeps.
        const replaced = later.fields.flatMap(({ name }) =>
          Object.hasOwn(facts.fields, name) ? (facts.fields[name] ?? []) : [],
        );
        const grown: Facts = {
          ...facts,
          fields: { ...facts.fields, ...fieldsOf(...later.fields) },
          history: [...facts.history, ...replaced, ...later.history],
          deals: [...later.deals, ...facts.deals],
          people: [...later.people, ...facts.people],
          touches: [...later.touches, ...facts.touches],
          interactions: [...later.interactions, ...facts.interactions],
          relations: [...later.relations, ...facts.relations],
          flags: [...later.flags, ...facts.flags],
        };
        expect(derive(grown, schema, asOf)).toEqual(derive(facts, schema, asOf));
        expect(leadOutcome(grown, asOf)).toEqual(leadOutcome(facts, asOf));
      }),
      { numRuns: 300 },
    );
  });

  it('gives finite numbers, one line of words and at most three pieces of evidence, twice the same', () => {
    fc.assert(
      fc.property(factsArb, fc.array(touchArb(later), { maxLength: 4 }), (facts, more) => {
        const all = { ...facts, touches: [...facts.touches, ...more] };
        const row = derive(all, schema, asOf);
        expect(derive(structuredClone(all), schema, asOf)).toEqual(row);
        for (const { value, text, evidence } of Object.values(row.features)) {
          if (typeof value === 'number') expect(value).toSatisfy(Number.isFinite);
          expect(text).toMatch(/^[^\p{Cc}]{3,200}$/u);
          expect(evidence.length).toBeLessThanOrEqual(3);
        }
        const written = JSON.stringify(row);
        expect(written).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
      { numRuns: 300 },
    );
  });

  it('does not throw on times that cannot be read', () => {
    const broken = { ...fact('email', 'a@b.com'), at: 'soon' };
    const facts = {
      ...nothing,
      createdAt: 'never',
      fields: fieldsOf(broken),
      touches: [touch('email', 'in', 1, { at: '' })],
    };
    const row = derive(facts, schema, asOf).features;
    expect([row['email_kind']?.value, row['emails_in_7d']?.value, row['age_days']?.value]).toEqual([
      null,
      0,
      null,
    ]);
  });
});
