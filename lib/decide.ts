import type { Decision, Lineage, Trigger } from '#lib/core/decision.ts';
import { AppError } from '#lib/core/errors.ts';
import type { Scope } from '#lib/core/scope.ts';
import { isPerson, subjectKey } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import { newId } from '#lib/platform/ids.ts';
import { abstainObjected } from './abstain-objected.ts';
import { factsUsed } from './facts-used.ts';
import type { Flow } from './flow.ts';
import { gather } from './gather.ts';
import { judgeAll } from './judge-all.ts';
import { schemaOf } from './keep-features.ts';
import { objectionsAround, withoutPeople } from './objections-around.ts';
import { isWithheldFromAll, readFor, withheldFromAny } from './read-for.ts';
import { isGone } from './standing.ts';
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
  const known = await gather(flow, scope, asked, s);
  const { now, asOf, release, facts: all, recalled } = known;
  const trigger: Trigger = { ...asked, subject: known.subject };
  const record = { subject: all.subject, ownerId: all.owner?.id ?? null };
  const reading = s.policy.mayRead(scope, record, release.policySet);
  if (reading.effect !== 'allow')
    throw new AppError('forbidden', reading.reason, { policies: reading.policies });

  if (isGone(all))
    throw new AppError('not_found', 'This record was deleted in the CRM, so nothing is suggested for it.', {
      subject: trigger.subject,
    });

  /** The lineage of a decision not to profile, where somebody's objection and policy say so. */
  const unlessProfiled = (since: Instant | null): Lineage | null => {
    const profiling = s.policy.mayProfile(scope, record, since !== null, release.policySet);
    if (profiling.effect === 'allow') return null;
    return abstainObjected({ trigger, release, reading, profiling, since: since ?? asOf, asOf });
  };
  const nothing = unlessProfiled(known.objections.own);
  if (nothing)
    return flow.db.tenant(scope.tenantId, tx => s.decisions.record(tx, scope, nothing, now, known.earlier));

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
    // While a model wrote, the person may have objected.
    const objected = unlessProfiled((await objectionsAround(tx, all, known.records, s)).own);
    if (objected) return s.decisions.record(tx, scope, objected, now, known.earlier);
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
