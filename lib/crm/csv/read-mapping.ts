import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { keyOf } from './guess-mapping.ts';
import { linkWays, type Importable } from './house-field.ts';
import { houseFields } from './house-fields.ts';
import { ColumnMapping, Mapping } from './mapping.ts';

/** The short form: a column and its field. `id` is the record's id, `companies.domain` a link, null leaves it out. */
const Short = z.record(z.string(), z.string().nullable());
const Full = Mapping.partial({ version: true, object: true, key: true });

/**
 * A mapping that somebody wrote, in its long or its short form (also turned round: field to column), held against the
 * file's header. Throws AppError('bad_input') that says what is wrong with it, or which column the file lacks.
 */
export function readMapping(
  json: unknown,
  {
    object,
    columns,
    file,
    mapping,
  }: { object: Importable; columns: readonly string[]; file: string; mapping: string },
): Mapping {
  const wrong = (text: string) => new AppError('bad_input', `The mapping ${mapping} ${text}`, { mapping });
  const short = Short.safeParse(json);
  let entries: ColumnMapping[];
  let key: string[] | undefined;
  if (short.success) entries = fromShort(short.data, object, columns);
  else {
    const full = Full.safeParse(json);
    if (!full.success) throw wrong(`cannot be read: ${z.prettifyError(full.error).replaceAll('\n', ' ')}`);
    if (full.data.object !== undefined && full.data.object !== object)
      throw wrong(`is for ${full.data.object}, and you import ${object}.`);
    ({ columns: entries, key } = full.data);
  }
  const parsed = z.array(ColumnMapping).min(1).safeParse(entries);
  if (!parsed.success) throw wrong(`cannot be read: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
  const missing = [...parsed.data.map(one => one.column), ...(key ?? [])].filter(
    name => !columns.includes(name),
  );
  if (missing.length > 0)
    throw wrong(
      `names ${listed([...new Set(missing)])}, which ${file} does not have. Its columns are ${listed(columns)}.`,
    );
  for (const what of ['column', 'field'] as const) {
    const names = parsed.data.flatMap(one => one[what] ?? []);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw wrong(`has the ${what} "${twice}" twice.`);
  }
  if (parsed.data.filter(one => one.id).length > 1)
    throw wrong('has two columns for the id: one record has one.');
  return { version: 1, object, columns: parsed.data, key: key ?? keyOf(object, parsed.data) };
}

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 30).map(name => `"${name}"`);
  return shown.join(', ') + (names.length > shown.length ? ` and ${names.length - shown.length} more` : '');
};

function fromShort(
  given: z.infer<typeof Short>,
  object: Importable,
  columns: readonly string[],
): ColumnMapping[] {
  const pairs = Object.entries(given);
  const turned =
    pairs.every(([name, column]) => !columns.includes(name) && column !== null && columns.includes(column)) &&
    pairs.length > 0;
  return pairs.map(([a, b]) => {
    const [column, target] = turned ? [b ?? '', a] : [a, b];
    const said = { confidence: 1, reason: 'as the mapping says' };
    if (target === null || target === '') return { column, type: 'text', ...said };
    if (target === 'id') return { column, id: true, type: 'text', ...said };
    const link = linkOf(target);
    if (link) return { column, link, type: 'text', ...said };
    const type = houseFields[object].find(house => house.target.field === target)?.type ?? 'text';
    return { column, field: target, type, ...said };
  });
}

function linkOf(target: string): ColumnMapping['link'] {
  const [object, by, ...more] = target.split('.');
  const link = ColumnMapping.shape.link.safeParse({ object, by });
  return more.length === 0 && linkWays.some(way => way === by) && link.success ? link.data : undefined;
}
