import type { FactUse } from '#lib/core/decision.ts';

export interface FactGroup {
  record: Pick<FactUse, 'crm' | 'object' | 'id'>;
  facts: FactUse[];
}

/** Facts by the record they stand on, in the order in which the records first appear. */
export function groupFacts(facts: readonly FactUse[]): FactGroup[] {
  const groups = new Map<string, FactGroup>();
  for (const fact of facts) {
    const key = `${fact.crm}:${fact.object}:${fact.id}`;
    const group = groups.get(key) ?? {
      record: { crm: fact.crm, object: fact.object, id: fact.id },
      facts: [],
    };
    group.facts.push(fact);
    groups.set(key, group);
  }
  return [...groups.values()];
}
