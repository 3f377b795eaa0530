import type { Band, Feature, FeatureRow, Reason, Score } from '#lib/core/score.ts';
import type { Instant } from '#lib/core/time.ts';
import type { LeadModelArtifact } from './lead-model.ts';
import { probabilityOf } from './predict.ts';
import { blendWithPrior } from './prior/blend.ts';
import { scoreRow } from './score.ts';
import type { Term } from './types.ts';

const mostReasons = 3;
/** Points below which a reason is not worth a line. */
const leastPoints = 0.5;

/**
 * The score of a lead: the tenant's own model and the rules prior, added in log-odds by how much each counts, so that
 * every share of it is a reason. A lead that was learnt from is scored by the fold that did not see it.
 */
export function scoreLead(
  { hash, body }: { hash: string; body: LeadModelArtifact },
  row: FeatureRow,
  { key, now }: { key: string; now: Instant },
): Score {
  const cells = Object.fromEntries(Object.values(row.features).map(({ name, value }) => [name, value]));
  const own =
    body.learnt.kind === 'glass-box'
      ? scoreRow(body.learnt, cells, wasTrainedOn(body, key) ? { heldOutGroup: key } : {})
      : null;
  const { probability, low, high, logit, terms, ownHistory, fold } = blendWithPrior(
    cells,
    own,
    body.ownHistory,
  );
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
    ownHistory,
    outOfFold: fold !== null,
    reasons: reasonsOf(logit, terms, row),
  };
}

/** Subject keys by artifact: built once, since artifacts never change. */
const members = new WeakMap<LeadModelArtifact, ReadonlySet<string>>();

function wasTrainedOn(body: LeadModelArtifact, key: string): boolean {
  const known = members.get(body) ?? new Set(body.trainedOn);
  members.set(body, known);
  return known.has(key);
}

const bandOf = (probability: number, { warm, hot }: LeadModelArtifact['bands']): Band =>
  probability >= hot ? 'hot' : probability >= warm ? 'warm' : 'cold';

/**
 * The strongest features each way, in points of the score: how far it would move without them. What two features say
 * only together is shared between them in halves (their Shapley values), so that each stands in one place, once.
 */
function reasonsOf(logit: number, terms: readonly Term[], row: FeatureRow): Score['reasons'] {
  const worth = new Map<string, number>();
  for (const { features, logOdds } of terms)
    for (const name of features) worth.set(name, (worth.get(name) ?? 0) + logOdds / features.length);
  const reasons = [...worth].flatMap(([name, logOdds]) => {
    const feature = row.features[name];
    return feature ? [reasonOf(feature, 100 * (probabilityOf(logit) - probabilityOf(logit - logOdds)))] : [];
  });
  const strongest = (sign: 1 | -1): Reason[] =>
    reasons
      .filter(reason => sign * reason.points >= leastPoints)
      .sort((one, other) => sign * (other.points - one.points))
      .slice(0, mostReasons);
  return { up: strongest(1), down: strongest(-1) };
}

const reasonOf = ({ text, evidence }: Feature, points: number): Reason => ({
  text,
  points: Math.round(points * 10) / 10,
  evidence,
});
