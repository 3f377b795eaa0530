import type { WithheldField } from './decision.ts';
import type { Fact, Facts, Known } from './fact.ts';
import { classOf, type PrivacyClass } from './privacy.ts';

/** Which classes may be used, and what the tenant says of single fields. */
export interface Allowed {
  classes: ReadonlySet<PrivacyClass>;
  overrides: Readonly<Record<string, PrivacyClass>>;
}

/**
 * Facts with values of allowed classes only: of the subject with its history, of all records around it, of what people did
 * elsewhere, of how they stand to each other, and of what was found odd about them. Words of activities are personal. The facts themselves stay as they are.
 */
export function minimise(
  facts: Facts,
  { classes, overrides }: Allowed,
): { facts: Facts; withheld: WithheldField[] } {
  const withheld = new Map<string, WithheldField>();
  const passes = (object: string, field: string): boolean => {
    const privacyClass = classOf({ object, name: field }, overrides);
    if (classes.has(privacyClass)) return true;
    withheld.set(`${object} ${field}`, { object, field, privacyClass });
    return false;
  };
  const fieldsOf = (object: string, fields: Record<string, Fact>): Record<string, Fact> => {
    const kept = Object.entries(fields).filter(([name]) => passes(object, name));
    return kept.length === Object.keys(fields).length ? fields : Object.fromEntries(kept);
  };
  const around = (known: Known): Known => ({
    ...known,
    fields: fieldsOf(known.subject.object, known.fields),
  });
  const { subject, owner } = facts;
  const personal = classes.has('personal');
  const minimal: Facts = {
    ...facts,
    fields: fieldsOf(subject.object, facts.fields),
    history: facts.history.filter(({ name, source }) => passes(source.object, name)),
    account: facts.account && around(facts.account),
    deals: facts.deals.map(around),
    people: facts.people.map(around),
    touches: personal ? facts.touches : facts.touches.map(touch => ({ ...touch, title: '', body: '' })),
    interactions: facts.interactions.map(one => ({
      ...one,
      properties: Object.fromEntries(
        Object.entries(one.properties).filter(([name]) => passes('events', name)),
      ),
    })),
    // They are shown by what they rest on: without it there is no relation.
    relations: facts.relations.filter(({ evidence }) =>
      evidence.every(({ object, field }) => (field === undefined ? personal : passes(object, field))),
    ),
    flags: facts.flags.filter(({ source }) => source.field === null || passes(source.object, source.field)),
    // A user of the CRM is known by name wherever they work.
    owner,
  };
  return {
    facts: minimal,
    withheld: [...withheld.values()].sort((a, b) =>
      `${a.object} ${a.field}` < `${b.object} ${b.field}` ? -1 : 1,
    ),
  };
}
