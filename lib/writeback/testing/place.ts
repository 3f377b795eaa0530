import type { Subject } from '#lib/core/subject.ts';
import type { CrmWriter } from '#lib/crm/writer.ts';
import type { CrmSession } from '#lib/crm/session.ts';

/** Which requests a fault strikes: the nth, or the first so many, or each with a probability drawn from the seed. */
export interface Match {
  nth?: number;
  times?: number;
  probability?: number;
  seed: number;
}

/** Puts a fault in force. */
export interface Fault {
  strike(match: Match): Promise<void>;
  /** A CRM that goes on doing this has been disconnected, which does not pass: it may strike one request only. */
  once: boolean;
}

export type FaultName = string;

/** One CRM in which writes are tried: how to reach it, and how somebody else looks at what arrived. */
export interface FaultPlace {
  crm: 'hubspot' | 'salesforce';
  /** Opens a session; `refused` tokens are replaced as a renewal would. */
  session(): CrmSession;
  /** A writer that waits for nothing. */
  writer(session: CrmSession): CrmWriter;
  /** A person to write about; `field` holds "Buyer". */
  person(): Promise<Subject>;
  /** A field of theirs that anybody may write, and people who can own them. */
  field: string;
  ownerField: string;
  owners: readonly [string, string];
  /** What goes wrong here, in an order that stays. */
  faults: ReadonlyMap<FaultName, Fault>;
  heal(): Promise<void>;
  /** How many live tasks or notes carry this change's id. */
  created(object: 'tasks' | 'notes', changeId: string): Promise<number>;
  /** How many there ever were, archived ones included. */
  everCreated(object: 'tasks' | 'notes', changeId: string): Promise<number>;
  /** Values that a field held, oldest first, as the CRM's own history has them. */
  held(subject: Subject, field: string): Promise<(string | null)[]>;
  close(): Promise<void>;
}
