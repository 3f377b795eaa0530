import type { Metrics } from './types.ts';

const tiny = 1e-15;

/**
 * Area under the ROC curve: the chance that a random positive is ranked above a random negative, ties
 * counting half (Mann-Whitney by average ranks, O(n log n)). 0.5 where one class is absent.
 */
export function auc(scores: ArrayLike<number>, y: ArrayLike<number>): number {
  const order = Float64Array.from({ length: y.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  let rankSum = 0;
  let positives = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let inTie = 0;
    const score = scores[order[start]!]!;
    while (end < order.length && score === scores[order[end]!]) inTie += y[order[end++]!]!;
    rankSum += inTie * ((start + 1 + end) / 2);
    positives += inTie;
    start = Math.max(end, start + 1);
  }
  const negatives = y.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Mean negative log-likelihood in nats; probabilities are kept 1e-15 away from 0 and 1. */
export function logLoss(probabilities: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const p = Math.min(1 - tiny, Math.max(tiny, probabilities[i]!));
    sum -= y[i] === 1 ? Math.log(p) : Math.log1p(-p);
  }
  return y.length === 0 ? 0 : sum / y.length;
}

/** Mean squared error of the probability (Brier 1950). */
export function brier(probabilities: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += (probabilities[i]! - y[i]!) ** 2;
  return y.length === 0 ? 0 : sum / y.length;
}

export interface ReliabilityBin {
  n: number;
  predicted: number;
  observed: number;
}

/** Mean prediction and observed rate in equally wide bins of the probability; empty bins are left out. */
export function reliability(p: ArrayLike<number>, y: ArrayLike<number>, bins = 15): ReliabilityBin[] {
  const n = new Float64Array(bins);
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let i = 0; i < y.length; i++) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(p[i]! * bins)));
    n[bin] = n[bin]! + 1;
    predicted[bin] = predicted[bin]! + p[i]!;
    observed[bin] = observed[bin]! + y[i]!;
  }
  return Array.from(n, (count, bin) => ({
    n: count,
    predicted: predicted[bin]! / count,
    observed: observed[bin]! / count,
  })).filter(bin => bin.n > 0);
}

/** Expected calibration error: the mean gap between prediction and observed rate, weighted by bin size. */
export function ece(probabilities: ArrayLike<number>, y: ArrayLike<number>, bins = 15): number {
  let sum = 0;
  for (const bin of reliability(probabilities, y, bins))
    sum += bin.n * Math.abs(bin.predicted - bin.observed);
  return y.length === 0 ? 0 : sum / y.length;
}

export interface Decile {
  /** 1 holds the tenth with the highest scores. */
  decile: number;
  n: number;
  positives: number;
  rate: number;
  /** Rate of the decile over the rate of all rows; 1 is no better than chance. */
  lift: number;
}

/**
 * How much richer in positives each tenth of the ranking is than the whole. Rows of equal score share
 * their positives evenly, so the order of ties does not matter.
 */
export function liftByDecile(scores: ArrayLike<number>, y: ArrayLike<number>): Decile[] {
  const total = y.length;
  const order = Float64Array.from({ length: total }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const share = new Float64Array(total);
  for (let start = 0; start < total;) {
    let end = start;
    let sum = 0;
    while (end < total && scores[order[start]!] === scores[order[end]!]) sum += y[order[end++]!]!;
    end = Math.max(end, start + 1);
    share.fill(sum / (end - start), start, end);
    start = end;
  }
  const rate = share.reduce((sum, value) => sum + value, 0) / Math.max(1, total);
  return Array.from({ length: 10 }, (_, index) => {
    const from = Math.floor((index * total) / 10);
    const to = Math.floor(((index + 1) * total) / 10);
    let positives = 0;
    for (let i = from; i < to; i++) positives += share[i]!;
    const own = to > from ? positives / (to - from) : 0;
    return { decile: index + 1, n: to - from, positives, rate: own, lift: rate > 0 ? own / rate : 0 };
  }).filter(decile => decile.n > 0);
}

/** All of them at once, for predictions of rows that the model had not seen. */
export function measure(probabilities: ArrayLike<number>, y: ArrayLike<number>): Metrics {
  let positives = 0;
  for (let i = 0; i < y.length; i++) positives += y[i]!;
  return {
    n: y.length,
    positives,
    auc: auc(probabilities, y),
    logLoss: logLoss(probabilities, y),
    brier: brier(probabilities, y),
    ece: ece(probabilities, y),
  };
}
