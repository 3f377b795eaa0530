import type { Evidence } from '#lib/core/evidence.ts';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { BuyingRole, HeldRole, Identity } from '#lib/graph/read.ts';
import type { StateNotice } from './types.ts';

export type { BuyingRole, HeldRole } from '#lib/graph/read.ts';

/** One of us, one of theirs, or a deal: what the map of an account draws and lists. */
export interface MapNode {
  /** The node's key in the graph. */
  key: string;
  kind: 'user' | 'person' | 'deal';
  name: string;
  /** Job title of a person, stage of a deal. */
  title: string | null;
  /** A deal that was won or lost. */
  closed: boolean;
  /** Of a deal, in major units; null where there is none. */
  money: { amount: number; currency: string } | null;
  /** The parts that a person plays in buying, the surest first; of others none. */
  roles: HeldRole[];
  /** When there was last a touch; null where none is known. */
  lastAt: string | null;
  /** Null where Sidecard has no card about it. */
  subject: Subject | null;
}

/** A relation of the graph, its ends by key: nodes of the map, or the account itself. */
export type MapRelation = Omit<GraphRelation, 'from' | 'to'> & { from: string; to: string };

/** Two places that do not agree. */
export interface MapContradiction {
  about: { key: string; name: string };
  text: string;
  said: Evidence;
  field: Evidence;
}

export interface MapChange {
  at: string;
  about: string;
  text: string;
  evidence: Evidence | null;
}

/** Two records that may stand for one person or one company. */
export interface MapDuplicate {
  state: Identity['state'];
  pair: [MapLife, MapLife];
  why: string;
  confidence: number;
  /** Who said so, by name; null: a rule. */
  by: string | null;
  /** Why whoever asks may not say who is the same; null: they may. */
  mayNot: string | null;
}

export interface MapLife {
  subject: Subject;
  name: string;
}

/** The graph of an account as its page shows it, without what this person may not open. */
export interface AccountGraphView {
  account: { key: string; subject: Subject; name: string; industry: string | null; url: string | null };
  /** Open deals before closed ones. */
  nodes: MapNode[];
  relations: MapRelation[];
  /** What else stands at an end of a relation, by key: meetings, topics, products. */
  names: Record<string, string>;
  /** Parts that a purchase usually has, and that nobody is known to play. */
  missing: BuyingRole[];
  /** What is there, and may not be opened by whoever asks. */
  hidden: { people: number; deals: number };
  /** Nodes beyond what a map holds. */
  truncated: number;
  contradictions: MapContradiction[];
  changes: { days: number; entries: MapChange[]; more: number };
  duplicates: MapDuplicate[];
  states: StateNotice[];
  crmPages: CrmPages | null;
}
