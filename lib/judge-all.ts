import type { Facts } from '#lib/core/fact.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { GuardrailResult, Verdict } from '#lib/core/verdict.ts';
import type { BoundRelease } from './release.ts';
import { ageHours, isInSequence, isOptedOut } from './standing.ts';
import type { Stages } from './stages.ts';

/** Policy's word on each change of a suggestion, at the moment that it is made. */
export function judgeAll(
  suggestion: Suggestion,
  context: {
    s: Stages;
    scope: Scope;
    release: BoundRelease;
    facts: Facts;
    checks: readonly GuardrailResult[];
    touchesThisWeek: number;
  },
): Verdict[] {
  if (suggestion.outcome === 'abstain') return [];
  const { s, scope, release, facts, checks } = context;
  return suggestion.changes.map(change =>
    s.policy.judge(
      change,
      {
        scope,
        moment: 'propose',
        settings: release.settings,
        confidence: suggestion.confidence,
        subjectOwnerId: facts.owner?.id ?? null,
        optedOut: isOptedOut(facts),
        inSequence: isInSequence(facts),
        guardrailsPassed: checks.every(check => check.outcome !== 'blocked'),
        factsAgeHours: ageHours(facts),
        injectionSignal: checks.some(check => check.guardrail === 'injection' && check.outcome === 'signal'),
        approval: null,
        touchesThisWeek: context.touchesThisWeek,
      },
      release.policySet,
    ),
  );
}
