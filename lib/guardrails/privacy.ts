import { valueOf } from '#lib/core/fact.ts';
import { phoneDigits, type Knowledge } from './knowledge.ts';
import { maskText, placeholders } from './masking.ts';
import { repair } from './repair.ts';
import type { Guardrail } from './types.ts';

/** Addresses and numbers of other people around the record. */
function othersOf({ facts, own }: Knowledge): string[] {
  const values = facts.people.flatMap(person =>
    ['email', 'phone', 'mobilephone'].map(name => (valueOf(person, name) ?? '').toLowerCase()),
  );
  return values.filter(
    value => value.length > 5 && !own.emails.has(value) && !own.phones.has(phoneDigits(value)),
  );
}

/** Nothing that was masked, nothing that should have been, and nobody else's address or number in a draft. */
export const privacy: Guardrail = {
  name: 'privacy',
  version: '1',
  check: (proposal, knowledge) => {
    const others = othersOf(knowledge);
    const clean = (sentence: string) =>
      !placeholders.some(placeholder => sentence.includes(placeholder)) &&
      maskText(sentence).found.length === 0;
    return repair({
      proposal,
      fault: "giving away a secret or somebody else's data",
      holds: sentence => clean(sentence) && !others.some(other => sentence.toLowerCase().includes(other)),
      // The rep may see that something was removed, and works with everybody's data anyway.
      holdsForRep: sentence => maskText(sentence).found.length === 0,
    });
  },
};
