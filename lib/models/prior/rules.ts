import type { Cell } from '../types.ts';

/** A rule of thumb: what it looks at, when it holds, and what it is worth in log-odds (0.7 doubles the odds). */
export interface Rule {
  feature: string;
  holds: (value: Cell) => boolean;
  logOdds: number;
}

const atLeast = (least: number) => (value: Cell) => typeof value === 'number' && value >= least;
const between = (least: number, below: number) => (value: Cell) =>
  typeof value === 'number' && value >= least && value < below;
const oneOf =
  (...levels: string[]) =>
  (value: Cell) =>
    typeof value === 'string' && levels.includes(value.toLowerCase());

/**
 * Engagement and fit rules for a tenant without history. The signs are those on which published lead-scoring
 * practice agrees (a conversation beats a click, deciders beat juniors, refusals and bounces end most leads); the
 * sizes are judgement, kept small, and give way to the tenant's own data. A feature that is absent says nothing.
 */
export const rules: readonly Rule[] = [
  { feature: 'declined', holds: atLeast(1), logOdds: -2 },
  { feature: 'put_off', holds: atLeast(1), logOdds: -0.7 },
  { feature: 'asked_for_demo', holds: atLeast(1), logOdds: 0.9 },
  { feature: 'asked_for_pricing', holds: atLeast(1), logOdds: 0.7 },
  { feature: 'meeting_ahead', holds: atLeast(1), logOdds: 0.9 },
  { feature: 'meetings_held_60d', holds: atLeast(1), logOdds: 0.8 },
  { feature: 'meetings_missed_60d', holds: atLeast(1), logOdds: -0.4 },
  { feature: 'calls_connected_60d', holds: atLeast(1), logOdds: 0.4 },
  { feature: 'days_since_email_in', holds: between(0, 14), logOdds: 0.7 },
  { feature: 'days_since_email_in', holds: between(14, 45), logOdds: 0.2 },
  { feature: 'reply_share_90d', holds: atLeast(0.5), logOdds: 0.3 },
  { feature: 'unanswered_emails', holds: atLeast(3), logOdds: -0.6 },
  { feature: 'emails_bounced', holds: atLeast(1), logOdds: -0.8 },
  { feature: 'people_engaged_90d', holds: atLeast(2), logOdds: 0.4 },
  { feature: 'form_submissions', holds: atLeast(1), logOdds: 0.3 },
  { feature: 'web_visits', holds: atLeast(3), logOdds: 0.3 },
  { feature: 'source', holds: oneOf('referrals', 'direct_traffic'), logOdds: 0.2 },
  { feature: 'email_kind', holds: oneOf('freemail'), logOdds: -0.4 },
  { feature: 'has_phone', holds: atLeast(1), logOdds: 0.1 },
  { feature: 'seniority', holds: oneOf('executive', 'vice president', 'director'), logOdds: 0.4 },
  { feature: 'seniority', holds: oneOf('junior'), logOdds: -0.4 },
];

/** What a lead without any of these signs is worth: about 12 in 100. */
export const priorBase = -2;
