import type { GuardrailResult } from '#lib/core/verdict.ts';
import { Badge } from '#components/ui/badge.tsx';
import type { Tone } from '#components/ui/badge.tsx';
import { Empty } from '#components/ui/panel.tsx';

const looks = {
  pass: { tone: 'good', word: 'Passed' },
  repaired: { tone: 'warn', word: 'Repaired' },
  blocked: { tone: 'bad', word: 'Blocked' },
  signal: { tone: 'plain', word: 'Noted' },
} satisfies Record<GuardrailResult['outcome'], { tone: Tone; word: string }>;

/** What each guardrail found. */
export function GuardrailsPart({ results, none }: { results: readonly GuardrailResult[]; none: string }) {
  if (results.length === 0) return <Empty>{none}</Empty>;
  return (
    <ul className="space-y-1">
      {results.map(result => (
        <li
          key={`${result.guardrail} ${result.outcome} ${result.detail}`}
          className="grid grid-cols-[5rem_minmax(0,1fr)] gap-x-2"
        >
          <span>
            <Badge tone={looks[result.outcome].tone}>{looks[result.outcome].word}</Badge>
          </span>
          <span>
            <span className="font-medium">{result.guardrail}</span>{' '}
            <span className="text-xs text-muted">version {result.version}</span>
            {result.detail && <> — {result.detail}</>}
          </span>
        </li>
      ))}
    </ul>
  );
}
