import type { Effect, Verdict } from '#lib/core/verdict.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { Tone } from '#components/ui/badge.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { Empty } from '#components/ui/panel.tsx';

const looks = {
  allow: { tone: 'good', word: 'Allowed' },
  ask: { tone: 'accent', word: 'Ask a person' },
  deny: { tone: 'bad', word: 'Denied' },
} satisfies Record<Effect, { tone: Tone; word: string }>;

/** What policy said, with the policies by name. */
export function VerdictsPart({ verdicts }: { verdicts: readonly Verdict[] }) {
  if (verdicts.length === 0) return <Empty>Nothing was proposed, so there was nothing to judge.</Empty>;
  return (
    <ul className="space-y-2">
      {verdicts.map(verdict => (
        <li key={`${verdict.changeId} ${verdict.effect}`}>
          <Badge tone={looks[verdict.effect].tone}>{looks[verdict.effect].word}</Badge> {verdict.reason}
          <p className="text-xs text-muted">
            {verdict.policies.length === 0 ? 'No policy allows it' : `By ${verdict.policies.join(', ')}`}
            {verdict.changeId && ` · for ${verdict.changeId}`} · policy set <Hash value={verdict.policySet} />
          </p>
        </li>
      ))}
    </ul>
  );
}
