import type { Evidence } from '#lib/core/evidence.ts';
import type { Band, FeatureRow, Reason, Score } from '#lib/core/score.ts';
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

/** The strongest terms each way, in points of the score: how far it would move without them. */
function reasonsOf(logit: number, terms: readonly Term[], row: FeatureRow): Score['reasons'] {
  const reasons = terms.map(({ features, logOdds }) =>
    reasonOf(features, 100 * (probabilityOf(logit) - probabilityOf(logit - logOdds)), row),
  );
  const strongest = (sign: 1 | -1): Reason[] =>
    reasons
      .filter(reason => sign * reason.points >= leastPoints)
      .sort((one, other) => sign * (other.points - one.points))
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
