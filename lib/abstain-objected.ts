import type { Lineage, Trigger } from '#lib/core/decision.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import type { Instant } from '#lib/core/time.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import type { BoundRelease } from './release.ts';

/** What a person reads where somebody objected. */
export const objectedWords = (since: Instant): string =>
  `This person objected to profiling on ${since.slice(0, 10)}, so there is no score and nothing is suggested.`;

/** The lineage of a decision not to profile somebody who objected: nothing that is known of them stands in it. */
export function abstainObjected({
  trigger,
  release: { release, settings, featureSchema },
  reading,
  profiling,
  since,
  asOf,
}: {
  trigger: Trigger;
  release: BoundRelease;
  reading: Verdict;
  profiling: Verdict;
  since: Instant;
  asOf: Instant;
}): Lineage {
  const { subject, task } = trigger;
  const reason = objectedWords(since);
  const nothing: Suggestion = { outcome: 'abstain', agent: 'follow-up', task, subject, reason, why: [] };
  return {
    trigger,
    release,
    mode: settings.followUpMode,
    asOf,
    reading,
    facts: [],
    memories: [],
    touchesThisWeek: 0,
    features: { schema: featureSchema.version, asOf, features: {} },
    score: null,
    shield: [],
    modelCalls: [],
    proposed: nothing,
    checks: [],
    suggestion: nothing,
    verdicts: [profiling],
  };
}
