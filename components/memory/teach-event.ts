import type { Holder, MemoryScope, TaughtKind } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';

/** What a person does with memories. */
export type TeachEvent =
  | {
      does: 'teach';
      scope: MemoryScope;
      kind: TaughtKind;
      text: string;
      subject: Subject | null;
      role: Extract<Holder, { kind: 'role' }>['role'] | null;
      expiresAt: string | null;
    }
  | { does: 'edit'; id: string; version: number; text: string; expiresAt: string | null }
  | { does: 'confirm'; id: string; version: number; text: string; for: 'all' | 'me' }
  | { does: 'forget'; id: string };

export type OnTeach = (said: TeachEvent) => void;
