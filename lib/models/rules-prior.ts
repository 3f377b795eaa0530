import type { FeatureRow } from '#lib/core/score.ts';

type Value = number | string | null;

interface Rule {
  feature: string;
  /** Log-odds that the value is worth; 0 where the rule has nothing to say. */
  worth(value: Value): number;
}

const over = (least: number, logOdds: number) => (value: Value) =>
  typeof value === 'number' && value >= least ? logOdds : 0;
const among = (levels: readonly string[], logOdds: number) => (value: Value) =>
  typeof value === 'string' && levels.includes(value) ? logOdds : 0;

/**
 * What sales teams take for granted before they have a history of their own: fit, interest, silence. Rounded judgement,
 * not measurement, which is why it fades as the tenant's own closed leads come in.
 */
const rules: readonly Rule[] = [
  { feature: 'asked_for_pricing', worth: over(1, 0.8) },
  { feature: 'asked_for_demo', worth: over(1, 0.8) },
  { feature: 'meetings_held_60d', worth: over(1, 0.9) },
  { feature: 'meeting_ahead', worth: over(1, 0.6) },
  { feature: 'emails_in_30d', worth: over(1, 0.6) },
  { feature: 'calls_connected_60d', worth: over(1, 0.3) },
  { feature: 'people_engaged_90d', worth: over(2, 0.4) },
  { feature: 'seniority', worth: among(['executive', 'vp', 'director', 'head', 'owner', 'c-level'], 0.4) },
  { feature: 'employees_log10', worth: over(2, 0.2) },
  { feature: 'email_kind', worth: among(['freemail'], -0.5) },
  { feature: 'unanswered_emails', worth: over(3, -0.6) },
  { feature: 'declined', worth: over(1, -1.5) },
  { feature: 'put_off', worth: over(1, -0.5) },
  { feature: 'emails_bounced', worth: over(1, -0.8) },
  { feature: 'meetings_missed_60d', worth: over(1, -0.3) },
  { feature: 'key_fields_missing', worth: over(3, -0.3) },
];

/** Log-odds of a lead of which nothing speaks for or against: one in eight. */
export const priorBase = Math.log(1 / 7);

/** The prior as a sum that a person can read: base plus terms. */
export function rulesPrior(row: FeatureRow): { feature: string; logOdds: number }[] {
  return rules.flatMap(({ feature, worth }) => {
    const logOdds = worth(row.features[feature]?.value ?? null);
    return logOdds === 0 ? [] : [{ feature, logOdds }];
  });
}

/**
 * How much the tenant's own history counts, in [0, 1]: a half at 50 effective leads (of won and lost in balance),
 * nearly all at some hundreds, and no step anywhere.
 */
export function ownShare(positives: number, negatives: number): number {
  const effective = positives + negatives === 0 ? 0 : (4 * positives * negatives) / (positives + negatives);
  return effective ** 2 / (effective ** 2 + 50 ** 2);
}
