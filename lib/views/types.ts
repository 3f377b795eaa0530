import type { CrmPages } from '#lib/core/record-url.ts';
import type { Claim, Evidence } from '#lib/core/evidence.ts';
import type { Lineage } from '#lib/core/decision.ts';
import type { Change, Mode, Task } from '#lib/core/proposal.ts';
import type { Receipt } from '#lib/core/answer.ts';
import type { Reason } from '#lib/core/score.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { SubjectMemory } from './memory-types.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import type { DecisionStatus } from '#lib/core/decision.ts';

/** JSON that pages and the HTTP interface show. Fractions in [0, 1]; money in major units as decimal numbers, for people. */

export interface ScoreView {
  value: number;
  probability: number;
  low: number;
  high: number;
  band: 'hot' | 'warm' | 'cold';
  confidence: number;
  scoredAt: string;
  asOf: string;
  /** Short artifact hash of the model. */
  model: string;
  meaning: string;
  ownHistory: number;
  outOfFold: boolean;
  reasons: { up: Reason[]; down: Reason[] };
  /** Since the score before: null for a first score. */
  change: { from: number; to: number; data: string[]; model: boolean } | null;
}

export interface SuggestionView {
  decisionId: string;
  kind: 'propose' | 'abstain';
  task: Task;
  mode: Mode;
  status: DecisionStatus;
  statusReason: string | null;
  /** Hash to send back with an answer; null when nothing is proposed. */
  changesHash: string | null;
  channel: string | null;
  sendAt: string | null;
  timezone: { name: string; from: string } | null;
  draft: { subject: string; body: string; claims: Claim[] } | null;
  changes: Change[];
  why: Claim[];
  /** Why nothing is proposed. */
  reason: string | null;
  confidence: number | null;
  writtenBy: 'language model' | 'rules' | null;
  expiresAt: string | null;
  createdAt: string;
  verdicts: Verdict[];
  receipts: Receipt[];
  /** Who answered what, when. */
  answer: { kind: string; by: string; at: string; reason: string | null } | null;
  /** The e-mail that the CRM logged and that came from this: share of the draft that was changed, why it is the same. */
  sent: { at: string; edited: number; reasons: string[]; url: string } | null;
  can: { answer: boolean; undo: boolean; why: string };
}

/** A state a person should know about: stale data, CRM unreachable, writing off … */
export interface StateNotice {
  name: string;
  level: 'info' | 'warning' | 'problem';
  text: string;
}

export interface HistoryEntry {
  at: string;
  kind: 'decision' | 'sent' | 'answer' | 'receipt' | 'score' | 'undo' | 'status';
  text: string;
  decisionId: string | null;
}

export interface SubjectView {
  subject: Subject;
  name: string;
  /** Address of the record in the CRM; null where it has no page for it. */
  url: string | null;
  /** What the record was before: merged into it, or converted to it. */
  was: { subject: Subject; name: string; url: string | null }[];
  /** The company that it belongs to, where the CRM has a record of it. */
  account: { subject: Subject; name: string } | null;
  score: ScoreView | null;
  suggestion: SuggestionView | null;
  history: HistoryEntry[];
  states: StateNotice[];
  memory: SubjectMemory;
  /** What looks wrong in the record; it is shown, stored and used as given. */
  oddities: { text: string; evidence: Evidence }[];
  /** Where the CRM shows what evidence and receipts name. */
  crmPages: CrmPages | null;
}

export interface DecisionView {
  id: string;
  subject: Subject;
  subjectName: string;
  account: { subject: Subject; name: string } | null;
  task: Task;
  createdAt: string;
  suggestion: SuggestionView;
  lineage: Lineage;
  moments: { kind: string; at: string; by: string | null }[];
  audit: { seq: number | null; at: string; kind: string; by: string; text: string; leaf: string }[];
  receipts: Receipt[];
  crmPages: CrmPages | null;
}

export type { DealRow, PipelineView } from '#lib/pipeline/read.ts';

export interface InboxRow {
  subject: Subject;
  name: string;
  account: string | null;
  owner: string | null;
  score: { value: number; band: 'hot' | 'warm' | 'cold' } | null;
  decisionId: string;
  channel: string | null;
  title: string;
  why: string;
  status: DecisionStatus;
  statusReason: string | null;
  sendAt: string | null;
  createdAt: string;
}

export interface InboxView {
  rows: InboxRow[];
  counts: { open: number; parked: number; answeredToday: number };
  states: StateNotice[];
  crmPages: CrmPages | null;
}

export interface OpsView {
  status: 'ok' | 'degraded' | 'down';
  parts: { name: string; status: 'ok' | 'degraded' | 'down'; text: string }[];
  queue: { name: string; waiting: number; active: number; failed: number }[];
  parked: InboxRow[];
  /** Events whose subject is not known yet; `waitsFor` is its key, or an e-mail address. The longest waiting first. */
  parkedEvents: {
    events: number;
    since: string | null;
    groups: { waitsFor: string; events: number; since: string }[];
  };
  ledger: { entries: number; sequenced: number; root: string | null };
  sync: { object: string; records: number; lastAt: string | null; done: boolean }[];
  times: { name: string; p50: number | null; p95: number | null; n: number }[];
  failures: { at: string; what: string; where: string; text: string }[];
}

export interface ReleasesView {
  champion: { id: string; name: string; createdAt: string } | null;
  releases: {
    id: string;
    name: string;
    createdAt: string;
    artifacts: { kind: string; name: string; hash: string }[];
  }[];
  model: null | {
    hash: string;
    trainedAt: string;
    label: string;
    rows: number;
    positives: number;
    auc: number | null;
    logLoss: number | null;
    brier: number | null;
    ece: number | null;
    /** Gradient-boosted trees on the same folds; null where they were not measured. */
    challenger: { auc: number; logLoss: number } | null;
    features: number;
    importance: { feature: string; share: number }[];
    quarantined: { property: string; why: string }[];
    ownHistory: number;
  };
  policies: string[];
}
