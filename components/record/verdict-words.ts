import type { Effect, Verdict } from '#lib/core/verdict.ts';

const sentence = {
  allow: 'Allowed without approval',
  ask: 'Needs approval',
  deny: 'Refused',
} satisfies Record<Effect, string>;

const order: readonly Effect[] = ['deny', 'ask', 'allow'];

/**
 * What policy says of all changes together: as free as the strictest of them, with the policies that made it so.
 * No verdict at all reads as a refusal, which is what it is. `yours`: the reader is the one who may approve.
 */
export function summariseVerdicts(
  verdicts: readonly Verdict[],
  yours = false,
): {
  effect: Effect;
  text: string;
  reasons: string[];
} {
  const effect = order.find(e => verdicts.some(v => v.effect === e)) ?? 'deny';
  const deciding = verdicts.filter(v => v.effect === effect);
  const policies = [...new Set(deciding.flatMap(v => v.policies))];
  let by = 'no policy allows it';
  if (policies.length > 0) by = `${policies.length === 1 ? 'policy' : 'policies'} ${policies.join(', ')}`;
  return {
    effect,
    text: `${effect === 'ask' && yours ? 'Needs your approval' : sentence[effect]} — ${by}`,
    reasons: [...new Set(deciding.map(v => v.reason))],
  };
}
