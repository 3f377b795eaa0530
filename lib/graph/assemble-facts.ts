import type { Facts, Known, Person } from '#lib/core/fact.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { Around } from './gather-around.ts';
import { emailOf, nameOf } from './name-of.ts';
import { currentOf } from './own-first.ts';

/** Puts what was read around each subject into the shape in which the flow hands it on. */
export function assembleFacts({ places, history, values, touches }: Around, asOf: Instant): Facts[] {
  const known = (subject: Subject): Known => ({ subject, fields: values.get(subjectKey(subject)) ?? {} });
  const person = (subject: Subject | null): Person | null => {
    const facts = subject && values.get(subjectKey(subject));
    if (!subject || !facts) return null;
    const fields = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.value]));
    return { id: subject.id, name: nameOf(subject, fields), email: emailOf(fields), fields: facts };
  };
  return places.map(({ subject, createdAt, account, deals, people, owner }, i) => {
    const past = history.get(subjectKey(subject)) ?? [];
    return {
      subject,
      asOf,
      createdAt,
      fields: currentOf(subject, past),
      history: past,
      account: account && known(account),
      deals: deals.map(known),
      people: people.map(known),
      touches: touches[i] ?? [],
      interactions: [],
      relations: [],
      flags: [],
      owner: person(owner),
    };
  });
}
