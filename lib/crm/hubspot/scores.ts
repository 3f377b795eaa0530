import { chunksOf } from '../chunks.ts';
import type { ScoreRow, ScoresWritten } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { batchOf, WireId } from './wire.ts';

const mostAtOnce = 100;

/**
 * Writes scores a hundred at once. HubSpot may take some of a hundred and refuse others, each with its reason; a row
 * that it says nothing of counts as refused too.
 */
export async function writeScores(hubspot: HubSpot, rows: readonly ScoreRow[]): Promise<ScoresWritten> {
  const all: ScoresWritten = { written: [], refused: [] };
  for (const chunk of chunksOf(rows, mostAtOnce)) {
    const { results, errors = [] } = await hubspot.send(
      {
        method: 'POST',
        path: `/crm/objects/${version}/contacts/batch/update`,
        body: { inputs: chunk.map(inputOf) },
        doing: 'writing scores',
      },
      batchOf(WireId),
    );
    const taken = new Set(results.map(({ id }) => id));
    for (const { subject } of chunk) {
      if (taken.has(subject.id)) all.written.push(subject);
      else {
        const own = errors.filter(error =>
          Object.values(error.context ?? {})
            .flat()
            .includes(subject.id),
        );
        const words = (own.length > 0 ? own : errors).map(error => error.message).join(' ');
        all.refused.push({ subject, words: words.slice(0, 1000) || 'HubSpot did not say why.' });
      }
    }
  }
  return all;
}

const inputOf = ({ subject, score, band, scoredAt }: ScoreRow) => ({
  id: subject.id,
  properties: {
    sidecard_score: String(score),
    sidecard_score_band: band,
    sidecard_scored_at: scoredAt,
  },
});
