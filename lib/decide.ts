import type { Decision, FactUse, Lineage, Trigger } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import { valueOf, type Facts } from '#lib/core/fact.ts';
import type { Suggestion } from '#lib/core/proposal.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey } from '#lib/core/subject.ts';
import { daysBetween, toInstant } from '#lib/core/time.ts';
import type { GuardrailResult, Verdict } from '#lib/core/verdict.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Flow } from './flow.ts';
import { schemaOf } from './keep-features.ts';
import { recallFor } from './recall.ts';
import { abstainObjected } from './abstain-objected.ts';
import { objectionsAround, withoutPeople } from './objections-around.ts';
import { isWithheldFromAll, readFor, withheldFromAny } from './read-for.ts';
import { bindRelease, type BoundRelease } from './release.ts';
import { stages, type Stages } from './stages.ts';
import { showInCrm } from './write-scores.ts';

/**
 * Trigger → recorded decision. Reads, and never writes the CRM. Whatever influences the decision goes into the
 * lineage that is recorded with it. A record that lives on as another is decided about as that one. Throws
 * AppError('forbidden') when policy lets this scope not read the subject, AppError('not_found') when nothing is known of
 * it or the CRM has deleted it; an unreachable model is AppError('unavailable').
 */
export async function decide(
  flow: Flow,
  scope: Scope,
  asked: Trigger,
  s: Stages = stages,
): Promise<Decision> {
  const now = flow.now();
  const asOf = toInstant(now);
  const known = await flow.db.reading(scope.tenantId, async tx => {
    const release = bindRelease(await s.releases.current(tx));
    const subject = await s.graph.heirOf(tx, asked.subject, asOf);
    const lives = await s.graph.livesOf(tx, subject, asOf);
    const facts = await s.graph.factsAbout(tx, subject, asOf);
    const recalled = await recallFor(tx, scope, { task: 'follow-up', facts, lives }, release.policySet, s);
    const earlier = lives.slice(1);
    // One person may have several records, and has one budget.
    const samePeople = await s.graph.samePeopleOf(tx, subject, asOf);
    const touchesThisWeek = await s.writeback.touchesAround(
      tx,
      subject,
      asOf,
      [],
      [...earlier, ...samePeople],
    );
    const [changes = 0] = await s.features.countChanges(tx, [{ sources: s.features.sourcesOf(facts) }]);
    const objections = await objectionsAround(tx, facts, lives, s);
    return { release, subject, earlier, facts, changes, recalled, touchesThisWeek, objections };
  });
  const { release, facts: all, recalled } = known;
  const trigger: Trigger = { ...asked, subject: known.subject };
  const record = { subject: all.subject, ownerId: all.owner?.id ?? null };
  const reading = s.policy.mayRead(scope, record, release.policySet);
  if (reading.effect !== 'allow')
    throw new AppError('forbidden', reading.reason, { policies: reading.policies });

  if (isGone(all))
    throw new AppError('not_found', 'This record was deleted in the CRM, so nothing is suggested for it.', {
      subject: trigger.subject,
    });

  const since = known.objections.own;
  const profiling = s.policy.mayProfile(scope, record, since !== null, release.policySet);
  if (profiling.effect !== 'allow') {
    const nothing = abstainObjected({ trigger, release, reading, profiling, since: since ?? asOf, asOf });
    return flow.db.tenant(scope.tenantId, tx => s.decisions.record(tx, scope, nothing, now, known.earlier));
  }

  const facts = withoutPeople(all, known.objections.others);
  const forScore = readFor('scoring', facts, release, s);
  const forAgent = readFor('follow-up', facts, release, s);
  const readings = [forScore.withheld, forAgent.withheld];
  const features = s.features.derive(forScore.facts, release.featureSchema, asOf);
  const featuresOf = (use: 'scoring' | 'drafting') =>
    s.features.featuresFor(features, release.featureSchema, use);
  const score = isPerson(trigger.subject)
    ? s.models.scoreLead(release.leadModel, featuresOf('scoring'), {
        key: subjectKey(trigger.subject),
        now: asOf,
      })
    : null;
  const shielded = s.guardrails.shield(forAgent.facts, recalled.memories);
  const proposed = await s.agents.propose({
    task: 'follow-up',
    mode: release.settings.followUpMode,
    facts: shielded.facts,
    features: featuresOf('drafting'),
    score,
    memories: shielded.memories,
    settings: release.settings,
    prompt: release.prompt,
    cadence: release.cadence,
    model: flow.model,
    now,
    newId: prefix => newId(prefix),
  });
  const checked = s.guardrails.check(proposed.suggestion, shielded.facts, shielded.memories);
  const verdicts = judgeAll(checked.suggestion, {
    s,
    scope,
    release,
    facts,
    checks: [...shielded.results, ...checked.results],
    touchesThisWeek: known.touchesThisWeek,
  });

  const lineage: Lineage = {
    trigger,
    release: release.release,
    mode: release.settings.followUpMode,
    asOf,
    reading,
    facts: factsUsed(facts).filter(use => !isWithheldFromAll(use, readings)),
    withheld: withheldFromAny(readings),
    memories: shielded.memories,
    memoriesWithheld: recalled.withheld,
    touchesThisWeek: known.touchesThisWeek,
    features,
    score,
    shield: shielded.results,
    modelCalls: proposed.modelCalls,
    proposed: proposed.suggestion,
    checks: checked.results,
    suggestion: checked.suggestion,
    verdicts,
  };
  return flow.db.tenant(scope.tenantId, async tx => {
    if ((await s.ingest.erasedOf(tx, [trigger.subject])).size > 0)
      throw new AppError('not_found', 'This person was erased, so nothing is suggested.');
    const decision = await s.decisions.record(tx, scope, lineage, now, known.earlier);
    // Derived without those around who object, it is this decision's alone.
    if (score && known.objections.others.size === 0) {
      const derived = { ...s.features.derivedFrom(facts, features), changes: known.changes };
      await s.features.storeRows(tx, schemaOf(release), [derived]);
    }
    if (decision.lineage.score)
      await showInCrm(tx, [{ subject: decision.subject, score: decision.lineage.score }], now, s);
    return decision;
  });
}

