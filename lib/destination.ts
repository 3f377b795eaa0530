import type { Decision } from '#lib/core/decision.ts';
import type { Change, Proposal } from '#lib/core/proposal.ts';
import { subjectKey, type CrmObject, type Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import type { Stages } from './stages.ts';

/** Where a decision's changes go: the records that they were proposed for, or those as which these live on. */
export interface Destination {
  subject: Subject;
  changes: Change[];
  redirected: { from: Subject; to: Subject }[];
}

/** Finds where a proposal's changes go now. The proposal stays as it was seen and approved. */
export async function destinationOf(
  tx: TenantTx,
  decision: Pick<Decision, 'subject'>,
  proposal: Proposal,
  now: Date,
  s: Stages,
): Promise<Destination> {
  const named = [decision.subject, ...proposal.changes.map(change => change.subject)];
  const subjects = [...new Map(named.map(subject => [subjectKey(subject), subject])).values()];
  const heirs = await s.graph.heirsOf(tx, subjects, toInstant(now));
  const to = (subject: Subject): Subject => heirs.get(subjectKey(subject)) ?? subject;
  return {
    subject: to(decision.subject),
    changes: proposal.changes.map(change => ({ ...change, subject: to(change.subject) })),
    redirected: subjects.filter(one => heirs.has(subjectKey(one))).map(from => ({ from, to: to(from) })),
  };
}

const words: Partial<Record<CrmObject, string>> = {
  contacts: 'contact',
  companies: 'company',
  deals: 'deal',
  leads: 'lead',
};

const inWords = ({ object, id }: Subject): string => `${words[object] ?? object} ${id}`;

/** Where changes went that did not go where they were proposed, in words; null: all went there. */
export function redirectionInWords(redirected: Destination['redirected']): string | null {
  const sentences = redirected.map(({ from, to }) => {
    const how = from.object === to.object ? 'was merged' : 'was converted';
    return `Written to ${inWords(to)}, into which ${inWords(from)} ${how}.`;
  });
  return sentences.length > 0 ? sentences.join(' ') : null;
}
