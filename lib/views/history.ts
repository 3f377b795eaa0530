import type { DecisionStatus } from '#lib/core/decision.ts';
import type { Subject } from '#lib/core/subject.ts';
import { decisionsAbout, sentOf } from '#lib/decisions/read.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { HistoryEntry } from './types.ts';

const words: Record<DecisionStatus, string> = {
  open: 'Suggested a follow-up',
  approved: 'Follow-up approved',
  applied: 'Follow-up written to the CRM',
  parked: 'Follow-up could not be written',
  rejected: 'Follow-up rejected',
  snoozed: 'Follow-up snoozed',
  superseded: 'Replaced by another suggestion',
  expired: 'Ended unanswered',
  denied: 'Stopped by policy',
  abstained: 'Nothing suggested',
  undoing: 'Follow-up is being taken back',
  undone: 'Follow-up taken back',
};

/** Decisions about a subject and what it was before, and what was sent of them, as lines a person reads, newest first. */
export async function historyOf(
  tx: TenantTx,
  subject: Subject,
  earlier: readonly Subject[],
): Promise<HistoryEntry[]> {
  const lines = await decisionsAbout(tx, subject, earlier);
  const decided = lines.map(({ id, status, statusReason, at }): HistoryEntry => ({
    at,
    kind: 'decision',
    text: statusReason ? `${words[status]}: ${statusReason}` : words[status],
    decisionId: id,
  }));
  const sent = (
    await sentOf(
      tx,
      lines.map(line => line.id),
    )
  ).map(({ decisionId, at, edited }): HistoryEntry => ({
    at,
    kind: 'sent',
    text: sentInWords(edited),
    decisionId,
  }));
  return [...decided, ...sent].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

const sentInWords = (edited: number): string => {
  const share = Math.round(edited * 100);
  return share === 0 ? 'Suggested e-mail sent as it was' : `Suggested e-mail sent, edited by ${share} %`;
};
