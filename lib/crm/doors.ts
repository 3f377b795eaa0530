import type { Change, TaskChange } from '#lib/core/proposal.ts';
import type { CrmRecord } from '#lib/core/record.ts';
import type { Crm, CrmObject, Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { CrmSession } from './session.ts';

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

export interface ReadResult {
  records: ReadRecord[];
  /** Gone for good. */
  missing: string[];
  /** Merged away: what was known about `id` is about `into` now. */
  merged: { id: string; into: Subject }[];
}

export interface RemovedPage {
  ids: string[];
  next: string | null;
}

/**
 * The kind of link by which a record says that it lives on as another: a merged one, or a lead that was converted.
 * What is known of the first, its score, cadence and open suggestions, belongs to the second from then on.
 */
export const becameKind = 'became';

/**
 * Reading from a CRM, the same for every object: owners, pipelines and property definitions are records too.
 * Everything throws AppError: `unauthenticated` (reconnect), `forbidden` (a scope is missing), `limited`,
 * `unavailable` (down, or an answer that cannot be read), `refused`.
 */
export interface CrmReader {
  readonly crm: Crm;
  /** All that this CRM has of what Sidecard reads, in an order in which a record's surroundings come before it. */
  readonly objects: readonly CrmObject[];
  /** All live records, in an order that does not change while it is paged through. */
  listPage(object: CrmObject, page: { after: string | null; limit: number }): Promise<Page>;
  /** These records as they are now, archived ones included. */
  read(object: CrmObject, ids: readonly string[]): Promise<ReadResult>;
  /** Live records modified at or after a time. Objects that keep no such time come whole. */
  modifiedSince(object: CrmObject, since: Instant, after: string | null): Promise<Page>;
  /** Records that were deleted or merged away at or after a time; nothing for an object that keeps no such list. */
  removedSince(object: CrmObject, since: Instant, after: string | null): Promise<RemovedPage>;
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

/** What a request to a CRM takes: enough to ask which account it is, before there is a connection. */
export type CrmAccess = Pick<CrmSession, 'crm' | 'apiUrl' | 'token' | 'pass' | 'heard'>;
