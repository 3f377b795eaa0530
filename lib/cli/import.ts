import { writeFile } from 'node:fs/promises';
import { AppError } from '#lib/core/errors.ts';
import { serviceScope } from '#lib/core/scope.ts';
import {
  guessMapping,
  importFile,
  openCsv,
  readMapping,
  savedMapping,
  surveyCsv,
  type CsvFile,
  type Importable,
  type Mapping,
} from '#lib/import.ts';
import { servedTenantId } from '#lib/platform/env.ts';
import { importEventsFile } from './import-events.ts';
import { readArguments } from './import/arguments.ts';
import { progressOf } from './import/progress-bar.ts';
import { readJsonFile } from './import/read-json.ts';
import { jsonOf, mappingLines, previewLines, summaryLines } from './import/report.ts';
import { untilInterrupted } from './import/until-interrupted.ts';
import { terminal, type CommandContext } from './io.ts';

/**
 * Takes a CSV file in: shows how its columns are understood, goes through it once without writing, then keeps its rows.
 * With `--preview` it stops before that. Throws UsageError, or AppError where the file or the mapping cannot be used.
 */
export async function importCsv(argv: string[], { io, open }: CommandContext): Promise<void> {
  const wanted = readArguments(argv);
  const { object } = wanted;
  if (object === 'events') return importEventsFile(wanted, { io, open });
  const began = performance.now();
  const file = await openCsv(wanted.file, wanted.encoding === undefined ? {} : { encoding: wanted.encoding });
  const given = wanted.mapping === undefined ? null : await readMappingFile(wanted.mapping, object, file);
  const flow = given && wanted.preview ? null : await open();
  const scope = serviceScope(servedTenantId(), 'import');
  const saved = given || !flow ? null : await savedMapping(flow, scope, object, file);
  const chosen = given ?? saved ?? guessMapping(object, file.columns, file.sample);
  const source = given ? 'given' : saved ? 'saved' : 'guessed';

  // Only a process of one's own may be interrupted by a key: another's goes on with what it was handed.
  await untilInterrupted(io === terminal, async signal => {
    const look = progressOf(io, 'Looking at the file', file.size, 'bytes');
    const survey = await surveyCsv(file, chosen, { onProgress: look.at, signal });
    look.end();
    for (const line of mappingLines(file, survey, source)) io.err(line);
    if (wanted.saveMapping !== undefined) await writeMappingFile(wanted.saveMapping, survey.mapping);
    if (wanted.preview || !flow) {
      if (wanted.json) io.out(JSON.stringify(jsonOf(file, survey, source, null, since(began))));
      else for (const line of previewLines(survey)) io.out(line);
      return;
    }
    const bar = progressOf(io, 'Importing', survey.rows - survey.duplicatesTotal, 'rows');
    const imported = await importFile(flow, scope, file, survey, { onProgress: bar.at, signal });
    bar.end();
    if (wanted.json) io.out(JSON.stringify(jsonOf(file, survey, source, imported, since(began))));
    else for (const line of summaryLines(file, survey, imported, since(began))) io.out(line);
  });
}

const since = (began: number): number => Math.round(performance.now() - began) / 1000;

const readMappingFile = async (
  path: string,
  object: Importable,
  { columns, name }: CsvFile,
): Promise<Mapping> => readMapping(await readJsonFile(path), { object, columns, file: name, mapping: path });

async function writeMappingFile(path: string, mapping: Mapping): Promise<void> {
  await writeFile(path, `${JSON.stringify(mapping, null, 2)}\n`).catch((error: unknown) => {
    throw new AppError(
      'bad_input',
      `The mapping cannot be written to ${path}: ${(error as Error).message}`,
      { path },
      error,
    );
  });
}
