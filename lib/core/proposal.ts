import { z } from 'zod';
import { Claim } from './evidence.ts';
import { Channel } from './fact.ts';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

export const Draft = z.object({ subject: z.string().max(200), body: z.string().max(8000) });
export type Draft = z.infer<typeof Draft>;

const base = { id: z.string().startsWith('chg_'), subject: Subject };

export const TaskChange = z.object({
  ...base,
  kind: z.literal('task'),
  channel: Channel,
  title: z.string().min(1).max(200),
  /** What the rep reads in the task; the draft follows it in the CRM. */
  body: z.string().max(4000),
  draft: Draft.nullable(),
  dueAt: Instant,
  ownerId: z.string().nullable(),
});
export const NoteChange = z.object({ ...base, kind: z.literal('note'), body: z.string().min(1).max(8000) });
export const FieldChange = z.object({
  ...base,
  kind: z.literal('field'),
  field: z.string().min(1),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
export const AssignmentChange = z.object({
  ...base,
  kind: z.literal('assignment'),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
/** One thing that would be different in the CRM. */
export const Change = z.discriminatedUnion('kind', [TaskChange, NoteChange, FieldChange, AssignmentChange]);
export type Change = z.infer<typeof Change>;
export type TaskChange = z.infer<typeof TaskChange>;

export const Task = z.enum(['follow-up', 'routing', 'meeting-notes', 'pipeline-summary', 'scoring']);
export type Task = z.infer<typeof Task>;

export const Mode = z.enum(['rules', 'agent', 'hybrid']);
export type Mode = z.infer<typeof Mode>;

/** What an agent wants: a list of changes, with claims. */
export const Proposal = z.object({
  outcome: z.literal('propose'),
  agent: z.string(),
  task: Task,
  subject: Subject,
  changes: z.array(Change).min(1),
  /** Factual sentences of the draft, each with its evidence. */
  claims: z.array(Claim),
  /** Why this, why now: shown to the rep. */
  why: z.array(Claim).min(1),
  /** In [0, 1]: how often a rep is expected to approve it unchanged. */
  confidence: z.number().min(0).max(1),
  sendAt: Instant.nullable(),
  /** IANA zone of the recipient and how it is known; null: unknown, so ask. */
  timezone: z.object({ name: z.string(), from: z.string() }).nullable(),
  expiresAt: Instant,
  writtenBy: z.enum(['language model', 'rules']),
});
export type Proposal = z.infer<typeof Proposal>;

/** An agent that is unsure, or has nothing worth a rep's time, says so. */
export const Abstention = z.object({
  outcome: z.literal('abstain'),
  agent: z.string(),
  task: Task,
  subject: Subject,
  reason: z.string().min(1),
  /** Facts behind the reason. */
  why: z.array(Claim),
});
export type Abstention = z.infer<typeof Abstention>;

export const Suggestion = z.discriminatedUnion('outcome', [Proposal, Abstention]);
export type Suggestion = z.infer<typeof Suggestion>;
