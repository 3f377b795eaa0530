import { parseArgs } from 'node:util';
import { findLeaks } from '#lib/models/models.ts';
import { buildTable } from './backtest/build-table.ts';
import { evaluate } from './backtest/evaluate.ts';
import { readCsv } from './backtest/read-csv.ts';
import { splitRows } from './backtest/split-rows.ts';
import { describe, writePredictions } from './backtest/report.ts';
import { terminal, UsageError } from './io.ts';

/**
 * `backtest`: cross-validates the scorer on any CSV file, or with `--order` trains on the oldest 80 % and tests on the
 * newest 20 %. Everything that looks at a label stays inside the training part. Throws `UsageError` on wrong
 * arguments, `AppError` where the file cannot be used.
 */
export async function backtest(argv: string[]): Promise<void> {
  const options = readOptions(argv);
  const say = (text: string) => terminal.err(text);
  const csv = await readCsv(options.csv, options.separator);
  for (const { line, reason } of csv.rejected.slice(0, 20)) say(`Line ${line} was left out: ${reason}`);
  if (csv.rejected.length > 20) say(`… and ${csv.rejected.length - 20} more lines.`);
  const built = buildTable(csv, options);
  const fold = splitRows(built, options);
  const started = `${built.y.length} rows, ${built.table.columns.length} columns`;
  say(options.order === null ? `${started}, ${options.folds} folds` : `${started}, by ${options.order}`);
  const result = evaluate(built.table, built.y, fold, options.seed, say, () => performance.now());
  if (options.predictions !== null) await writePredictions(options.predictions, built, fold, result);
  const summary = {
    rows: built.y.length,
    rate: built.y.reduce((sum, label) => sum + label, 0) / built.y.length,
    ...result.summary,
    model: 'glass-box',
    challenger: { model: 'gradient-boosted trees', ...result.challenger },
    suspectedLeaks: findLeaks(built.table, built.y),
    rejected: csv.rejected.length,
    folds: result.folds,
  };
  terminal.out(options.json ? JSON.stringify(summary) : describe(summary));
}

function readOptions(argv: string[]) {
  const { values } = parsed(argv);
  const required = (name: 'csv' | 'target' | 'positive'): string => {
    const value = values[name];
    if (value === undefined) throw new UsageError(`backtest needs --${name}.`);
    return value;
  };
  return {
    csv: required('csv'),
    target: required('target'),
    positive: required('positive'),
    drop: (values.drop ?? [])
      .flatMap(list => list.split(','))
      .map(name => name.trim())
      .filter(Boolean),
    missing: values.missing ?? [],
    separator: values.sep === '\\t' ? '\t' : (values.sep ?? ','),
    folds: wholeNumber('folds', values.folds, 5, 2, 50),
    seed: wholeNumber('seed', values.seed, 7, 0, 2 ** 31),
    order: values.order ?? null,
    predictions: values.predictions ?? null,
    json: values.json ?? false,
  };
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        csv: { type: 'string' },
        target: { type: 'string' },
        positive: { type: 'string' },
        drop: { type: 'string', multiple: true },
        missing: { type: 'string', multiple: true },
        sep: { type: 'string' },
        folds: { type: 'string' },
        seed: { type: 'string' },
        order: { type: 'string' },
        predictions: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
  } catch (error) {
    throw new UsageError(`backtest: ${(error as Error).message}`);
  }
}

function wholeNumber(
  name: string,
  text: string | undefined,
  or: number,
  least: number,
  most: number,
): number {
  const value = text === undefined ? or : Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`--${name} has to be a whole number from ${least} to ${most}, not "${text}".`);
  return value;
}
