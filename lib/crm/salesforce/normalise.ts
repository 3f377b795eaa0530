import { compare } from '#lib/core/compare.ts';
import type { CrmRecord, FieldMoment, Link } from '#lib/core/record.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { hashOf } from '#lib/platform/hash.ts';
import { becameKind, type ReadRecord } from '../doors.ts';
import { derivedFields, derivedHistory } from './derived.ts';
import type { WireField } from './describe.ts';
import { isTrue, textIn, type Row } from './select.ts';
import type { Source } from './sources.ts';
import { longId, subjectOf } from './subject-of.ts';
import { instantOf, textOf } from './values.ts';
import { bookkeeping, wordOf } from './vocabulary.ts';

const unknownTime = '1970-01-01T00:00:00.000Z';

/** What stands about a record in other tables. */
export interface Beside {
  /** What is known of the record only from there. */
  fields: Readonly<Record<string, string>>;
  history: readonly FieldMoment[];
  links: readonly Link[];
}

export const idOf = (source: Source, row: Row): string => longId(textIn(row, source.id ?? 'Id') ?? '');

export const wordsOf = (source: Source): string => source.words ?? source.sobject;

/** Everything of a record but its name. */
type Content = Omit<CrmRecord, 'ref' | 'version'>;

/** Names a record and its version: when it changed last, and what it then was (links change without a new time). */
export function named(object: CrmObject, id: string, content: Content): CrmRecord {
  const { fields, history, links, archived } = content;
  const mark = hashOf({ fields, history, links, archived }).slice(0, 12);
  return { ref: { crm: 'salesforce', object, id }, version: `${content.updatedAt}-${mark}`, ...content };
}

/** A row in our words, with what other tables know of it. */
export function toRecord(
  object: CrmObject,
  source: Source,
  row: Row,
  { types, beside }: { types: ReadonlyMap<string, WireField['type']>; beside: Beside },
): ReadRecord {
  const words = wordsOf(source);
  const worded: Record<string, string | null> = {};
  for (const [name, value] of Object.entries(row))
    if (!bookkeeping.has(name)) worded[wordOf(words, name)] = textOf(value, types.get(name));
  const fields = { ...worded, ...derivedFields(words, row, worded), ...beside.fields };
  const createdAt = createdAtOf(source, row);
  const history = [...beside.history, ...derivedHistory(words, row, { createdAt, history: beside.history })];
  const record = named(object, idOf(source, row), {
    createdAt,
    updatedAt:
      instantOf(row[source.modified ?? 'SystemModstamp']) ?? instantOf(row['LastModifiedDate']) ?? createdAt,
    archived: isDeleted(row),
    fields,
    history: history
      .filter(moment => moment.field !== 'leadConverted')
      .sort((a, b) => compare(a.field, b.field) || compare(a.at, b.at)),
    links: uniqueLinks([...linksOf(source, row), ...beside.links]),
  });
  return { record, raw: { ...row, beside } };
}

export const isDeleted = (row: Row): boolean => isTrue(row, 'IsDeleted');

export const createdAtOf = (source: Source, row: Row): string =>
  instantOf(row['CreatedDate']) ?? instantOf(row[source.modified ?? 'SystemModstamp']) ?? unknownTime;

/** Links in fields of the row itself; a converted lead lives on as what it became. */
function linksOf(source: Source, row: Row): Link[] {
  const became = ['ConvertedContactId', 'ConvertedAccountId', 'ConvertedOpportunityId'].map(
    name => [name, becameKind] as const,
  );
  return [...Object.entries(source.links ?? {}), ...became].flatMap(([name, kind]) => {
    const to = subjectOf(row[name]);
    return to === null ? [] : [{ to: { ...to, id: longId(to.id) }, kind }];
  });
}

/** A link that only says that there is one is left out where another of the same ends says more. */
function uniqueLinks(links: readonly Link[]): Link[] {
  const byKey = new Map(links.map(link => [keyOf(link), link]));
  const special = new Set(
    links.filter(({ kind }) => kind !== 'plain').map(({ to }) => `${to.object}:${to.id}`),
  );
  return [...byKey.values()]
    .filter(({ to, kind }) => kind !== 'plain' || !special.has(`${to.object}:${to.id}`))
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
}

const keyOf = ({ to, kind }: Link): string => `${to.object}:${to.id}:${kind}`;