function judgeAll(
  suggestion: Suggestion,
  context: {
    s: Stages;
    scope: Scope;
    release: BoundRelease;
    facts: Facts;
    checks: readonly GuardrailResult[];
    touchesThisWeek: number;
  },
): Verdict[] {
  if (suggestion.outcome === 'abstain') return [];
  const { s, scope, release, facts, checks } = context;
  return suggestion.changes.map(change =>
    s.policy.judge(
      change,
      {
        scope,
        moment: 'propose',
        settings: release.settings,
        confidence: suggestion.confidence,
        subjectOwnerId: facts.owner?.id ?? null,
        optedOut: isOptedOut(facts),
        inSequence: isInSequence(facts),
        guardrailsPassed: checks.every(check => check.outcome !== 'blocked'),
        factsAgeHours: ageHours(facts),
        injectionSignal: checks.some(check => check.guardrail === 'injection' && check.outcome === 'signal'),
        approval: null,
        touchesThisWeek: context.touchesThisWeek,
      },
      release.policySet,
    ),
  );
}

/** Whether the CRM has deleted the record. */
export const isGone = (facts: Facts): boolean => valueOf(facts, 'record_archived') === 'true';

export const isOptedOut = (facts: Facts): boolean =>
  valueOf(facts, 'hs_email_optout') === 'true' || valueOf(facts, 'email_opt_out') === 'true';

/** Whether one of the CRM's sequences is writing to the person. */
export const isInSequence = (facts: Facts): boolean => valueOf(facts, 'hs_sequences_is_enrolled') === 'true';

/** Hours since anything about the subject was last read from the CRM. */
export function ageHours(facts: Facts): number {
  const learnt = [...Object.values(facts.fields), ...facts.touches].map(known => known.learntAt);
  const newest = learnt.reduce((a, b) => (a > b ? a : b), facts.createdAt);
  return Math.max(0, daysBetween(newest, facts.asOf) * 24);
}

/** Every fact that was at hand, by place and version: not its value, which stays where it can be erased. */
function factsUsed(facts: Facts): FactUse[] {
  const around = [facts.account, ...facts.deals, ...facts.people, facts.owner].flatMap(known =>
    Object.values(known?.fields ?? {}),
  );
  // The subject's earlier values too: features are made of how they changed.
  const own = new Set([...Object.values(facts.fields), ...facts.history]);
  return [
    ...[...own, ...around].map(({ source, at }) => ({ ...source, at })),
    ...facts.touches.map(({ ref, version, at }) => ({ ...ref, field: null, version, at })),
    ...facts.interactions.map(({ id, subject, type, at }) => ({
      ...subject,
      field: `event:${type}`,
      version: id,
      at,
    })),
  ];
}
