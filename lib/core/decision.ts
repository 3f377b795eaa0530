import { z } from 'zod';
import { Release } from './artifact.ts';
import { Memory, MemoryScope } from './memory.ts';
import { PrivacyClass } from './privacy.ts';
import { Mode, Suggestion, Task } from './proposal.ts';
import { FeatureRow, Score } from './score.ts';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';
import { GuardrailResult, Verdict } from './verdict.ts';

/** What set a decision off. */
export const Trigger = z.object({
  kind: z.enum(['record-changed', 'asked', 'band-changed', 'schedule']),
  task: Task,
  subject: Subject,
  /** Keys of the CRM events behind it, where there were any. */
  events: z.array(z.string()),
  at: Instant,
});
export type Trigger = z.infer<typeof Trigger>;

export const DecisionStatus = z.enum([
  'open', // waits for a person
  'approved', // answered or allowed; the CRM is being changed
  'applied', // the CRM confirmed all of it
  'parked', // the CRM refused or cannot be reached; a person sees why
  'rejected',
  'snoozed',
  'superseded', // a newer proposal for the same subject and task took its place
  'expired', // nobody answered in time; never means approval
  'denied', // policy refused, or a guardrail blocked it
  'abstained', // nothing was proposed, and why
  'undoing',
  'undone',
]);
export type DecisionStatus = z.infer<typeof DecisionStatus>;

/** A call to a language model, as far as replay needs it. */
export const ModelCall = z.object({
  model: z.string(),
  /** Artifact hash of the prompt. */
  prompt: z.string(),
  /** SHA-256 of the messages as sent. */
  request: z.string(),
  reply: z.string(),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  milliseconds: z.number(),
});
export type ModelCall = z.infer<typeof ModelCall>;

/** A fact as a decision used it: where it was and the version, not its value. */
export const FactUse = z.object({
  crm: z.string(),
  object: z.string(),
  id: z.string(),
  field: z.string().nullable(),
  version: z.string(),
  at: Instant,
});
export type FactUse = z.infer<typeof FactUse>;

/** Memories that policy kept from the agent: how many of a scope, and why; not what they say. */
export const WithheldMemories = z.object({
  scope: MemoryScope,
  count: z.number().int(),
  reason: z.string(),
});
export type WithheldMemories = z.infer<typeof WithheldMemories>;

/** A field that policy kept from a decision: by name, not by value. */
export const WithheldField = z.object({ object: z.string(), field: z.string(), privacyClass: PrivacyClass });
export type WithheldField = z.infer<typeof WithheldField>;

/** Everything that influenced a decision: what does not stand here had no influence. */
export const Lineage = z.object({
  trigger: Trigger,
  release: Release,
  mode: Mode,
  asOf: Instant,
  reading: Verdict,
  facts: z.array(FactUse),
  /** As the agent saw them: shielded. */
  memories: z.array(Memory),
  /** Decisions of before do not say. */
  memoriesWithheld: z.array(WithheldMemories).optional(),
  /** Fields that were known and kept from score and agent, by name. Decisions of before do not say. */
  withheld: z.array(WithheldField).optional(),
  /** Suggested touches that the person's fullest week held already. */
  touchesThisWeek: z.number().int(),
  features: FeatureRow,
  score: Score.nullable(),
  shield: z.array(GuardrailResult),
  modelCalls: z.array(ModelCall),
  proposed: Suggestion,
  checks: z.array(GuardrailResult),
  suggestion: Suggestion,
  verdicts: z.array(Verdict),
});
export type Lineage = z.infer<typeof Lineage>;

/** The recorded whole. */
export const Decision = z.object({
  id: z.string().startsWith('dec_'),
  tenantId: z.string(),
  subject: Subject,
  task: Task,
  status: DecisionStatus,
  /** Why it stands as it does, where a person should know: the CRM's own words when parked. */
  statusReason: z.string().nullable(),
  /** Hash of the changes as they now stand; null when nothing is proposed. */
  changesHash: z.string().nullable(),
  /** As proposed, or as the person edited it. */
  suggestion: Suggestion,
  lineage: Lineage,
  createdAt: Instant,
});
export type Decision = z.infer<typeof Decision>;
