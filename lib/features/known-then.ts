import { compare } from '#lib/core/compare.ts';
import type { Fact, Facts, Known } from '#lib/core/fact.ts';
import type { Instant } from '#lib/core/time.ts';

export const nonBlank = (fact: Fact | undefined): Fact | null => (fact?.value?.trim() ? fact : null);

/** Was it so by then? Times in the form in which they are stored compare as text, several times as fast. False for what is no time. */
export function isBy(time: string, asOf: Instant, now: number): boolean {
  if (time.length === 24 && asOf.length === 24 && time.charCodeAt(0) < 58) return time <= asOf;
  return Date.parse(time) <= now;
}

/** A field by its name, whatever a CRM calls it: `constructor` is no field that every record has. */
export const ownOf = (fields: Record<string, Fact>, name: string): Fact | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** What of fields could be known at a time: it had become true and was learnt. */
export function knownThen(asOf: Instant, now: number) {
  const was = (fact: Fact) => isBy(fact.learntAt, asOf, now) && isBy(fact.at, asOf, now);
  return {
    /** Records of which something was known, by id. */
    records: (all: readonly Known[]): Known[] =>
      all
        .map(record =>
          Object.values(record.fields).every(was)
            ? record
            : {
                ...record,
                fields: Object.fromEntries(Object.entries(record.fields).filter(([, fact]) => was(fact))),
              },
        )
        .filter(record => Object.keys(record.fields).length > 0)
        .sort((a, b) => compare(a.subject.id, b.subject.id)),

    /** The current value of a field when it was known then, else the newest earlier one that was. */
    field: (facts: Facts, name: string): Fact | null => {
      const current = ownOf(facts.fields, name);
      if (current && was(current)) return nonBlank(current);
      return nonBlank(facts.history.findLast(fact => fact.name === name && was(fact)));
    },

    /** All that a field held until then, oldest first; what only repeats the value before it is left out. */
    history: (facts: Facts, name: string): Fact[] => {
      const current = ownOf(facts.fields, name);
      return [...facts.history.filter(fact => fact.name === name), ...(current ? [current] : [])]
        .filter(was)
        .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || compare(a.learntAt, b.learntAt))
        .filter((fact, i, all) => i === 0 || fact.value !== all[i - 1]?.value);
    },
  };
}
