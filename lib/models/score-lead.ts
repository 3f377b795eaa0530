import type { Evidence } from '#lib/core/evidence.ts';
import type { Band, FeatureRow, Reason, Score } from '#lib/core/score.ts';
import type { Instant } from '#lib/core/time.ts';
import type { LeadModelArtifact } from './lead-model.ts';
import { priorBase, rulesPrior } from './rules-prior.ts';
import { scoreRow } from './score.ts';

/** Log-odds around the prior that it may be off by: an 80 % interval by judgement. */
const priorMargin = 1.2;
const mostReasons = 3;
/** Points below which a reason is not worth a line. */
const leastPoints = 0.5;

interface Sum {
  logit: number;
  margin: number;
  /** Calibrated log-odds by the features that they come from. */
  shares: { features: string[]; logOdds: number }[];
  fold: number | null;
}

const probabilityOf = (logit: number): number => 1 / (1 + Math.exp(-logit));
const logitOf = (probability: number): number => Math.log(probability / (1 - probability));

/**
 * The score of a lead: the tenant's own model and the rules prior, added in log-odds by how much each counts, so that
 * every share of it is a reason. A lead that was learnt from is scored by the fold that did not see it.
 */
export function scoreLead(
  { hash, body }: { hash: string; body: LeadModelArtifact },
  row: FeatureRow,
  { key, now }: { key: string; now: Instant },
): Score {
  const own = ownSum(body, row, key);
  const sum =
    own === null ? priorSum(row, 1) : blend(own, priorSum(row, 1 - body.ownHistory), body.ownHistory);
  const probability = probabilityOf(sum.logit);
  const low = probabilityOf(sum.logit - sum.margin);
  const high = probabilityOf(sum.logit + sum.margin);
  return {
    value: Math.round(probability * 100),
    probability,
    low,
    high,
    band: bandOf(probability, body.bands),
    confidence: Math.max(0, Math.min(1, 1 - (high - low))),
    scoredAt: now,
    asOf: row.asOf,
    model: hash,
    meaning: body.meaning,
    ownHistory: own === null ? 0 : body.ownHistory,
    outOfFold: sum.fold !== null,
    reasons: reasonsOf(sum, row),
  };
}

/** Subject keys by artifact: built once, since artifacts never change. */
const members = new WeakMap<LeadModelArtifact, ReadonlySet<string>>();

function wasTrainedOn(body: LeadModelArtifact, key: string): boolean {
  const known = members.get(body) ?? new Set(body.trainedOn);
  members.set(body, known);
  return known.has(key);
}

function ownSum(body: LeadModelArtifact, row: FeatureRow, key: string): Sum | null {
  if (body.learnt.kind !== 'glass-box') return null;
  const cells = Object.fromEntries(
    body.features.map(({ name }) => [name, row.features[name]?.value ?? null]),
  );
  const scored = scoreRow(body.learnt, cells, wasTrainedOn(body, key) ? { heldOutGroup: key } : {});
  const { slope } = scored.calibration;
  return {
    logit: logitOf(scored.probability),
    margin: (logitOf(scored.high) - logitOf(scored.low)) / 2,
    shares: scored.terms.map(({ features, logOdds }) => ({ features, logOdds: slope * logOdds })),
    fold: scored.fold,
  };
}

function priorSum(row: FeatureRow, weight: number): Sum {
  const terms = rulesPrior(row);
  return {
    logit: weight * terms.reduce((sum, term) => sum + term.logOdds, priorBase),
    margin: weight * priorMargin,
    shares: terms.map(({ feature, logOdds }) => ({ features: [feature], logOdds: weight * logOdds })),
    fold: null,
  };
}

const blend = (own: Sum, prior: Sum, weight: number): Sum => ({
  logit: weight * own.logit + prior.logit,
  margin: weight * own.margin + prior.margin,
  shares: [...own.shares.map(share => ({ ...share, logOdds: weight * share.logOdds })), ...prior.shares],
  fold: own.fold,
});

const bandOf = (probability: number, { warm, hot }: LeadModelArtifact['bands']): Band =>
  probability >= hot ? 'hot' : probability >= warm ? 'warm' : 'cold';

/** The strongest shares each way, in points of the score: how far it would move without them. */
function reasonsOf(sum: Sum, row: FeatureRow): Score['reasons'] {
  const all = Map.groupBy(sum.shares, share => share.features.join('\n'));
  const reasons = [...all.values()].map(shares => {
    const logOdds = shares.reduce((total, share) => total + share.logOdds, 0);
    return reasonOf(
      shares[0]?.features ?? [],
      100 * (probabilityOf(sum.logit) - probabilityOf(sum.logit - logOdds)),
      row,
    );
  });
  const strongest = (sign: 1 | -1): Reason[] =>
    reasons
      .filter(reason => sign * reason.points >= leastPoints)
      .sort((a, b) => sign * (b.points - a.points))
      .slice(0, mostReasons);
  return { up: strongest(1), down: strongest(-1) };
}

function reasonOf(features: readonly string[], points: number, row: FeatureRow): Reason {
  const known = features.flatMap(name => row.features[name] ?? []);
  const evidence: Evidence[] = known.flatMap(feature => feature.evidence).slice(0, 3);
  return {
    text: known.map(feature => feature.text).join('; '),
    points: Math.round(points * 10) / 10,
    evidence,
  };
}
