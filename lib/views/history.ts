import type { DecisionLine } from '#lib/decisions/read.ts';
import type { DecisionStatus } from '#lib/core/decision.ts';
import type { HistoryEntry } from './types.ts';

const words: Record<DecisionStatus, string> = {
  open: 'Suggested a follow-up',
  approved: 'Follow-up approved',
  applied: 'Follow-up written to the CRM',
  parked: 'Follow-up could not be written',
  rejected: 'Follow-up rejected',
  snoozed: 'Follow-up snoozed',
  superseded: 'Replaced by a newer suggestion',
  expired: 'Expired unanswered',
  denied: 'Stopped by policy',
  abstained: 'Nothing suggested',
  undoing: 'Follow-up is being taken back',
  undone: 'Follow-up taken back',
};

/** Decisions as lines a person reads, newest first. */
export const historyOf = (lines: readonly DecisionLine[]): HistoryEntry[] =>
  lines.map(({ id, status, statusReason, at }) => ({
    at,
    kind: 'decision',
    text: statusReason ? `${words[status]}: ${statusReason}` : words[status],
    decisionId: id,
  }));
