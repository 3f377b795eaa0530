import type { Scope } from '#lib/core/scope.ts';
import { subjectKey } from '#lib/core/subject.ts';
import { answersTo, auditOf, decisionById, momentsOf } from '#lib/decisions/read.ts';
import { accountsOf, heirsOf, nameOf } from '#lib/graph/read.ts';
import { mayRead } from '#lib/may.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { receiptsOf, undoReceiptsOf } from '#lib/writeback/read.ts';
import { crmPagesOf } from './crm-pages.ts';
import { suggestionView } from './suggestion.ts';
import { hideTaught } from './taught-words.ts';
import type { DecisionView } from './types.ts';

const kindWords: Record<string, string> = {
  'decision-recorded': 'Decision recorded with its lineage',
  answered: 'Answered',
  'status-changed': 'Status changed',
  'judged-again': 'Judged again before writing',
  'crm-changed': 'CRM changed',
  'memory-changed': 'Memory',
};

/** A decision with its whole lineage. Throws AppError('not_found' | 'forbidden'). */
export async function decisionView(tx: TenantTx, scope: Scope, id: string): Promise<DecisionView> {
  const decision = await decisionById(tx, id);
  await mayRead(tx, scope, decision.subject);
  const subject =
    (await heirsOf(tx, [decision.subject])).get(subjectKey(decision.subject)) ?? decision.subject;
  const receipts = [...(await receiptsOf(tx, id)), ...(await undoReceiptsOf(tx, id))];
  const answers = await answersTo(tx, id);
  return {
    id,
    subject,
    subjectName: await nameOf(tx, subject),
    account: (await accountsOf(tx, [subject])).get(subjectKey(subject)) ?? null,
    task: decision.task,
    createdAt: decision.createdAt,
    suggestion: await suggestionView(tx, scope, decision, { receipts, answers }),
    lineage: await hideTaught(tx, scope, decision.lineage),
    moments: await momentsOf(tx, id),
    audit: (await auditOf(tx, id)).map(({ entry, ...row }) => ({ ...row, text: auditText(row.kind, entry) })),
    receipts,
    crmPages: await crmPagesOf(tx),
  };
}

function auditText(kind: string, entry: Record<string, unknown>): string {
  const detail = ['from', 'to', 'answer', 'status', 'direction', 'redirected', 'moment', 'effects', 'change']
    .flatMap(name =>
      name in entry ? [`${name} ${JSON.stringify(entry[name]).replaceAll(/["[\]]/g, '')}`] : [],
    )
    .join(' · ');
  const words = kindWords[kind] ?? kind;
  return detail ? `${words}: ${detail}` : words;
}
