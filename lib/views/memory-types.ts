import type { MemoryKind, MemoryScope } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';

/** JSON that pages show of what was taught. */

export interface MemoryPlace {
  subject: Subject;
  name: string;
  /** Address of the record in the CRM; null where it has no page for it. */
  url: string | null;
}

export interface MemoryLine {
  id: string;
  /** To send back with a change. */
  version: number;
  state: 'suggested' | 'confirmed';
  scope: MemoryScope;
  kind: MemoryKind;
  text: string;
  about: MemoryPlace | null;
  /** Of a role's private one. */
  role: string | null;
  by: string;
  /** The viewer said it. */
  isOwn: boolean;
  at: string;
  expiresAt: string | null;
  confidence: number;
  from: 'typed' | 'answer';
  decisionId: string | null;
  /** Whether the viewer may change, confirm and forget it. */
  can: boolean;
}

/** Which memories this viewer may add. */
export interface MayTeach {
  /** About the record in question; false where there is none. */
  account: boolean;
  team: boolean;
  own: boolean;
  role: boolean;
}

export interface MemoryPageView {
  words: string;
  scope: MemoryScope | null;
  /** The record that a new memory may be about. */
  about: MemoryPlace | null;
  suggested: MemoryLine[];
  inForce: MemoryLine[];
  may: MayTeach;
  ownsRecords: boolean;
}

/** Of one record, for its card. */
export interface SubjectMemory {
  known: MemoryLine[];
  /** Waits for the viewer's yes or no. */
  suggested: MemoryLine[];
  mayTeach: boolean;
}
