import type { Claim } from '#lib/core/evidence.ts';
import type { Touch } from '#lib/core/fact.ts';
import type { Hours } from './when.ts';

export type SituationKind =
  | 'complaint'
  | 'pricing-asked'
  | 'demo-asked'
  | 'question-asked'
  | 'objection'
  | 'unanswered'
  | 'back-from-leave'
  | 'missed-meeting'
  | 'after-meeting'
  | 'stalled-deal'
  | 'silent'
  | 'new-lead';

/** Something that calls for a touch: whether, why, when at the earliest, and by which channel. */
export type Situation = {
  kind: SituationKind;
  channel: 'email' | 'call';
  /** What the touch is for, in the words of a title. */
  purpose: string;
  earliest: Date;
  window: Hours | null;
  why: Claim[];
  /** The activity that it answers or follows; null: the record itself is new. */
  focus: Touch | null;
  /** How many touches went without an answer before this one. */
  unanswered: number;
  intent: string;
};

/** Nothing to propose, and why. */
export type Stop = { stop: string; why: Claim[] };

export const isStop = (value: Situation | Stop): value is Stop => 'stop' in value;

/**
 * How often a rep is expected to approve such a suggestion unchanged, before anything is known of this tenant's reps:
 * someone waits for an answer > something just happened > we ask again.
 */
export const priors: Record<SituationKind, number> = {
  'pricing-asked': 0.8,
  'demo-asked': 0.8,
  'question-asked': 0.75,
  complaint: 0.75,
  'after-meeting': 0.75,
  'missed-meeting': 0.75,
  unanswered: 0.7,
  objection: 0.6,
  'back-from-leave': 0.6,
  'new-lead': 0.6,
  'stalled-deal': 0.55,
  silent: 0.55,
};
