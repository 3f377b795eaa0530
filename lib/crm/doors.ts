import type { Change, TaskChange } from '#lib/core/proposal.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Crm, CrmObject, Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { OpenConnection } from './connections.ts';

/** A record normalised, with what the CRM said in its own words. */
export interface ReadRecord {
  record: CrmRecord;
  raw: unknown;
}

export interface Page {
  records: ReadRecord[];
  /** Where the next page starts; null on the last one. Stays valid for days. */
  next: string | null;
}

/**
 * Reading from a CRM, the same for every object: owners, pipelines and property definitions are records too.
 * Everything throws AppError: `unauthenticated` (reconnect), `forbidden` (a scope is missing), `limited`,
 * `unavailable` (down, or an answer that cannot be read), `refused`.
 */
export interface CrmReader {
  readonly crm: Crm;
  /** All live records, in an order that does not change while it is paged through. */
  listPage(object: CrmObject, page: { after: string | null; limit: number }): Promise<Page>;
  /** These records as they are now, archived ones included; `missing` are gone for good or were merged away. */
  read(object: CrmObject, ids: readonly string[]): Promise<{ records: ReadRecord[]; missing: string[] }>;
  /** Live records modified at or after a time. Objects that keep no such time come whole. */
  modifiedSince(object: CrmObject, since: Instant, after: string | null): Promise<Page>;
}

export type NoteChange = Extract<Change, { kind: 'note' }>;

/** Who stands behind a write; goes into the CRM with it. `approvedBy` is null where policy allowed it by itself. */
export interface Stamp {
  decisionId: string;
  agent: string;
  approvedBy: string | null;
}

/** A record as the CRM confirmed it. `values` holds the fields that were asked for or written. */
export interface Written {
  ref: Subject;
  version: string;
  values: Record<string, string | null>;
}

/**
 * Writing to a CRM. Errors as for reading; `refused` carries the CRM's own words.
 * Creating is safe to repeat: the change's id is unique in the CRM, and a second attempt finds the first.
 */
export interface CrmWriter {
  /** The field that holds a record's owner. */
  readonly ownerField: string;
  /** What an earlier attempt at this change created, while it is live. */
  findByChange(object: 'tasks' | 'notes', changeId: string): Promise<Written | null>;
  createTask(change: TaskChange, stamp: Stamp): Promise<Written>;
  createNote(change: NoteChange, stamp: Stamp, at: Instant): Promise<Written>;
  /** Current values of some fields; null when the record is gone. */
  read(subject: Subject, fields: readonly string[]): Promise<Written | null>;
  updateFields(subject: Subject, values: Record<string, string | null>): Promise<Written>;
  /** Takes a record out of sight (the CRM can restore it); one that is gone already is no error. */
  archive(ref: Subject): Promise<void>;
}

export interface CrmAccount {
  id: string;
  /** ISO 4217. */
  currency: string;
  /** IANA zone. */
  timezone: string;
}

export type CrmAccess = Pick<OpenConnection, 'crm' | 'apiUrl' | 'secrets'>;
