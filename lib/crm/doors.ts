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

export { becameKind, erasedField } from '#lib/core/record.ts';

/** What a person wants of e-mails, as the CRM's own interface for it says. */
export interface Consent {
  /** True: no sales e-mail may go there. False: the person subscribed to some. Null: nothing was ever said. */
  optedOut: boolean | null;
  /** Kinds of e-mail of which the person said something, with the CRM's word for it (SUBSCRIBED, UNSUBSCRIBED). */
  subscriptions: { id: string; name: string; status: string }[];
}

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
  /** Whether a record whose links change keeps its time, so that `modifiedSince` does not show it. */
  linksLeaveNoTime?(object: CrmObject): boolean;
  /** Which of these ids are live records, for less than `read` costs. Where a reader has none, `read` tells too. */
  present?(object: CrmObject, ids: readonly string[]): Promise<string[]>;
  /**
   * What people want of e-mails, by the address as it was asked for. Readers of CRMs that keep this apart from the
   * person's record have it; throws AppError('forbidden' | 'not_found') where the account does not share it.
   */
  consent?(emails: readonly string[]): Promise<Map<string, Consent>>;
}

export type NoteChange = Extract<Change, { kind: 'note' }>;

/** Who stands behind a write; goes into the CRM with it. `approvedBy` is null where policy allowed it by itself. */
export interface Stamp {
  decisionId: string;
  agent: string;
  approvedBy: string | null;
}

/** A stamp on a record that changes: `undo` when earlier values come back, by the wish of `approvedBy`. */
export interface ChangeStamp extends Stamp {
  at: Instant;
  undo: boolean;
}

/** A contact's lead score, as it stands in the CRM's own fields. */
export interface ScoreRow {
  subject: Subject;
  /** 0 to 100. */
  score: number;
  band: 'hot' | 'warm' | 'cold';
  scoredAt: Instant;
}

export interface ScoresWritten {
  written: Subject[];
  /** Scores that the CRM did not take, with its own words. */
  refused: { subject: Subject; words: string }[];
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
  /** Changes fields and, in the same request, says on the record who stands behind it. `values` answers only what was asked. */
  updateFields(subject: Subject, values: Record<string, string | null>, stamp: ChangeStamp): Promise<Written>;
  /** Takes a record out of sight (the CRM can restore it); one that is gone already is no error. */
  archive(ref: Subject): Promise<void>;
  /** Scores of any number of people; one that is refused does not stop the others. */
  writeScores?(rows: readonly ScoreRow[]): Promise<ScoresWritten>;
  /** Tells the CRM that this address wants no more e-mail, of any kind. Safe to repeat. */
  optOut?(email: string): Promise<void>;
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
