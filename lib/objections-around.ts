import type { Facts } from '#lib/core/fact.ts';
import { isPerson, subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Stages } from './stages.ts';

/** Since when the subject objects to profiling (null: it does not), and who of the people around it does. */
export interface Objections {
  own: Instant | null;
  others: ReadonlySet<SubjectKey>;
}

/** Objections count for every record that the person is, was, or is taken to be the same as: `lives`. */
export async function objectionsAround(
  tx: TenantTx,
  { subject, people }: Facts,
  lives: readonly Subject[],
  s: Stages,
): Promise<Objections> {
  const own = new Map(lives.filter(isPerson).map(one => [subjectKey(one), one]));
  const others = people.map(one => one.subject);
  const found = await s.privacy.objectionsOf(tx, [...(isPerson(subject) ? own.values() : []), ...others]);
  const isOwn = (one: Subject): boolean => isPerson(subject) && own.has(subjectKey(one));
  return {
    own: found.find(one => isOwn(one.subject))?.at ?? null,
    others: new Set(found.map(one => subjectKey(one.subject))),
  };
}

/** The people who objected are not around: nobody is suggested to write to them. */
export const withoutPeople = (facts: Facts, out: ReadonlySet<SubjectKey>): Facts =>
  out.size === 0
    ? facts
    : { ...facts, people: facts.people.filter(({ subject }) => !out.has(subjectKey(subject))) };
