import { repair } from './repair.ts';
import type { Guardrail } from './types.ts';

const urgency =
  /\b(act now|last chance|final (offer|notice|warning)|expires? (today|tonight|soon)|(offer|deal|price) (ends|expires)|only (today|a few|\d+) (left|remaining)|limited[- ]time|don'?t miss( out)?|before it'?s too late|hurry|urgent(ly)?|immediately|time is running out|while (stocks|supplies) last|once in a lifetime)\b/i;
/** What binds the company: only our own earlier words support it. */
const promise =
  /\bdiscounts?\b|\b\d+(?:[.,]\d+)? ?% off\b|\bfree of charge\b|\bfor free\b|\bfree (trial|month|upgrade|licen[cs]e)\b|\bguarantee[sd]?\b|\bwarrant(y|ies|s)?\b|\brefund\b|\bmoney back\b|\bwe (will )?(indemnify|waive)\b|\blegally binding\b|\bfully compliant\b|\bno risk\b|\bcancel (at )?any ?time\b|\bbest price\b|\b(price|fee) (is|will be|stays|remains)\b/gi;
/** Two long words in capitals, or one very long one; short ones are mostly abbreviations. */
const shouting = /\b[A-Z]{4,}[\s,]+[A-Z]{4,}\b|\b[A-Z]{8,}\b|!{2,}/;

/** No pressure, no shouting, and no promise about price or law that our side has not made before. */
export const tone: Guardrail = {
  name: 'tone',
  version: '1',
  check: (proposal, { says, ours }) => {
    const calm = (sentence: string) => {
      // What they wrote may be repeated to them as a quotation.
      const said = sentence.replaceAll(/“([^”]{1,300})”/g, (all, words: string) => (says(words) ? ' ' : all));
      if (urgency.test(said) || shouting.test(said)) return false;
      return [...said.matchAll(promise)].every(match => ours.includes(match[0].toLowerCase()));
    };
    return repair({
      proposal,
      fault: 'pressing, shouting or promising what nobody has decided',
      holds: calm,
      holdsForRep: sentence => proposal.writtenBy === 'rules' || calm(sentence),
    });
  },
};
