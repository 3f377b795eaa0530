import type { CrmRecord } from '#lib/core/record.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { relationKey, type KnownRecord, type Relation } from './known-record.ts';
import { learnValue, type Entry } from './learn-value.ts';

/** A fact of its own, since an archived record still has all its fields: "true" while it is archived. */
export const ARCHIVED = 'record_archived';

export interface NewFact extends Entry {
  subject: Subject;
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
  record: CrmRecord,
  { learntAt, since, keepValues }: HowToLearn,
): Learnt {
  const { newest } = known;
  if (newest?.version === record.version || known.versions.has(record.version)) return NOTHING;
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
  const fields = { ...newest?.fields, ...record.fields };
  known.newest = { version, updatedAt, learntAt, archived, fields };
  return { facts, relations, unread: true, renewed: true };
}

function learnValues(known: KnownRecord, record: CrmRecord, learntAt: Instant, old: boolean): NewFact[] {
  const { newest } = known;
  const moments = Map.groupBy(record.history, moment => moment.field);
  const values = (
    fields: Record<string, string | null>,
    archived: boolean,
  ): Record<string, string | null> => ({
    ...fields,
    [ARCHIVED]: archived ? 'true' : null,
  });
  const now = values(record.fields, record.archived);
  const newestNow = newest && values(newest.fields, newest.archived);
  return [...new Set([...Object.keys(now), ...moments.keys()])].flatMap(name => {
    const timeline = known.timelines.get(name) ?? [];
    const { version, createdAt, updatedAt } = record;
    const added = learnValue(
      timeline,
      { value: now[name], moments: moments.get(name) ?? [], version, createdAt, updatedAt, learntAt },
      old && newest
        ? { value: newestNow?.[name], updatedAt: newest.updatedAt, version: newest.version }
        : null,
      newest === null,
    );
    if (added.length > 0) known.timelines.set(name, timeline);
    return added.map(entry => ({ ...entry, subject: record.ref, name }));
  });
}

/** New relations begin, and those that the record no longer names end. An archived record comes without its links. */
function learnRelations(
  known: KnownRecord,
  record: CrmRecord,
  learntAt: Instant,
  validAt: Instant,
): Relation[] {
  if (record.archived) return [];
  const links = new Map(record.links.map(link => [relationKey(link.to, link.kind), link]));
  const ended = [...known.relations.entries()]
    .filter(([key]) => !links.has(key))
    .map(([, relation]) => ({ ...relation, endedAt: learntAt }));
  const begun = [...links.entries()]
    .filter(([key]) => !known.relations.has(key))
    .map(([, { to, kind }]) => ({
      from: record.ref,
      to,
      kind,
      validAt,
      learntAt,
      endedAt: null,
      version: record.version,
    }));
  for (const { to, kind } of ended) known.relations.delete(relationKey(to, kind));
  for (const relation of begun) known.relations.set(relationKey(relation.to, relation.kind), relation);
  return [...ended, ...begun];
}
