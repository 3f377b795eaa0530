import { z } from 'zod';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

/** `account`: about a record, for everybody. `team`: how the team works. `private`: of one user, or of a role. */
export const MemoryScope = z.enum(['account', 'team', 'private']);
export type MemoryScope = z.infer<typeof MemoryScope>;

/** The last two are rests after an answer: they end by themselves. */
export const MemoryKind = z.enum([
  'preference',
  'do-not',
  'relation',
  'tone',
  'signature',
  'working-hours',
  'rejected-suggestion',
  'snoozed',
]);
export type MemoryKind = z.infer<typeof MemoryKind>;

/** What a person can teach. */
export const TaughtKind = MemoryKind.exclude(['rejected-suggestion', 'snoozed']);
export type TaughtKind = z.infer<typeof TaughtKind>;

/** Whose a private memory is. `ownerId`: as whom the user owns records in the CRM, where they do. */
export const Holder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), id: z.string().min(1), ownerId: z.string().nullable() }),
  z.object({ kind: z.literal('role'), role: z.enum(['rep', 'manager', 'operations', 'admin']) }),
]);
export type Holder = z.infer<typeof Holder>;

/** Where a memory comes from: somebody typed it, or it follows from an answer to a decision (old ones do not say which). */
export const MemorySource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('typed') }),
  z.object({ kind: z.literal('answer'), decisionId: z.string().nullable() }),
]);
export type MemorySource = z.infer<typeof MemorySource>;

export const longestMemory = 500;

/** What a team or a person taught the product: one version of it, as it stood from `at` on. */
export const Memory = z.object({
  id: z.string().startsWith('mem_'),
  /** From 1; an edit, a confirmation and forgetting are versions of their own. */
  version: z.number().int().min(1),
  /** `suggested`: derived from an answer, in force only once a person confirms it. `forgotten`: has no text any more. */
  state: z.enum(['suggested', 'confirmed', 'forgotten']),
  scope: MemoryScope,
  /** The record that it is about; null: about none in particular. */
  subject: Subject.nullable(),
  /** Of private ones. */
  holder: Holder.nullable(),
  kind: MemoryKind,
  /** As a person wrote it: untrusted. */
  text: z.string().max(2100),
  /** Actor id of whoever made this version. */
  author: z.string(),
  authorName: z.string(),
  source: MemorySource,
  /** In [0, 1]: 1 was typed by a person; what follows from an answer is less sure. */
  confidence: z.number().min(0).max(1),
  at: Instant,
  /** null: lasting. */
  expiresAt: Instant.nullable(),
});
export type Memory = z.infer<typeof Memory>;

/** Whether a memory is a rest after an answer. */
export const isRest = ({ kind }: Pick<Memory, 'kind'>): boolean =>
  kind === 'rejected-suggestion' || kind === 'snoozed';
