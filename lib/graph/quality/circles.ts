import type { Fact, Known } from '#lib/core/fact.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { oddOf, type Unchecked, type WholeRule } from './rule.ts';

/** Fields in which a record names the one above it, by its id. */
const above: [field: RegExp, words: string][] = [
  [/^(?:hs_)?parent_?(?:company_?|account_?)?id$/i, 'parent'],
  [/^(?:reports_?to_?(?:id)?|manager_?id|hs_manager(?:_id)?)$/i, 'manager'],
];

interface Step {
  from: string;
  to: string;
  words: string;
  fact: Pick<Fact, 'source' | 'learntAt'>;
}

/** Somebody who is above themselves, be it over others: a chain of parents or managers that comes back. */
export const circleRule: WholeRule = {
  name: 'circular-association',
  flags: known => {
    const steps = [...stepsIn(known)];
    const own = subjectKey(known.subject);
    const account = known.account && subjectKey(known.account.subject);
    const words = [...new Set(steps.map(step => step.words))];
    return words.flatMap(word => {
      const next = Map.groupBy(
        steps.filter(step => step.words === word),
        step => step.from,
      );
      const start = [own, account].find(key => key !== null && comesBack(key, next));
      const [first] = (start && next.get(start)) || [];
      return first ? [oddOf(first.fact, textOf(first, start === own))] : [];
    });
  },
};

const textOf = ({ from, to, words }: Step, isOwn: boolean): string => {
  const who = isOwn ? 'This record' : 'The company';
  return from === to
    ? `${who} is named as its own ${words}`
    : `${who} is, over others, its own ${words}: the chain comes back to it`;
};

function comesBack(start: string, next: ReadonlyMap<string, Step[]>): boolean {
  const seen = new Set<string>();
  const open = (next.get(start) ?? []).map(step => step.to);
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === start) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const step of next.get(key) ?? []) open.push(step.to);
  }
  return false;
}

function* stepsIn({ subject, fields, account, people, relations }: Unchecked): Generator<Step> {
  for (const one of [{ subject, fields }, ...(account ? [account] : []), ...people]) yield* stepsOf(one);
  for (const { from, kind, to, learntAt, evidence } of relations) {
    const [shown] = evidence;
    if (kind !== 'reports_to' || !shown) continue;
    const { crm, object, id, field = null, version } = shown;
    yield {
      from: from.key,
      to: to.key,
      words: 'manager',
      fact: { source: { crm, object, id, field, version }, learntAt },
    };
  }
}

function* stepsOf({ subject, fields }: Known): Generator<Step> {
  for (const [name, fact] of Object.entries(fields)) {
    const words = above.find(([field]) => field.test(name))?.[1];
    const id = fact.value?.trim();
    if (!words || !id) continue;
    const to: Subject = { crm: subject.crm, object: subject.object, id };
    yield { from: subjectKey(subject), to: subjectKey(to), words, fact };
  }
}
