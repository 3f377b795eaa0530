import type { Fact } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';

/** Whether a fact was read from the subject itself, not from a record that became it. */
export const isOwn =
  (subject: Subject) =>
  ({ source }: Fact): boolean =>
    source.id === subject.id && source.object === subject.object && source.crm === subject.crm;

/**
 * The last value of each field in a history that is in order: the subject's own, and where it never had one, that of
 * what it was before. One that was emptied on the subject is empty.
 */
export function currentOf(subject: Subject, history: readonly Fact[]): Record<string, Fact> {
  const own = isOwn(subject);
  return Object.fromEntries(
    [...history.filter(fact => !own(fact)), ...history.filter(own)].map(fact => [fact.name, fact]),
  );
}
