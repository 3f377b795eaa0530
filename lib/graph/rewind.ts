import type { Fact, Facts, Known, Touch } from '#lib/core/fact.ts';
import type { Instant } from '#lib/core/time.ts';

/**
 * Facts as the CRM held them at an earlier time, from facts with their histories: each field at its newest value by
 * then, activities that had happened by then. For training on a past before we were connected, where the CRM's own
 * dates are all there is; fields that the CRM keeps no history of count from the time of their last known change.
 */
export function rewind(facts: Facts, asOf: Instant): Facts {
  const known = (fact: Fact): boolean => fact.at <= asOf;
  // What was learnt in one go stands in for what had been known all along.
  const asKnown = (fact: Fact): Fact => ({ ...fact, learntAt: fact.at });
  const fields: Record<string, Fact> = {};
  for (const fact of [...Object.values(facts.fields), ...facts.history].filter(known)) {
    const other = fields[fact.name];
    if (!other || other.at <= fact.at) fields[fact.name] = asKnown(fact);
  }
  const back = ({ subject, fields: now }: Known): Known => ({
    subject,
    fields: Object.fromEntries(
      Object.values(now)
        .filter(known)
        .map(fact => [fact.name, asKnown(fact)]),
    ),
  });
  return {
    ...facts,
    asOf,
    fields,
    history: facts.history.filter(known).map(asKnown),
    account: facts.account && back(facts.account),
    deals: facts.deals.map(back).filter(deal => Object.keys(deal.fields).length > 0),
    people: facts.people.map(back).filter(person => Object.keys(person.fields).length > 0),
    touches: facts.touches
      .filter(touch => touch.at <= asOf)
      .map((touch): Touch => ({ ...touch, learntAt: touch.at })),
  };
}
