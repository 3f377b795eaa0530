import type { Decision } from '#lib/core/decision.ts';
import type { Receipt } from '#lib/core/answer.ts';
import type { Change, Proposal } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { sentOf, type answersTo } from '#lib/decisions/read.ts';
import { mayAnswer } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { wordTaught } from './taught-words.ts';
import type { SuggestionView } from './types.ts';

type GivenAnswer = Awaited<ReturnType<typeof answersTo>>[number];

const waiting: readonly Decision['status'][] = ['open', 'snoozed', 'parked'];

/** A decision's suggestion as the card shows it, with what this scope may do about it. */
export async function suggestionView(
  tx: TenantTx,
  scope: Scope,
  decision: Decision,
  more: { receipts: Receipt[]; answers: GivenAnswer[] },
): Promise<SuggestionView> {
  const { suggestion, lineage } = decision;
  const verdict = await mayAnswer(tx, scope, decision.subject);
  const last = more.answers[0];
  const [sent] = await sentOf(tx, [decision.id]);
  return {
    decisionId: decision.id,
    kind: suggestion.outcome,
    task: decision.task,
    mode: lineage.mode,
    status: decision.status,
    statusReason: decision.statusReason,
    changesHash: decision.changesHash,
    ...(suggestion.outcome === 'propose' ? proposalParts(suggestion) : abstentionParts(suggestion.reason)),
    why: await wordTaught(tx, scope, suggestion.why, lineage.memories),
    createdAt: decision.createdAt,
    verdicts: lineage.verdicts,
    receipts: more.receipts,
    answer: last ? { kind: last.kind, by: last.by.name, at: last.at, reason: last.reason } : null,
    sent: sent
      ? {
          at: sent.at,
          edited: sent.edited,
          reasons: sent.reasons,
          url: `/${decision.subject.object}/${decision.subject.id}#emails-${sent.email.id}`,
        }
      : null,
    can: {
      answer:
        verdict.effect === 'allow' && suggestion.outcome === 'propose' && waiting.includes(decision.status),
      undo: verdict.effect === 'allow' && decision.status === 'applied',
      why: verdict.effect === 'allow' ? '' : verdict.reason,
    },
  };
}

function proposalParts(proposal: Proposal) {
  const task = proposal.changes.find((change: Change) => change.kind === 'task');
  return {
    channel: task?.channel ?? null,
    sendAt: proposal.sendAt,
    timezone: proposal.timezone,
    draft: task?.draft ? { ...task.draft, claims: proposal.claims } : null,
    changes: proposal.changes,
    reason: null,
    confidence: proposal.confidence,
    writtenBy: proposal.writtenBy,
    expiresAt: proposal.expiresAt,
  };
}

const abstentionParts = (reason: string) => ({
  channel: null,
  sendAt: null,
  timezone: null,
  draft: null,
  changes: [],
  reason,
  confidence: null,
  writtenBy: null,
  expiresAt: null,
});
