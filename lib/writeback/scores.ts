import { AppError } from '#lib/core/errors.ts';
import { subjectKey } from '#lib/core/subject.ts';
import type { CrmWriter, ScoreRow, ScoresWritten } from '#lib/crm/writer.ts';

/**
 * Writes scores into the CRM's own fields. Repeating it changes nothing, so nothing has to be reserved first. What the
 * CRM says no to as a whole, it says of each. Throws AppError where another try or an admin can help.
 */
export async function sendScores(
  writer: CrmWriter,
  rows: readonly ScoreRow[],
): Promise<{ written: ScoreRow[]; refused: (ScoreRow & { words: string })[] }> {
  const { written, refused } = await answerTo(writer, rows);
  const taken = new Set(written.map(subjectKey));
  const words = new Map(refused.map(one => [subjectKey(one.subject), one.words]));
  return {
    written: rows.filter(row => taken.has(subjectKey(row.subject))),
    refused: rows
      .filter(row => !taken.has(subjectKey(row.subject)))
      .map(row => ({ ...row, words: words.get(subjectKey(row.subject)) ?? 'The CRM did not say why.' })),
  };
}

async function answerTo(writer: CrmWriter, rows: readonly ScoreRow[]): Promise<ScoresWritten> {
  const allRefused = (words: string): ScoresWritten => ({
    written: [],
    refused: rows.map(({ subject }) => ({ subject, words })),
  });
  if (!writer.writeScores) return allRefused('This CRM has no fields for scores.');
  try {
    return await writer.writeScores(rows);
  } catch (error) {
    if (error instanceof AppError && error.code === 'refused') return allRefused(error.message);
    throw error;
  }
}
