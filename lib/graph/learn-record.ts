import { becameKind, erasedField, type CrmRecord } from '#lib/core/record.ts';
import type { Instant } from '#lib/core/time.ts';
import { relationKey, type KnownRecord, type Relation } from './known-record.ts';
import { learnValue, type Entry } from './learn-value.ts';

/** A fact of its own, since an archived record still has all its fields: "true" while it is archived. */
export const ARCHIVED = 'record_archived';

export interface NewFact extends Entry {
  name: string;
}

/** What a version of a record adds to what is known; `known` is brought up to date on the way. */
export interface Learnt {
  facts: NewFact[];
  relations: Relation[];
  /** The version had not been read before. */
  unread: boolean;
  /** The record's newest known state became another one. */
  renewed: boolean;
}

export interface HowToLearn {
  learntAt: Instant;
  /** Since when what is related to a new record was so: its creation, or when an activity took place. */
  since: Instant;
  /** Whether its fields become facts. */
  keepValues: boolean;
}

const NOTHING: Learnt = { facts: [], relations: [], unread: false, renewed: false };

/** Reads one version of a record, which may be older than what is known. Pure but for `known`, which is the state. */
export function learnRecord(
  known: KnownRecord,
  read: CrmRecord,
  { learntAt, since, keepValues }: HowToLearn,
): Learnt {
  const { newest } = known;
  if (newest?.version === read.version || known.versions.has(read.version)) return NOTHING;
  const record = read.fields[erasedField] === 'true' ? withNothingElse(read, newest?.fields ?? {}) : read;
  known.versions.add(record.version);
  const old = newest !== null && record.updatedAt < newest.updatedAt;
  const facts = keepValues ? learnValues(known, record, learntAt, old) : [];
  if (old) {
    // What only the older version has is still the newest that is known of that field.
    const fields = { ...record.fields, ...newest.fields };
    const renewed = Object.keys(fields).length > Object.keys(newest.fields).length;
    known.newest = { ...newest, fields };
    return { facts, relations: [], unread: true, renewed };
  }
  const relations = learnRelations(known, record, learntAt, known.newest === null ? since : record.updatedAt);
  const { version, updatedAt, archived } = record;
  const fields = newest ? { ...newest.fields, ...record.fields } : record.fields;
  known.newest = { version, updatedAt, learntAt, archived, fields };
  return { facts, relations, unread: true, renewed: true };
}

/** Of an erased record nothing that was known holds any longer, whether or not the version names it. */
const withNothingElse = (record: CrmRecord, known: Record<string, string | null>): CrmRecord => ({
  ...record,
  fields: { ...Object.fromEntries(Object.keys(known).map(name => [name, null])), ...record.fields },
  history: [],
});

function learnValues(known: KnownRecord, record: CrmRecord, learntAt: Instant, old: boolean): NewFact[] {
  const { newest } = known;
  const moments = Map.groupBy(record.history, moment => moment.field);
  const { version, createdAt, updatedAt } = record;
  return [...new Set([...Object.keys(record.fields), ARCHIVED, ...moments.keys()])].flatMap(name => {
    // Most fields of most records have never had a value.
    const value = valueIn(record, name);
    if (!old && (value ?? null) === null && !known.timelines.has(name) && !moments.has(name)) return [];
    const timeline = known.timelines.get(name) ?? [];
    const added = learnValue(
      timeline,
      { value, moments: moments.get(name) ?? [], version, createdAt, updatedAt, learntAt },
      old && newest
        ? { value: valueIn(newest, name), updatedAt: newest.updatedAt, version: newest.version }
        : null,
      newest === null,
    );
    if (added.length > 0) known.timelines.set(name, timeline);
    return added.map(entry => ({ ...entry, name }));
  });
}

/** undefined: a version without the field. */
const valueIn = (
  { fields, archived }: Pick<CrmRecord, 'fields' | 'archived'>,
  name: string,
): string | null | undefined => (name === ARCHIVED ? (archived ? 'true' : null) : fields[name]);

/**
 * New relations begin, and those that the record no longer names end. An archived record comes without its links, but
 * for what it became, which is then all that it says.
 */
function learnRelations(
  known: KnownRecord,
  record: CrmRecord,
  learntAt: Instant,
  validAt: Instant,
): Relation[] {
  const says = (kind: string) => !record.archived || kind === becameKind;
  const links = new Map(
    record.links.filter(link => says(link.kind)).map(link => [relationKey(link.to, link.kind), link]),
  );
  const ended = [...known.relations.entries()]
    .filter(([key, { kind }]) => says(kind) && !links.has(key))
    .map(([, relation]) => ({ ...relation, endedAt: learntAt }));
  const begun = [...links.entries()]
    .filter(([key]) => !known.relations.has(key))
    .map(([, { to, kind }]) => ({
      from: record.ref,
      to,
      kind,
      // Nobody is another from birth, though we may meet both at once.
      validAt: kind === becameKind ? record.updatedAt : validAt,
      learntAt,
      endedAt: null,
      version: record.version,
    }));
  for (const { to, kind } of ended) known.relations.delete(relationKey(to, kind));
  for (const relation of begun) known.relations.set(relationKey(relation.to, relation.kind), relation);
  return [...ended, ...begun];
}
