import { z } from 'zod';

export const Effect = z.enum(['allow', 'ask', 'deny']);
export type Effect = z.infer<typeof Effect>;

/** What policy says of one change, with the names of the policies that decided. */
export const Verdict = z.object({
  changeId: z.string(),
  effect: Effect,
  policies: z.array(z.string()),
  /** In words, for the person who reads it. */
  reason: z.string(),
  /** Artifact hash of the policy set. */
  policySet: z.string(),
});
export type Verdict = z.infer<typeof Verdict>;

/** allow < ask < deny: a decision is only as free as its strictest change. */
export function strictest(verdicts: readonly Verdict[]): Effect {
  if (verdicts.length === 0 || verdicts.some(v => v.effect === 'deny')) return 'deny';
  return verdicts.some(v => v.effect === 'ask') ? 'ask' : 'allow';
}

/** The result of one guardrail. `signal` is noted but neither repairs nor blocks. */
export const GuardrailResult = z.object({
  guardrail: z.string(),
  version: z.string(),
  outcome: z.enum(['pass', 'repaired', 'blocked', 'signal']),
  detail: z.string(),
});
export type GuardrailResult = z.infer<typeof GuardrailResult>;
