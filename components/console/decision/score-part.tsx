import type { CrmPages } from '#lib/core/record-url.ts';
import type { Score } from '#lib/core/score.ts';
import { ScoreReasons } from '#components/card/score-reasons.tsx';
import { BandBadge } from '#components/record/band-badge.tsx';
import { confidenceWord } from '#components/record/record-words.ts';
import { Definitions } from '#components/ui/definitions.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { formatPercent } from '#components/ui/number-format.ts';
import { Empty } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';

/** The score as it was, with its reasons. */
export function ScorePart({ score, crmPages }: { score: Score | null; crmPages: CrmPages | null }) {
  if (score === null) return <Empty>The record was not scored for this decision.</Empty>;
  return (
    <div className="space-y-3">
      <p className="flex items-center gap-2">
        <span className="text-2xl font-semibold">{score.value}</span> of 100 <BandBadge band={score.band} />
      </p>
      <Definitions
        entries={[
          [
            'Probability',
            `${formatPercent(score.probability, 1)}, 80% interval ${formatPercent(score.low, 1)} to ${formatPercent(score.high, 1)}`,
          ],
          ['Confidence', `${confidenceWord(score.confidence)} (${formatPercent(score.confidence)})`],
          ['Means', score.meaning],
          ['Data as of', <Time key="asOf" at={score.asOf} />],
          ['Scored', <Time key="at" at={score.scoredAt} />],
          ['Model', <Hash key="model" value={score.model} />],
          ['Own history', formatPercent(score.ownHistory)],
          [
            'Out of fold',
            score.outOfFold
              ? 'yes: scored by the part of the model that has not seen it'
              : 'no: not used in training',
          ],
        ]}
      />
      <ScoreReasons reasons={score.reasons} crmPages={crmPages} />
    </div>
  );
}
