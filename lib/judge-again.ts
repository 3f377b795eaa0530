import type { Decision } from '#lib/core/decision.ts';
import type { Change, Proposal } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import type { Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import type { Verdict } from '#lib/core/verdict.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { ageHours, isGone, isInSequence, isOptedOut } from './standing.ts';
import type { Destination } from './destination.ts';
import { objectionsAround } from './objections-around.ts';
import { bindRelease } from './release.ts';
import type { Stages } from './stages.ts';

/** Why nothing may be written; `gone`: and never will be. */
export interface Refusal {
  words: string;
  gone: boolean;
}

/**
 * Policy's word on a decision that is about to be written or taken back, with the facts, settings and policies of this
 * moment, about the records that would be written to. Null when it lets every change through, and each touch has its
 * place in the person's budget.
 */
export async function judgeAgain(
  tx: TenantTx,
  scope: Scope,
  decision: Decision,
  proposal: Proposal,
  to: Destination,
  moment: 'apply' | 'undo',
  now: Date,
  s: Stages,
): Promise<Refusal | null> {
  const { policySet, settings } = bindRelease(await s.releases.current(tx));
  const { subject } = to;
  // One person may have several records, and has one budget.
  const others = await s.graph.samePeopleOf(tx, subject, toInstant(now));
  const facts = await s.graph.factsAbout(tx, subject, toInstant(now));
  const objections = await objectionsAround(tx, facts, [subject, ...others], s);
  if (moment === 'apply' && isGone(facts))
    return { words: 'The record was deleted in the CRM, so nothing was written.', gone: true };
  // Whoever asks for an undo answers for it, not who approved what is taken back.
  const approval = moment === 'undo' ? null : await s.decisions.lastApproval(tx, decision.id);
  const touchesThisWeek = await s.writeback.touchesAround(
    tx,
    subject,
    toInstant(now),
    proposal.changes.map(change => change.id),
    others,
  );
  // An approval covers the changes as they were seen, wherever they go now.
  const changesHash = s.decisions.hashChanges(proposal.changes);
  const judge = (change: Change): Verdict =>
    s.policy.judge(
      change,
      {
        scope,
        moment,
        settings,
        confidence: proposal.confidence,
        subjectOwnerId: facts.owner?.id ?? null,
        optedOut: isOptedOut(facts),
        inSequence: isInSequence(facts),
        objected: objections.own !== null,
        guardrailsPassed: decision.lineage.checks.every(check => check.outcome !== 'blocked'),
        factsAgeHours: ageHours(facts),
        injectionSignal: decision.lineage.shield.some(
          r => r.guardrail === 'injection' && r.outcome === 'signal',
        ),
        approval: approval && {
          by: approval.by,
          changesHash: approval.changesHash,
          coversHash: approval.changesHash === changesHash,
          approvedAt: approval.at,
        },
        touchesThisWeek,
      },
      policySet,
    );
  const verdicts = to.changes.map(judge);
  await s.decisions.audit(tx, scope.actor.id, now, {
    kind: 'judged-again',
    decisionId: decision.id,
    public: {
      moment,
      effects: verdicts.map(v => v.effect),
      policies: [...new Set(verdicts.flatMap(v => v.policies))],
      policySet: policySet.hash,
    },
    private: {},
  });
  const refused = verdicts.filter(v => v.effect !== 'allow');
  if (refused.length > 0) return { words: refused.map(v => v.reason).join(' '), gone: false };
  if (moment === 'undo') return null;
  const words = await reserve(tx, [subject, ...others], to.changes, settings.touchesPerWeek, s);
  return words === null ? null : { words, gone: false };
}

/** Null when each touch has its place in the person's budget, else why not. */
async function reserve(
  tx: TenantTx,
  [person, ...others]: [Subject, ...Subject[]],
  changes: readonly Change[],
  limit: number,
  s: Stages,
): Promise<string | null> {
  for (const change of changes) {
    if (change.kind !== 'task') continue;
    const { ok, used } = await s.writeback.reserveBudget(tx, person, change.id, change.dueAt, limit, others);
    if (!ok)
      return `This person has ${used} suggested touches in seven days already, and ${limit} are allowed.`;
  }
  return null;
}
