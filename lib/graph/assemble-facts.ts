import type { Facts, Known, Person } from '#lib/core/fact.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { Around } from './gather-around.ts';
import { emailOf, nameOf } from './name-of.ts';
import { currentOf } from './own-first.ts';
import { relationsAround } from './relate-facts.ts';
import { flagsOf } from './quality/flags-of.ts';
import type { Unchecked } from './quality/rule.ts';

/** Puts what was read around each subject into the shape in which the flow hands it on. */
export function assembleFacts(
  { places, history, values, touches, scenes, interactions: done }: Around,
  asOf: Instant,
): Facts[] {
  const known = (subject: Subject): Known => ({ subject, fields: values.get(subjectKey(subject)) ?? {} });
  const person = (subject: Subject | null): Person | null => {
    const facts = subject && values.get(subjectKey(subject));
    if (!subject || !facts) return null;
    const fields = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact.value]));
    return { id: subject.id, name: nameOf(subject, fields), email: emailOf(fields), fields: facts };
  };
  const currents = places.map(({ subject }) => currentOf(subject, history.get(subjectKey(subject)) ?? []));
  const whole = new Map([
    ...values,
    ...places.map(({ subject }, i) => [subjectKey(subject), currents[i] ?? {}] as const),
  ]);
  return places.map((place, i) => {
    const { subject, createdAt, account, deals, people, owner } = place;
    const past = history.get(subjectKey(subject)) ?? [];
    const facts: Unchecked = {
      subject,
      asOf,
      createdAt,
      fields: currents[i] ?? {},
      history: past,
      account: account && known(account),
      deals: deals.map(known),
      people: people.map(known),
      touches: touches[i] ?? [],
      interactions: done[i] ?? [],
      relations: relationsAround(
        place,
        { known: whole, links: scenes.links, touches: scenes.touches[i] ?? [] },
        asOf,
      ),
      owner: person(owner),
    };
    return { ...facts, flags: flagsOf(facts) };
  });
}
