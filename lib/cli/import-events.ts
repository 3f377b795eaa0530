import { AppError } from '#lib/core/errors.ts';
import { serviceScope } from '#lib/core/scope.ts';
import {
  guessEventColumns,
  importEvents,
  openCsv,
  readEventColumns,
  surveyEvents,
  type CsvFile,
  type EventColumn,
} from '#lib/import-events.ts';
import { servedTenantId } from '#lib/platform/env.ts';
import type { ImportArguments } from './import/arguments.ts';
import { progressOf } from './import/progress-bar.ts';
import { readJsonFile } from './import/read-json.ts';
import { untilInterrupted } from './import/until-interrupted.ts';
import { terminal, UsageError, type CommandContext } from './io.ts';

/**
 * Takes a CSV file of marketing and product events in. With `--preview` it shows how the columns are understood, and takes
 * nothing. Throws UsageError, or AppError where the file or the mapping cannot be used.
 */
export async function importEventsFile(
  wanted: Omit<ImportArguments, 'object'>,
  { io, open }: CommandContext,
): Promise<void> {
  if (wanted.saveMapping !== undefined)
    throw new UsageError('--save-mapping does not go with --object events: write the short form by hand.');
  const began = performance.now();
  const file = await openCsv(wanted.file, wanted.encoding === undefined ? {} : { encoding: wanted.encoding });
  const columns =
    wanted.mapping === undefined
      ? guessEventColumns(file.columns)
      : readEventColumns(await readJsonFile(wanted.mapping), file.columns, wanted.mapping);
  insist(columns, file);
  for (const line of columnLines(columns)) io.err(line);

  await untilInterrupted(io === terminal, async signal => {
    const look = progressOf(io, 'Looking at the file', file.size, 'bytes');
    const survey = await surveyEvents(file, columns, look.at);
    look.end();
    const bar = progressOf(io, 'Importing', survey.rows, 'rows');
    const taken = wanted.preview
      ? null
      : await importEvents(await open(), serviceScope(servedTenantId(), 'import'), file, columns, {
          dates: survey.dates,
          onProgress: bar.at,
          signal,
        });
    if (taken) bar.end();
    const seconds = Math.round(performance.now() - began) / 1000;
    if (wanted.json)
      io.out(
        JSON.stringify({
          ...survey,
          ...(taken ?? {
            accepted: 0,
            duplicate: 0,
            parked: 0,
            rejected: [],
            rejectedTotal: 0,
            scoring: false,
          }),
          columns,
          preview: taken === null,
          file: {
            name: file.name,
            sha256: file.hash,
            encoding: file.encoding,
            delimiter: file.shape.delimiter,
          },
          seconds,
        }),
      );
    else if (taken === null) io.out(`${survey.rows} events could be imported. Nothing was written.`);
    else for (const line of summary(file, taken, seconds)) io.out(line);
  });
}

/** Throws AppError('bad_input') where no row could become an event. */
function insist(columns: readonly EventColumn[], { name, columns: header }: CsvFile): void {
  const has = (...words: EventColumn['says'][]) => columns.some(({ says }) => words.includes(says));
  const missing = [
    ...(has('type') ? [] : ['what happened (type)']),
    ...(has('occurredAt') ? [] : ['when (occurredAt)']),
    ...(has('email', 'recordId', 'subject') ? [] : ['whom it is about (email or recordId)']),
  ];
  if (missing.length > 0)
    throw new AppError(
      'bad_input',
      `${name} has no column that says ${missing.join(', nor ')}. Its columns are ${header.join(', ')}: say which is which with --mapping.`,
    );
}

function columnLines(columns: readonly EventColumn[]): string[] {
  const width = Math.min(40, Math.max(...columns.map(({ column }) => column.length)));
  return [
    'Columns:',
    ...columns.map(({ column, says, name }) => {
      const target = says === null ? 'left out' : says === 'property' ? `property ${name}` : says;
      return `  ${column.padEnd(width)}  → ${target}`;
    }),
  ];
}

function summary(
  file: CsvFile,
  { accepted, duplicate, parked, rejected, rejectedTotal, scoring }: Awaited<ReturnType<typeof importEvents>>,
  seconds: number,
): string[] {
  return [
    `${file.name}: ${accepted} events taken in ${seconds.toFixed(1)} s, ${duplicate} were there already.`,
    ...(parked > 0 ? [`${parked} of them wait until the record that they are about is read.`] : []),
    ...(rejectedTotal > 0 ? [`${rejectedTotal} lines were left out:`] : []),
    ...rejected.slice(0, 5).map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...(rejectedTotal > 5 ? [`  … and ${rejectedTotal - 5} more (--json lists 1,000)`] : []),
    ...(scoring ? ['Scores are being made anew in the background.'] : []),
  ];
}
