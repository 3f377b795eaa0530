import type { Fact, Facts, Interaction, Known, Touch } from '#lib/core/fact.ts';

type Change = (text: string) => string;

const mapFact = (fact: Fact, change: Change): Fact => {
  const value = fact.value === null ? null : change(fact.value);
  return value === fact.value ? fact : { ...fact, value };
};

const mapFields = (fields: Record<string, Fact>, change: Change): Record<string, Fact> =>
  Object.fromEntries(Object.entries(fields).map(([name, fact]) => [name, mapFact(fact, change)]));

const mapKnown = (known: Known, change: Change): Known => ({
  ...known,
  fields: mapFields(known.fields, change),
});

const mapTouch = (touch: Touch, change: Change): Touch => ({
  ...touch,
  title: change(touch.title),
  body: change(touch.body),
});

/** Names of properties and the type are the sender's words as much as the values. */
const mapInteraction = (one: Interaction, change: Change): Interaction => ({
  ...one,
  type: change(one.type),
  properties: Object.fromEntries(
    Object.entries(one.properties).map(([name, value]) => [
      change(name),
      typeof value === 'string' || typeof value === 'number' ? changeValue(value, change) : value,
    ]),
  ),
});

/** A number stays one, unless it is what must not be seen, as a card's. */
function changeValue(value: string | number, change: Change): string | number {
  const text = change(String(value));
  return text === String(value) ? value : text;
}

/** Applies a change to every free text of a record: touch titles and bodies, what events told, and all values of fields. */
export const mapTexts = (facts: Facts, change: Change): Facts => ({
  ...facts,
  fields: mapFields(facts.fields, change),
  history: facts.history.map(fact => mapFact(fact, change)),
  account: facts.account && mapKnown(facts.account, change),
  deals: facts.deals.map(deal => mapKnown(deal, change)),
  people: facts.people.map(person => mapKnown(person, change)),
  touches: facts.touches.map(touch => mapTouch(touch, change)),
  interactions: facts.interactions.map(one => mapInteraction(one, change)),
});

export const fieldTexts = (facts: Facts): string[] =>
  [
    facts.fields,
    facts.account?.fields ?? {},
    ...facts.deals.map(d => d.fields),
    ...facts.people.map(p => p.fields),
  ]
    .flatMap(fields => Object.values(fields))
    .flatMap(fact => (fact.value ? [fact.value] : []));

export const untrustedTexts = (facts: Facts): string[] => [
  ...fieldTexts(facts),
  ...facts.touches.flatMap(touch => [touch.title, touch.body]),
  ...facts.interactions.flatMap(({ type, properties }) => [
    type,
    ...Object.entries(properties).flatMap(([name, value]) =>
      typeof value === 'string' ? [name, value] : [name],
    ),
  ]),
];
