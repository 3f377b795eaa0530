import type { CsvFile, importFile, Survey } from '#lib/import.ts';

type Imported = Awaited<ReturnType<typeof importFile>>;
type Source = 'given' | 'saved' | 'guessed';
type Column = Survey['mapping']['columns'][number];

const sources: Readonly<Record<Source, string>> = {
  given: 'as the mapping file says',
  saved: 'as when a file with these columns was imported last',
  guessed: 'guessed',
};
const delimiters: Readonly<Record<string, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
const plural = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

/** What `--json` prints: one object, the same with and without `--preview` but for what was written. */
export function jsonOf(
  file: CsvFile,
  survey: Survey,
  source: Source,
  imported: Imported | null,
  seconds: number,
): object {
  const { rows, rejected, rejectedTotal, duplicates, duplicatesTotal, flags, mapping } = survey;
  return {
    rows,
    created: imported?.created ?? 0,
    updated: imported?.updated ?? 0,
    unchanged: imported?.unchanged ?? 0,
    rejected,
    rejectedTotal,
    duplicates: duplicatesTotal,
    duplicateLines: duplicates,
    flags,
    mapping,
    mappingSource: source,
    preview: imported === null,
    ...(imported && {
      overlaps: imported.overlaps,
      resumedAtLine: imported.resumedAt,
      scoring: imported.scoring,
    }),
    ...(imported === null && { first: survey.first }),
    file: { name: file.name, sha256: file.hash, encoding: file.encoding, delimiter: file.shape.delimiter },
    seconds,
  };
}

/** How the file is read, and what each column becomes and why. */
export function mappingLines(
  { name, encoding, shape }: CsvFile,
  { mapping }: Survey,
  source: Source,
): string[] {
  const width = Math.min(40, Math.max(...mapping.columns.map(({ column }) => column.length)));
  const targets = mapping.columns.map(targetOf);
  const targetWidth = Math.min(40, Math.max(...targets.map(target => target.length)));
  return [
    `${name}: ${encoding.name} (${encoding.reason}), columns between ${delimiters[shape.delimiter] ?? shape.delimiter}.`,
    `Columns, ${sources[source]}:`,
    ...mapping.columns.map((column, i) =>
      [
        `  ${column.column.padEnd(width)}  → ${(targets[i] ?? '').padEnd(targetWidth)}`,
        `  ${column.type.padEnd(7)} ${String(Math.round(column.confidence * 100)).padStart(3)} %  ${column.reason}`,
        datesOf(column),
      ].join(''),
    ),
    mapping.key.length > 0
      ? `Rows without an id are told apart by ${mapping.key.join(' and ')}.`
      : mapping.columns.some(column => column.id)
        ? 'Rows without an id are told apart by all that they say.'
        : 'Rows are told apart by all that they say: a changed row is a new record.',
  ];
}

function targetOf({ id, field, link }: Column): string {
  const parts = [id ? 'record id' : null, field, link ? `${link.object} by ${link.by}` : null];
  return parts.filter(Boolean).join(', ') || 'left out';
}

const orders: Readonly<Record<NonNullable<Column['dates']>, string>> = {
  iso: '',
  ymd: '; dates as year, month, day',
  dmy: '; dates as day, month, year',
  mdy: '; dates as month, day, year',
  excel: '; days as spreadsheets count them',
  unix: '; times in milliseconds since 1970',
  unclear:
    '; day or month first is not clear, such dates stay as they are (say "dates": "dmy" or "mdy" in a mapping)',
};
const datesOf = ({ dates, type }: Column): string => (type === 'date' && dates ? orders[dates] : '');

/** What a preview shows: nothing was written. */
export const previewLines = (survey: Survey): string[] => [
  ...survey.first.map(({ line, cells }) => `line ${line}: ${cells.join(' | ').slice(0, 200)}`),
  `${plural(survey.rows, 'row')} can be imported. Nothing was written.`,
  ...troubleLines(survey),
];

export function summaryLines(file: CsvFile, survey: Survey, imported: Imported, seconds: number): string[] {
  const { created, updated, unchanged, resumedAt, overlaps, scoring } = imported;
  const { object } = survey.mapping;
  return [
    `${file.name}: ${plural(survey.rows, 'row')} in ${seconds.toFixed(1)} s: ${plural(created, 'record')} created, ${updated} updated, ${unchanged} with nothing new.`,
    ...(resumedAt === null
      ? []
      : [`An earlier import of this file had been cut off; this one went on at line ${resumedAt}.`]),
    ...troubleLines(survey),
    ...overlaps.map(
      ({ crm, by, records }) =>
        `${plural(records, 'record')} of ${object} from files ${records === 1 ? 'has' : 'have'} the ${by} of one in ${crm}. They are kept apart.`,
    ),
    ...(scoring ? ['Scores are being made anew in the background.'] : []),
    ...(created + updated > 0 && !scoring ? ['Scores are made when Sidecard is started (npm start).'] : []),
  ];
}

function troubleLines({ rejected, rejectedTotal, duplicates, duplicatesTotal, flags }: Survey): string[] {
  const shown = 5;
  const more = (total: number) =>
    total > shown ? [`  … and ${(total - shown).toLocaleString('en-GB')} more (--json lists 1,000)`] : [];
  return [
    ...(rejectedTotal > 0
      ? [
          `${plural(rejectedTotal, 'line')} cannot be read and ${rejectedTotal === 1 ? 'was' : 'were'} left out:`,
        ]
      : []),
    ...rejected.slice(0, shown).map(({ line, reason }) => `  line ${line}: ${reason}`),
    ...more(rejectedTotal),
    ...(duplicatesTotal > 0
      ? [
          `${plural(duplicatesTotal, 'row')} ${duplicatesTotal === 1 ? 'is' : 'are'} about a record that comes again later; the last counts:`,
        ]
      : []),
    ...duplicates
      .slice(0, shown)
      .map(({ line, replacedBy }) => `  line ${line}: replaced by line ${replacedBy}`),
    ...more(duplicatesTotal),
    ...flags.map(
      ({ column, count, why, line, value }) =>
        `“${column}”: ${plural(count, 'value')} stay as given: ${why} (line ${line}: ${value.slice(0, 60)}).`,
    ),
  ];
}
