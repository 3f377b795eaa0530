import { writeFile } from 'node:fs/promises';
import { AppError } from '#lib/core/errors.ts';
import type { Leak } from '#lib/models/models.ts';
import type { Built } from './build-table.ts';
import type { Evaluation } from './evaluate.ts';

/** One line a tested row: `row,fold,p,y`, rows numbered from 0 in file order. */
export async function writePredictions(
  file: string,
  { y, rowNumbers }: Built,
  fold: Uint8Array,
  { probabilities }: Evaluation,
): Promise<void> {
  const lines = ['row,fold,p,y'];
  probabilities.forEach((p, i) => {
    if (!Number.isNaN(p)) lines.push(`${rowNumbers[i]},${fold[i]},${p},${y[i]}`);
  });
  try {
    await writeFile(file, `${lines.join('\n')}\n`);
  } catch (error) {
    throw new AppError('refused', `Cannot write ${file}: ${(error as Error).message}`, {}, error);
  }
}

type Summary = Evaluation['summary'] &
  Pick<Evaluation, 'challenger'> & { rows: number; rate: number; suspectedLeaks: Leak[] };

/** The summary for people. */
export function describe(summary: Summary): string {
  const { rows, rate, auc, logLoss, brier, ece, trainSeconds, microsPerRow, suspectedLeaks, challenger } =
    summary;
  const lines = [
    `${rows} rows, ${(100 * rate).toFixed(1)} % positive`,
    `AUC ${auc.toFixed(4)} · log loss ${logLoss.toFixed(4)} · Brier ${brier.toFixed(4)} · calibration error ${ece.toFixed(4)}`,
    `gradient-boosted trees on the same folds, which nobody can read: AUC ${challenger.auc.toFixed(4)} · log loss ${challenger.logLoss.toFixed(4)} · trained in ${challenger.trainSeconds.toFixed(1)} s`,
    `trained in ${trainSeconds.toFixed(1)} s, scored at ${microsPerRow.toFixed(2)} µs a row`,
  ];
  if (suspectedLeaks.length > 0) {
    lines.push('', 'Columns that may have been written after the outcome (leave them out with --drop):');
    for (const { column, why } of suspectedLeaks) lines.push(`  ${column}: ${why}`);
  }
  return lines.join('\n');
}
