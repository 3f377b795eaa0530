import type { Evidence } from '#lib/core/evidence.ts';
import type { Channel } from '#lib/core/fact.ts';
import type { GraphNode, GraphRelation, NodeKind } from '#lib/core/relation.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';

/** The parts that people play in a purchase, whatever the CRM calls them. */
export const buyingRoles = [
  'decision_maker',
  'budget_holder',
  'champion',
  'executive_sponsor',
  'technical_evaluator',
  'influencer',
  'end_user',
  'legal',
  'blocker',
] as const;
export type BuyingRole = (typeof buyingRoles)[number];

/** A part that somebody plays, and how that is known: `stated` in the CRM, or `inferred` from the job title. */
export interface HeldRole {
  role: BuyingRole;
  basis: 'stated' | 'inferred';
  /** In [0, 1]: how much to believe it. */
  strength: number;
  /** In words: "Buying role in the CRM: Champion". */
  why: string;
  evidence: Evidence[];
}

/** A node with what a page shows of it. */
export interface NodeDetail extends GraphNode {
  /** A person's job title, an opportunity's stage, an account's industry; null where there is none. */
  title: string | null;
  /** Of people: the parts that they play, the surest first. */
  roles: HeldRole[];
  /** When we last had to do with it; null: never, as far as is known. */
  lastTouchAt: Instant | null;
  /** Its touches in the last year. */
  touches: number;
  archived: boolean;
  /** Keys of records that are the same person or account (merged by rule or by a person). */
  sameAs: string[];
}

/** An activity in a context stream. */
export interface StreamItem {
  ref: Subject;
  channel: Channel;
  direction: 'in' | 'out' | 'none';
  at: Instant;
  learntAt: Instant;
  title: string;
  /** The beginning of its text, at most 300 characters. Untrusted. */
  snippet: string;
  /** Keys of the people and opportunities that it stands on. */
  about: string[];
  /** Key of the user of ours; null where none is known. */
  user: string | null;
  evidence: Evidence;
}

/** What was known around an account at a time. */
export interface AccountGraph {
  asOf: Instant;
  account: NodeDetail;
  /** Without the account itself; those with the strongest or newest contact first. */
  nodes: NodeDetail[];
  /** Both ends are the account or among `nodes`. */
  relations: GraphRelation[];
  /** The newest activities of the account and its people, newest first, at most 30. */
  stream: StreamItem[];
  /** How many nodes were left out to keep it bounded. */
  truncated: number;
}

export interface Neighbourhood {
  asOf: Instant;
  center: NodeDetail;
  /** The nearest first; `distance` in steps from the centre. */
  nodes: (NodeDetail & { distance: number })[];
  relations: GraphRelation[];
  truncated: number;
}

export interface NeighbourhoodOptions {
  depth: 1 | 2;
  /** Nodes at most; 50 unless said, never above 150. */
  limit?: number;
  /** Only these kinds of node. */
  kinds?: readonly NodeKind[];
  asOf: Instant;
}

/** How well one of our users knows one person, from touches of the last two years. */
export interface Acquaintance {
  person: GraphNode;
  user: GraphNode;
  /** In [0, 1]; see lib/graph/relate/knows.ts for how it is reckoned. */
  strength: number;
  lastTouchAt: Instant;
  /** Touches by direction; `both`: meetings, and calls that were answered. */
  counts: { in: number; out: number; both: number };
  /** The newest of each kind. */
  evidence: Evidence[];
}

export interface FilledRole extends HeldRole {
  person: GraphNode;
  title: string | null;
  lastTouchAt: Instant | null;
}

export interface BuyingGroup {
  asOf: Instant;
  /** The account or the opportunity that it is about. */
  of: GraphNode;
  filled: FilledRole[];
  /** Of the parts that a purchase usually has, those that nobody plays. */
  missing: BuyingRole[];
  /** People whose part is not known. */
  unplaced: GraphNode[];
}

/** A way from one of our users to a person: hop by hop, each with what shows it. */
export interface Path {
  hops: GraphRelation[];
  /** Product of the hops' strengths, in [0, 1]. */
  strength: number;
}

/** Something that we learnt since a time. */
export interface GraphChange {
  kind: 'field' | 'relation-began' | 'relation-ended' | 'appeared' | 'archived' | 'touch';
  node: GraphNode;
  /** In words: "Stage: Proposal → Negotiation". */
  text: string;
  /** When it became so. */
  at: Instant;
  learntAt: Instant;
  evidence: Evidence | null;
}

/** A stream and a field that cannot both be right. */
export interface Contradiction {
  rule: 'on-hold' | 'not-before' | 'budget-frozen' | 'chose-a-competitor' | 'left-the-company';
  about: GraphNode;
  /** One sentence that says what contradicts what. */
  text: string;
  /** What somebody said. */
  said: Evidence;
  /** The field that says otherwise. */
  field: Evidence;
  learntAt: Instant;
}

export const identityReasons = [
  'same-email',
  'same-phone-and-name',
  'same-phone',
  'same-name-and-domain',
  'same-domain-and-name',
  'same-domain',
  'same-name-and-country',
  'said-by-a-person',
] as const;
export type IdentityReason = (typeof identityReasons)[number];
export type IdentityState = 'suggested' | 'same' | 'different';

/** Two records that may stand for one person or account. */
export interface Identity {
  a: GraphNode;
  b: GraphNode;
  state: IdentityState;
  reason: IdentityReason;
  /** In words. */
  why: string;
  /** In [0, 1]. */
  confidence: number;
  /** `rule`, or the id of the person who said so. */
  by: string;
  /** Since when it stands like that. */
  at: Instant;
}
