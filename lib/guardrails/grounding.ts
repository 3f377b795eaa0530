import { daysOf, sameDay } from './dates.ts';
import type { Knowledge } from './knowledge.ts';
import { numbersOf } from './numbers.ts';
import { repair } from './repair.ts';
import type { Guardrail } from './types.ts';

/** Capitalised in English whatever they name, or part of a letter's form. */
const common = new Set(
  `i i'm i'd i'll i've hi hello dear best regards kind warm sincerely thanks thank re fwd english german
  monday tuesday wednesday thursday friday saturday sunday
  january february march april may june july august september october november december
  ai api crm ceo cto cfo coo faq pdf ok us uk eu am pm cet gmt utc roi kpi sso hr it q&a a b`.split(/\s+/),
);
const weekday = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/gi;
const largeNumber =
  /\b(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozens?|percent)\b/gi;
/** How long a talk may take is an offer, not a fact, where it stands in a question. */
const offer = /\b(?:15|20|30|45|60)[ -]minutes?\b/gi;
const capital = String.raw`\p{Lu}[\p{L}\p{N}]*(?:[&'’-][\p{L}\p{N}]+)*`;
const names = new RegExp(`${capital}(?: ${capital})*`, 'gu');
/** What rules count for a reason: "No contact for 30 days", "5 touches". */
const counted = /\b\d+ (?:days|touches)\b/g;

/**
 * Names of a sentence: runs of capitalised words. The first word of a sentence, of a quotation and after a colon is
 * capitalised whatever it is, and counts only as the start of a longer name.
 */
function namesOf(sentence: string): string[] {
  const opened = sentence.replaceAll(
    /(^[\s>*•"“„'(-]*|[:“„"(\n]\s*)(\p{Lu}[\p{L}\p{N}'’-]*)(?! \p{Lu})/gu,
    (_all, before: string, word: string) =>
      before + (/\p{L}.*\p{Lu}/u.test(word) ? word : word.toLowerCase()),
  );
  return (opened.match(names) ?? []).flatMap(run => {
    const words = run
      .toLowerCase()
      .replaceAll(/['’]s\b/g, '')
      .split(' ');
    // Words such as "Hi" or "Thursday" name nothing here, and separate what stands beside them.
    return words
      .map(word => (common.has(word) ? '|' : word))
      .join(' ')
      .split('|')
      .map(part => part.trim())
      .filter(Boolean);
  });
}

/** Names, numbers, dates and weekdays of a sentence must stand in the record; questions may offer days and minutes. */
export function isGrounded(sentence: string, { says, days: known, numbers }: Knowledge): boolean {
  const question = /\?["”’)]*$/.test(sentence.trimEnd());
  let rest = sentence;
  const days = daysOf(sentence, left => (rest = left));
  if (!days.every(day => known.some(other => sameDay(day, other)))) return false;
  if (question) rest = rest.replaceAll(offer, ' ');
  if (!numbersOf(rest).every(found => numbers.has(found))) return false;
  if (!(rest.match(largeNumber) ?? []).every(word => says(word))) return false;
  if (!question && !(rest.match(weekday) ?? []).every(word => says(word))) return false;
  return namesOf(rest).every(says);
}

/** What a draft states must be found in the record; what a model adds of its own is taken out. */
export const grounding: Guardrail = {
  name: 'grounding',
  version: '1',
  check: (proposal, knowledge) =>
    repair({
      proposal,
      fault: 'not found in the record',
      holds: sentence => isGrounded(sentence, knowledge),
      // Times and counts that rules wrote are worked out, not found.
      holdsForRep: () => true,
      holdsForWhy: sentence =>
        proposal.writtenBy === 'rules' ||
        knowledge.taught(sentence) ||
        isGrounded(sentence.replaceAll(counted, ' '), knowledge),
    }),
};
