import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { Entry } from './learn-value.ts';

/** A relation as it stands, from the record that names it. */
export interface Relation {
  from: Subject;
  to: Subject;
  kind: string;
  validAt: Instant;
  learntAt: Instant;
  endedAt: Instant | null;
  version: string;
}

/** What is known of a record before a batch is read, and then also what the batch has told so far. */
export interface KnownRecord {
  /** null: never seen. Activities have no `fields`. */
  newest: {
    version: string;
    updatedAt: Instant;
    learntAt: Instant;
    archived: boolean;
    fields: Record<string, string | null>;
  } | null;
  /** Versions of the batch that were read before, or by now. */
  versions: Set<string>;
  /** Since when it exists, and since when we know it. */
  createdAt: Instant;
  firstLearntAt: Instant;
  timelines: Map<string, Entry[]>;
  /** Relations that hold, by `relationKey`. */
  relations: Map<string, Relation>;
}

export const relationKey = (to: Subject, kind: string): string => `${subjectKey(to)}\n${kind}`;

export const unseen = (record: CrmRecord, learntAt: Instant): KnownRecord => ({
  newest: null,
  versions: new Set(),
  createdAt: record.createdAt,
  firstLearntAt: learntAt,
  timelines: new Map(),
  relations: new Map(),
});
