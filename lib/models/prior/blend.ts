import { calibrate } from '../calibrate.ts';
import { probabilityOf } from '../predict.ts';
import type { Cell, RowScore, Term } from '../types.ts';
import { priorBase, rules } from './rules.ts';

/** How many effective leads weigh as much as the rules do. */
const worthOfRules = 100;
/** Effective leads below which there is no model; the share starts from zero here, so nothing jumps. */
const needed = 25;
/** Standard error of the rules' log-odds. */
const doubtOfRules = 1;
const eighty = 1.2816;

export interface BlendedScore extends RowScore {
  /** Share in [0, 1] that comes from the tenant's own history; the rest comes from the rules. */
  ownHistory: number;
}

/**
 * How much the tenant's own model counts, in [0, 1). Its sample is worth 4ab / (a + b) leads, a won and b lost:
 * all of them when balanced, four times the rarer outcome when not. Count leads, not landmarks of one lead.
 */
export function shareOfOwnHistory(leads: number, won: number): number {
  const lost = leads - won;
  if (won <= 0 || lost <= 0) return 0;
  const beyond = Math.max(0, (4 * won * lost) / leads - needed);
  return beyond / (beyond + worthOfRules);
}

/** The rules alone. */
export function scoreByRules(row: Readonly<Record<string, Cell>>): BlendedScore {
  return blendWithPrior(row, null, 0);
}

/**
 * Mixes the rules and the tenant's own model in log-odds. The result's terms are already calibrated and weighted:
 * base + Σ terms = logit, and probability = 1 / (1 + e^-logit).
 */
export function blendWithPrior(
  row: Readonly<Record<string, Cell>>,
  own: RowScore | null,
  ownHistory: number,
): BlendedScore {
  const share = own === null ? 0 : Math.min(1, Math.max(0, ownHistory));
  const scaled = own === null ? 0 : share * own.calibration.slope;
  const byFeatures = new Map<string, Term>();
  const add = (features: string[], logOdds: number) => {
    const key = JSON.stringify(features);
    const value = features.map(name => (Object.hasOwn(row, name) ? row[name]! : null));
    const before = byFeatures.get(key)?.logOdds ?? 0;
    if (logOdds !== 0) byFeatures.set(key, { features, value, logOdds: before + logOdds });
  };
  for (const term of own?.terms ?? []) add(term.features, scaled * term.logOdds);
  for (const { feature, holds, logOdds } of rules)
    if (Object.hasOwn(row, feature) && holds(row[feature]!)) add([feature], (1 - share) * logOdds);
  const terms = [...byFeatures.values()].sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
  const ownBase = own === null ? 0 : calibrate(own.calibration, own.base);
  const base = share * ownBase + (1 - share) * priorBase;
  const logit = terms.reduce((sum, term) => sum + term.logOdds, base);
  const margin = eighty * Math.hypot((1 - share) * doubtOfRules, (share * widthOf(own)) / (2 * eighty));
  return {
    probability: probabilityOf(logit),
    low: probabilityOf(logit - margin),
    high: probabilityOf(logit + margin),
    logit,
    base,
    terms,
    calibration: { offset: 0, slope: 1 },
    fold: own?.fold ?? null,
    ownHistory: share,
  };
}

/** Width of the model's interval in log-odds. */
function widthOf(own: RowScore | null): number {
  return own === null ? 0 : logitOf(own.high) - logitOf(own.low);
}

const logitOf = (probability: number): number => Math.log(probability / (1 - probability));
