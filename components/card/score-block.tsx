import type { CrmPages } from '#lib/core/record-url.ts';
import type { ScoreView } from '#lib/views/types.ts';
import { BandBadge } from '#components/record/band-badge.tsx';
import { confidenceWord } from '#components/record/record-words.ts';
import { Hash } from '#components/ui/hash.tsx';
import { IntervalBar } from '#components/ui/interval-bar.tsx';
import { formatPercent, formatSigned } from '#components/ui/number-format.ts';
import { Time } from '#components/ui/time.tsx';
import { ScoreReasons } from './score-reasons.tsx';

function ScoreChange({ change }: { change: NonNullable<ScoreView['change']> }) {
  const because = [
    ...(change.data.length > 0 ? [`new data: ${change.data.join('; ')}`] : []),
    ...(change.model ? ['a newer model'] : []),
  ];
  return (
    <p>
      <span className="font-medium">
        {change.from === change.to
          ? `Unchanged at ${change.to}`
          : `Was ${change.from}, now ${change.to} (${formatSigned(change.to - change.from)})`}
      </span>
      {because.length > 0 && <span className="text-muted"> — {because.join(', and ')}</span>}
    </p>
  );
}

/** The score with how sure it is, what it means, what moved it, and what made it. */
export function ScoreBlock({
  score,
  crmPages,
  onEvidence,
}: {
  score: ScoreView;
  crmPages: CrmPages | null;
  onEvidence: () => void;
}) {
  return (
    <section aria-labelledby="score-title" className="space-y-3 border-b border-line p-4">
      <h2 id="score-title" className="sr-only">
        Score
      </h2>
      <div className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-5 gap-y-1">
        <p className="text-4xl leading-none font-semibold">
          {score.value}
          <span className="text-base font-normal text-muted">
            <span aria-hidden>/100</span>
            <span className="sr-only"> of 100</span>
          </span>
        </p>
        <div>
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <BandBadge band={score.band} />
            <span>
              Confidence {confidenceWord(score.confidence)} ({formatPercent(score.confidence)})
            </span>
          </div>
          <div className="mt-1.5 flex items-center gap-2">
            <div className="min-w-12 flex-1">
              <IntervalBar low={score.low} high={score.high} at={score.probability} />
            </div>
            <span className="text-xs whitespace-nowrap text-muted">
              80% interval {Math.round(score.low * 100)}–{Math.round(score.high * 100)}
            </span>
          </div>
        </div>
      </div>
      {score.change && <ScoreChange change={score.change} />}
      <ScoreReasons reasons={score.reasons} crmPages={crmPages} onOpened={onEvidence} />
      <div className="space-y-1 text-xs text-muted">
        <p>{score.meaning}</p>
        <p>
          Data as of <Time at={score.asOf} as="relative" explain /> · scored{' '}
          <Time at={score.scoredAt} as="relative" explain /> · model <Hash value={score.model} />
        </p>
        <p>
          {formatPercent(score.ownHistory)} from your own closed leads
          {score.ownHistory < 1 && `, ${formatPercent(1 - score.ownHistory)} from general rules`}.
          {score.outOfFold &&
            ' This record helped to train the model, so the part that has not seen it scores it.'}
        </p>
      </div>
    </section>
  );
}
