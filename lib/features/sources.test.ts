import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Facts, Interaction, Known, Touch } from '#lib/core/fact.ts';
import { corpus } from './corpus.ts';
import { asOf, event, fact, fieldsOf, flag, known, node, nothing, relation, touch } from './examples.ts';
import { baseSchema, derive } from './features.ts';
import type { FactSource } from './types.ts';

/** Facts that change, and what a feature must read to notice. */
type Change = { source: FactSource; to: (facts: Facts) => Facts };

const fieldsRead = [
  ...new Set(
    baseSchema.features.flatMap(({ sources }) =>
      sources.flatMap(source => /^(?:fields|account|people|deals)\.(\w+)$/.exec(source)?.[1] ?? []),
    ),
  ),
  'favourite_colour',
];
const value = fc.constantFrom(
  'CEO', 'Germany', 'Chicago', 'america_slash_new_york', '120', '7000', 'SOFTWARE', 'ana@gmail.com', 'closedwon',
  'proposal', '2026-12-24', '1970-01-01', '2026-11-18T09:00:00.000Z', 'true', '1999', '',
); // prettier-ignore
const days = fc.integer({ min: 0, max: 120 });
const name = fc.constantFrom(...fieldsRead);

const aField = fc.tuple(name, value, days).map(all => fact(...all));
const aTouch: fc.Arbitrary<Touch> = fc
  .tuple(
    fc.constantFrom('email', 'call', 'meeting', 'note', 'task'),
    fc.constantFrom('in', 'out', 'none'),
    fc.integer({ min: -10, max: 120 }),
    fc.constantFrom('', 'COMPLETED', 'CONNECTED', 'NO_SHOW', 'BOUNCED'),
  )
  .map(([channel, direction, at, status]) =>
    touch(channel, direction, at, { status, body: 'What does the demo cost? Not interested.' }),
  );
const anEvent: fc.Arbitrary<Interaction> = fc
  .tuple(
    fc.constantFrom('marketing', 'product'),
    fc.constantFrom('page_viewed', 'form_submitted', 'email_opened', 'link_clicked', 'colleague_invited'),
    days,
  )
  .map(([source, type, at]) =>
    event(source, type, at, { url: '/pricing', seconds: 9, scroll: 50, seats: 4 }),
  );
const aRelation = fc
  .tuple(
    fc.constantFrom('knows', 'decides_for', 'influences', 'replied_to'),
    fc.constantFrom('7', '8'),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  .map(([kind, id, strength]) => relation(node('user', '1', 'Tom'), kind, node('person', id), { strength }));

const change: fc.Arbitrary<Change> = fc.oneof(
  aField.map((one): Change => ({
    source: `fields.${one.name}`,
    to: facts => ({ ...facts, fields: { ...facts.fields, [one.name]: one } }),
  })),
  aField.map((one): Change => ({
    source: `fields.${one.name}`,
    to: facts => ({ ...facts, history: [...facts.history, one] }),
  })),
  aField.map((one): Change => ({
    source: `account.${one.name}`,
    to: facts => ({
      ...facts,
      account: known('companies', '3', ...Object.values({ ...facts.account?.fields, [one.name]: one })),
    }),
  })),
  aField.map((one): Change => ({
    source: `people.${one.name}`,
    to: facts => ({ ...facts, people: [...facts.people, known('contacts', '21', one)] }),
  })),
  aField.map((one): Change => ({
    source: `deals.${one.name}`,
    to: facts => ({ ...facts, deals: [...facts.deals, known('deals', '31', one)] }),
  })),
  aTouch.map((one): Change => ({
    source: `touches.${one.channel}`,
    to: facts => ({ ...facts, touches: [...facts.touches, one] }),
  })),
  anEvent.map((one): Change => ({
    source: `interactions.${one.source}`,
    to: facts => ({ ...facts, interactions: [...facts.interactions, one] }),
  })),
  aRelation.map((one): Change => ({
    source: 'relations',
    to: facts => ({ ...facts, relations: [...facts.relations, one] }),
  })),
  fc.constant<Change>({
    source: 'flags',
    to: facts => ({ ...facts, flags: [...facts.flags, flag('amount-negative', '-5')] }),
  }),
  days.map((age): Change => ({
    source: 'createdAt',
    to: facts => ({ ...facts, createdAt: fact('createdate', null, age).at }),
  })),
);

const reads = (sources: readonly FactSource[], source: FactSource): boolean =>
  sources.includes(source) || sources.some(one => one.endsWith('.*') && source.startsWith(one.slice(0, -1)));

const someFacts: fc.Arbitrary<Facts> = fc
  .tuple(fc.array(change, { maxLength: 12 }), fc.constantFrom('contacts', 'deals', 'companies'))
  .map(([changes, object]) =>
    changes.reduce<Facts>((facts, { to }) => to(facts), {
      ...nothing,
      subject: { ...nothing.subject, object },
      fields: fieldsOf(fact('email', 'ana@example.com')),
    }),
  );

describe('the sources of a feature', () => {
  it('are all that it reads: another fact never changes its value, words or evidence', () => {
    fc.assert(
      fc.property(someFacts, change, (facts, { source, to }) => {
        const [before, after] = [facts, to(facts)].map(each => derive(each, baseSchema, asOf).features);
        for (const { name, sources } of baseSchema.features)
          if (!reads(sources, source))
            expect(after?.[name], `${name} noticed ${source}`).toEqual(before?.[name]);
      }),
      { numRuns: 400 },
    );
  });

  it.each(baseSchema.features.map(({ name, sources }) => ({ name, sources })))(
    'are each read by $name: none is named for nothing',
    ({ name, sources }) => {
      const noticed = (source: FactSource) =>
        Object.values(corpus).some(facts => {
          const [before, after] = [facts, without(facts, source)].map(
            each => derive(each, baseSchema, asOf).features[name],
          );
          return JSON.stringify(before) !== JSON.stringify(after);
        });
      expect(sources.filter(source => !noticed(source))).toEqual([]);
    },
  );
});

/** Facts of which one source says nothing. */
function without(facts: Facts, source: FactSource): Facts {
  const [part = '', which = ''] = source.split('.');
  const gone = (name: string) => which === '*' || which === name;
  const kept = ({ subject, fields }: Known): Known => ({
    subject,
    fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !gone(name))),
  });
  return {
    ...facts,
    ...(part === 'createdAt' && { createdAt: '1999-01-01T00:00:00.000Z' }),
    ...(part === 'flags' && { flags: [] }),
    ...(part === 'relations' && { relations: [] }),
    ...(part === 'fields' && {
      fields: kept({ subject: facts.subject, fields: facts.fields }).fields,
      history: facts.history.filter(({ name }) => !gone(name)),
    }),
    ...(part === 'account' && { account: facts.account && kept(facts.account) }),
    ...(part === 'people' && { people: facts.people.map(kept) }),
    ...(part === 'deals' && { deals: facts.deals.map(kept) }),
    ...(part === 'touches' && { touches: facts.touches.filter(({ channel }) => !gone(channel)) }),
    ...(part === 'interactions' && { interactions: facts.interactions.filter(one => !gone(one.source)) }),
  };
}
