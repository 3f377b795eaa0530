import { valueOf, type Facts } from '#lib/core/fact.ts';
import { daysBetween } from '#lib/core/time.ts';

/** Whether the CRM has deleted the record. */
export const isGone = (facts: Facts): boolean => valueOf(facts, 'record_archived') === 'true';

export const isOptedOut = (facts: Facts): boolean =>
  valueOf(facts, 'hs_email_optout') === 'true' || valueOf(facts, 'email_opt_out') === 'true';

/** Whether one of the CRM's sequences is writing to the person. */
export const isInSequence = (facts: Facts): boolean => valueOf(facts, 'hs_sequences_is_enrolled') === 'true';

/** Hours since anything about the subject was last read from the CRM. */
export function ageHours(facts: Facts): number {
  const learnt = [...Object.values(facts.fields), ...facts.touches].map(known => known.learntAt);
  const newest = learnt.reduce((a, b) => (a > b ? a : b), facts.createdAt);
  return Math.max(0, daysBetween(newest, facts.asOf) * 24);
}
