import type { Proposal } from '#lib/core/proposal.ts';
import type { Knowledge } from './knowledge.ts';

export type Finding =
  | { outcome: 'pass' }
  | { outcome: 'repaired'; proposal: Proposal; detail: string }
  | { outcome: 'blocked'; detail: string };

/** A pure, versioned check of a proposal. A repair only removes sentences. */
export type Guardrail = {
  name: string;
  version: string;
  check: (proposal: Proposal, knowledge: Knowledge) => Finding;
};
