import type { MemoryScope, TaughtKind } from '#lib/core/memory.ts';
import type { TaskChange } from '#lib/core/proposal.ts';

/** Something that an answer may teach: suggested to the person, and in force only once they confirm it. */
export type Lesson = {
  scope: MemoryScope;
  kind: TaughtKind;
  text: string;
  /** About the record of the decision, or how the person works in general. */
  about: 'record' | 'all';
  /** In [0, 1]: how surely the rule reads what was meant. */
  confidence: number;
};

/** An answer, as far as it teaches. `zone`: whose clock the time of a touch is read by (IANA). */
export type Taught = {
  before: TaskChange;
  /** As edited; null: it was rejected. */
  after: TaskChange | null;
  reason: string;
  /** First name of the person who is reached; null: unknown. */
  name: string | null;
  zone: string;
};
