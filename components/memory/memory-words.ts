import type { MemoryKind, MemoryScope } from '#lib/core/memory.ts';
import type { MemoryLine } from '#lib/views/memory-types.ts';

export const kindWord: Record<MemoryKind, string> = {
  preference: 'Preference',
  'do-not': 'Do not',
  relation: 'Relation',
  tone: 'Tone',
  signature: 'Signature',
  'working-hours': 'Working hours',
  'rejected-suggestion': 'Rest after a rejection',
  snoozed: 'Snoozed',
};

export const scopeWord: Record<MemoryScope, string> = {
  account: 'Everybody',
  team: 'The team',
  private: 'Private',
};

/** Whom a memory serves, in words. */
export const whoseWord = ({ scope, role, isOwn }: MemoryLine): string =>
  scope !== 'private'
    ? scopeWord[scope]
    : role
      ? `Private to the role: ${role}`
      : isOwn
        ? 'Only you'
        : 'Private';

export const isRestKind = ({ kind }: Pick<MemoryLine, 'kind'>): boolean =>
  kind === 'rejected-suggestion' || kind === 'snoozed';

/** What it says; a rest without words says what it is. */
export const textOf = (line: MemoryLine): string => line.text || 'No reason was given.';
