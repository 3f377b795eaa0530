/** What Sidecard answers about a record, as far as this card shows it; more stands beside it. Fractions are in [0, 1]. */
export interface Evidence {
  snippet: string;
  at: string;
  /** Path in the CRM. */
  url: string;
}

export interface Reason {
  text: string;
  /** On the scale of the score, 0 to 100. */
  points: number;
  evidence: Evidence[];
}

export interface Score {
  value: number;
  low: number;
  high: number;
  band: 'hot' | 'warm' | 'cold';
  confidence: number;
  scoredAt: string;
  reasons: { up: Reason[]; down: Reason[] };
}

export type Status =
  | 'open'
  | 'approved'
  | 'applied'
  | 'parked'
  | 'rejected'
  | 'snoozed'
  | 'superseded'
  | 'expired'
  | 'denied'
  | 'abstained'
  | 'undoing'
  | 'undone';

export interface Suggestion {
  decisionId: string;
  kind: 'propose' | 'abstain';
  status: Status;
  statusReason: string | null;
  changesHash: string | null;
  channel: string | null;
  sendAt: string | null;
  draft: { subject: string; body: string } | null;
  changes: { kind: string; title?: string }[];
  why: { text: string; evidence: Evidence[] }[];
  reason: string | null;
  writtenBy: 'language model' | 'rules' | null;
  can: { answer: boolean; why: string };
}

export interface View {
  name: string;
  score: Score | null;
  suggestion: Suggestion | null;
  states: { name: string; level: 'info' | 'warning' | 'problem'; text: string }[];
}
