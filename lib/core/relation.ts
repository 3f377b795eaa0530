import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { Subject } from './subject.ts';
import { Instant } from './time.ts';

/** What stands in the knowledge graph. `lead`: a person who is not a contact yet. */
export const NodeKind = z.enum([
  'person',
  'lead',
  'account',
  'opportunity',
  'user',
  'team',
  'product',
  'campaign',
  'meeting',
  'topic',
]);
export type NodeKind = z.infer<typeof NodeKind>;

/** Something in the graph. `key` is the record's subject key; a topic, which no record stands for, is `topic:<slug>`. */
export const GraphNode = z.object({
  key: z.string(),
  kind: NodeKind,
  name: z.string(),
  /** Null for what no CRM record stands for. */
  subject: Subject.nullable(),
});
export type GraphNode = z.infer<typeof GraphNode>;

export const RelationKind = z.enum([
  'works_at',
  'decides_for',
  'influences',
  'reports_to',
  'owns',
  'member_of',
  'involved_in',
  'attended',
  'replied_to',
  'knows',
  'mentioned',
  'interested_in',
  'competes',
  'similar_to',
  'same_as',
]);
export type RelationKind = z.infer<typeof RelationKind>;

/** How one thing stands to another, since when, and what shows it. */
export const GraphRelation = z.object({
  from: GraphNode,
  kind: RelationKind,
  to: GraphNode,
  /** True since. */
  at: Instant,
  learntAt: Instant,
  /** The newest thing that shows it; null where it is a field's or a link's word. */
  lastAt: Instant.nullable(),
  /** In [0, 1]; null where more or less makes no sense. */
  strength: z.number().min(0).max(1).nullable(),
  /** In words: "Head of IT in the job title", "4 e-mails, 1 meeting". */
  why: z.string(),
  /** At most three, the newest first. */
  evidence: z.array(Evidence).max(3),
});
export type GraphRelation = z.infer<typeof GraphRelation>;
