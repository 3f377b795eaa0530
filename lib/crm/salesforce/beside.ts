import type { FieldMoment, Link } from '#lib/core/record.ts';
import type { Salesforce } from './api.ts';
import type { Describe, DescribeOnce } from './describe.ts';
import { createdAtOf, idOf, wordsOf, type Beside } from './normalise.ts';
import { isTrue, selectFor, textIn, unlessHidden, type Row } from './select.ts';
import type { HistorySource, LinkSource, Source } from './sources.ts';
import { longId, subjectOf } from './subject-of.ts';
import { instantOf, textOf } from './values.ts';
import { wordOf } from './vocabulary.ts';

/** Reads what other tables know of some rows: earlier values and links, by record. Tables that are hidden tell nothing. */
export function readingBeside(salesforce: Salesforce, describe: DescribeOnce) {
  const hidden = new Set<string>();
  const rowsIn = async (sobject: string, key: string, fields: readonly string[], ids: readonly string[]) => {
    if (ids.length === 0 || hidden.has(sobject)) return [];
    const rows = await unlessHidden(async () => {
      const known = new Set((await describe(sobject)).fields.map(field => field.name));
      const doing = `reading ${sobject}`;
      const wanted = [key, ...fields].filter(name => known.has(name));
      return selectFor(salesforce, { sobject, fields: wanted, key, ids, doing });
    });
    if (rows === null) hidden.add(sobject);
    return rows ?? [];
  };

  return async (source: Source, described: Describe, rows: readonly Row[]): Promise<(row: Row) => Beside> => {
    const ids = rows.map(row => idOf(source, row));
    const types = new Map(described.fields.map(field => [field.name, field.type]));
    const snapshots = new Set(source.history?.flatMap(({ rows: kind }) => (kind === 'changes' ? [] : kind)));
    const history = await Promise.all(
      (source.history ?? []).map(async one => {
        const { sobject, key, rows: kind } = one;
        const fields = kind === 'changes' ? ['Field', 'OldValue', 'NewValue'] : kind;
        const found = await rowsIn(sobject, key, [...fields, 'CreatedDate', 'CreatedById'], ids);
        return { one, byId: Map.groupBy(found, row => longId(textIn(row, key) ?? '')) };
      }),
    );
    const links = await Promise.all(
      (source.linkSources ?? []).map(async one => {
        const fields = [one.to, one.primary, one.label, one.makes && 'CreatedDate'].filter(
          name => name !== undefined,
        );
        const found = await rowsIn(one.sobject, one.key, fields, ids);
        return { one, byId: Map.groupBy(found, row => longId(textIn(row, one.key) ?? '')) };
      }),
    );
    return row => {
      const id = idOf(source, row);
      const about = { words: wordsOf(source), types, createdAt: createdAtOf(source, row), snapshots };
      const stated = links.flatMap(({ one, byId }) => momentsMade(one, byId.get(id) ?? []));
      return {
        fields: Object.fromEntries(stated.map(({ field, value }) => [field, value])),
        history: [
          ...history.flatMap(({ one, byId }) => momentsIn(one, byId.get(id) ?? [], about)),
          ...stated,
        ],
        links: links.flatMap(({ one, byId }) => (byId.get(id) ?? []).flatMap(found => linksIn(one, found))),
      };
    };
  };
}

interface About {
  words: string;
  types: ReadonlyMap<string, string>;
  createdAt: string;
  snapshots: ReadonlySet<string>;
}

/** Salesforce's names in histories for fields that are called otherwise. */
const historyNames: Readonly<Record<string, string>> = {
  Owner: 'OwnerId',
  ownerAssignment: 'OwnerId',
  ownerAccepted: 'OwnerId',
  Account: 'AccountId',
  RecordType: 'RecordTypeId',
};

function momentsIn({ rows: kind }: HistorySource, rows: readonly Row[], about: About): FieldMoment[] {
  const sorted = [...rows].sort((a, b) =>
    (textIn(a, 'CreatedDate') ?? '') < (textIn(b, 'CreatedDate') ?? '') ? -1 : 1,
  );
  if (kind !== 'changes')
    return sorted.flatMap(row => kind.flatMap(field => momentAt(row, field, row[field], about)));
  const changes = sorted.filter(row => !about.snapshots.has(nameIn(row)) && isOfIds(row));
  const first = new Map<string, Row>();
  for (const row of changes) if (!first.has(nameIn(row))) first.set(nameIn(row), row);
  return [
    ...[...first].flatMap(([field, row]) =>
      momentAt({ CreatedDate: about.createdAt }, field, row['OldValue'], about),
    ),
    ...changes.flatMap(row => momentAt(row, nameIn(row), row['NewValue'], about)),
  ].filter(moment => moment.field !== 'created');
}

function nameIn(row: Row): string {
  const name = textIn(row, 'Field') ?? '';
  return historyNames[name] ?? name;
}

/** A change of a reference is kept twice, by names and by ids: the ids are what the field holds. */
const isOfIds = (row: Row): boolean =>
  !nameIn(row).endsWith('Id') ||
  [textIn(row, 'OldValue'), textIn(row, 'NewValue')].every(
    value => value === null || /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(value),
  );

function momentAt(row: Row, field: string, value: unknown, { words, types }: About): FieldMoment[] {
  const at = instantOf(row['CreatedDate']);
  if (at === null) return [];
  const by = row['CreatedById'];
  const source = typeof by === 'string' ? `user:${by}` : null;
  return [{ field: wordOf(words, field), value: textOf(value, types.get(field)), at, source }];
}

/** Since the first row that names the record. */
function momentsMade({ makes }: LinkSource, rows: readonly Row[]) {
  const [at] = rows.flatMap(row => instantOf(row['CreatedDate']) ?? []).sort();
  return makes === undefined || at === undefined ? [] : [{ ...makes, at, source: null }];
}

function linksIn({ to, primary, label }: LinkSource, row: Row): Link[] {
  const far = subjectOf(row[to]);
  if (far === null) return [];
  const kinds = [
    ...(primary !== undefined && isTrue(row, primary) ? ['primary'] : []),
    ...(label === undefined ? [] : [textIn(row, label)].filter(text => text !== null)),
  ];
  return (kinds.length > 0 ? kinds : ['plain']).map(kind => ({ to: { ...far, id: longId(far.id) }, kind }));
}
