import { z } from 'zod';
import { chunksOf } from '../chunks.ts';
import type { ScoreRow, ScoresWritten } from '../doors.ts';
import type { Salesforce } from './api.ts';
import { WireError } from './refusal.ts';
import { sobjectOf } from './write-values.ts';

/** Records in one composite request. */
const mostAtOnce = 200;

export const SaveResults = z.array(
  z.looseObject({ id: z.string().nullish(), success: z.boolean(), errors: z.array(WireError).default([]) }),
);

/** Writes scores two hundred at once; one that Salesforce refuses, for its own reason, does not stop the others. */
export async function writeScores(salesforce: Salesforce, rows: readonly ScoreRow[]): Promise<ScoresWritten> {
  const all: ScoresWritten = { written: [], refused: [] };
  for (const chunk of chunksOf(rows, mostAtOnce)) {
    const results = await salesforce.send(
      {
        method: 'PATCH',
        path: '/composite/sobjects',
        body: { allOrNone: false, records: chunk.map(recordOf) },
        doing: 'writing scores',
      },
      SaveResults,
    );
    for (const [i, { subject }] of chunk.entries()) {
      const result = results[i];
      if (result?.success) all.written.push(subject);
      else {
        const words = (result?.errors ?? []).map(error => error.message).join(' ');
        all.refused.push({ subject, words: words.slice(0, 1000) || 'Salesforce did not say why.' });
      }
    }
  }
  return all;
}

const recordOf = ({ subject, score, band, scoredAt }: ScoreRow) => ({
  attributes: { type: sobjectOf(subject) },
  Id: subject.id,
  Sidecard_Score__c: score,
  Sidecard_Band__c: band,
  Sidecard_Scored_At__c: scoredAt,
});
