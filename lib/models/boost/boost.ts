import { seededRandom } from '../random.ts';
import { TrainingStopped } from '../types.ts';
import type { Settings } from './settings.ts';
import type { BoostedTerm, CellStats, Rows } from './state.ts';
import { oddsOf } from './state.ts';

const leastOdds = 1e-9;

export interface BoostHooks {
  /** After each round: rounds done. Returning true ends the training with `TrainingStopped`. */
  round(done: number): boolean;
}

/**
 * Cyclic gradient boosting with logistic loss (Friedman 2001; Lou, Caruana, Gehrke 2012): round by round
 * each term takes one small Newton step in each bag. It ends when the loss on the rows that the bags left
 * out, pooled so that each row counts once, has stopped falling, and goes back to the best round.
 * Odds are kept and multiplied, which saves an exponential a row and step.
 */
export function boost(
  rows: Rows,
  base: Float64Array,
  fixed: readonly BoostedTerm[],
  terms: readonly BoostedTerm[],
  settings: Settings,
  hooks: BoostHooks,
): { rounds: number; loss: number } {
  const odds = Array.from(base, (start, bag) => oddsOf(rows, start, [...fixed, ...terms], bag));
  const widest = Math.max(1, ...terms.map(term => term.size));
  const sums = new Float64Array(2 * widest);
  const stats: CellStats = {
    gradient: new Float64Array(widest),
    hessian: new Float64Array(widest),
    count: new Float64Array(widest),
  };
  const step = new Float64Array(widest);
  const random = seededRandom(settings.seed);
  const restUntil = odds.map(() => new Int32Array(terms.length));
  let best = { rounds: 0, loss: heldOutLoss(rows, odds), tables: copyTables(terms) };
  let done = 0;
  const progress = new Float64Array(terms.length);
  const trend = new Float64Array(terms.length);
  while (done < settings.maxRounds && done - best.rounds < settings.patience) {
    for (let bag = 0; bag < rows.bags; bag++) {
      const resting = restUntil[bag]!;
      const used = drawParts(rows.bags, bag, settings.partsPerStep, random);
      const gains = new Float64Array(terms.length);
      const pending = { factors: new Float64Array(1).fill(1), ids: null as Uint16Array | null };
      terms.forEach((term, index) => {
        if (resting[index]! > done) return;
        sums.fill(0, 0, 2 * term.size);
        if (pending.ids !== null) multiply(odds[bag]!, pending.ids, pending.factors);
        pending.ids = null;
        stats.gradient.fill(0, 0, term.size);
        stats.count.fill(0, 0, term.size);
        for (const part of used) {
          const positives = term.positives[part]!;
          const counts = term.counts[part]!;
          for (let cell = 0; cell < term.size; cell++) {
            stats.gradient[cell] = stats.gradient[cell]! + positives[cell]!;
            stats.count[cell] = stats.count[cell]! + counts[cell]!;
          }
          sumRange(odds[bag]!, term.ids, sums, rows.bounds[part]!, rows.bounds[part + 1]!);
        }
        for (let cell = 0; cell < term.size; cell++) {
          stats.gradient[cell] = stats.gradient[cell]! - sums[2 * cell]!;
          stats.hessian[cell] = sums[2 * cell]! - sums[2 * cell + 1]!;
        }
        const gain = term.grow(stats, step);
        gains[index] = gain;
        if (gain <= 0) return;
        const table = term.tables[bag]!;
        const factors = new Float64Array(term.size);
        if (settings.gate) progress[index] = progress[index]! + heldOutGain(rows, bag, odds[bag]!, term.ids, step, settings.learningRate);
        for (let cell = 0; cell < term.size; cell++) {
          const change = settings.learningRate * step[cell]!;
          table[cell] = table[cell]! + change;
          factors[cell] = Math.exp(change);
        }
        pending.ids = term.ids;
        pending.factors = factors;
      });
      if (pending.ids !== null) multiply(odds[bag]!, pending.ids, pending.factors);
      const threshold = settings.restBelow * gains.reduce((a, b) => Math.max(a, b), 0);
      for (let index = 0; index < terms.length; index++) {
        if (resting[index]! <= done && gains[index]! <= threshold)
          resting[index] = done + 1 + settings.restRounds;
      }
    }
    if (settings.gate)
      for (let index = 0; index < terms.length; index++) {
        trend[index] = (1 - settings.decay) * trend[index]! + settings.decay * progress[index]!;
        progress[index] = 0;
        if (trend[index]! < 0) {
          for (const resting of restUntil) resting[index] = Math.max(resting[index]!, done + 1 + settings.gate);
          trend[index] = 0;
        }
      }
    done++;
    const loss = heldOutLoss(rows, odds);
    if (loss < best.loss * (1 - 1e-6)) best = { rounds: done, loss, tables: copyTables(terms) };
    if (hooks.round(done)) throw new TrainingStopped('The training was stopped.');
  }
  terms.forEach((term, index) => {
    term.tables = best.tables[index]!;
  });
  return { rounds: best.rounds, loss: best.loss };
}

function copyTables(terms: readonly BoostedTerm[]): Float64Array[][] {
  return terms.map(term => term.tables.map(table => table.slice()));
}

function multiply(odds: Float64Array, ids: Uint16Array, factors: Float64Array): void {
  for (let i = 0; i < odds.length; i++) odds[i] = odds[i]! * factors[ids[i]!]!;
}

/** Some parts at random, never the one that the bag leaves out. */
function drawParts(parts: number, without: number, share: number, random: () => number): number[] {
  const drawn = Array.from({ length: parts }, (_, part) => part).filter(part => part !== without);
  const wanted = Math.max(1, Math.round(share * drawn.length));
  while (drawn.length > wanted) drawn.splice(Math.floor(random() * drawn.length), 1);
  return drawn;
}

/** Adds p and p² of a range of rows into `sums`, by cell. */
function sumRange(odds: Float64Array, ids: Uint16Array, sums: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const ratio = odds[i]!;
    const p = ratio / (1 + ratio);
    const at = 2 * ids[i]!;
    sums[at] = sums[at]! + p;
    sums[at + 1] = sums[at + 1]! + p * p;
  }
}

/** Second-order estimate of how much a step lowers the loss on the rows that the bag left out. */
function heldOutGain(rows: Rows, bag: number, odds: Float64Array, ids: Uint16Array, step: Float64Array, rate: number): number {
  let gain = 0;
  for (let i = rows.bounds[bag]!; i < rows.bounds[bag + 1]!; i++) {
    const ratio = odds[i]!;
    const p = ratio / (1 + ratio);
    const change = rate * step[ids[i]!]!;
    gain += change * (rows.y[i]! - p - (change / 2) * p * (1 - p));
  }
  return gain;
}

/** Mean log loss of the rows that each bag left out. */
function heldOutLoss(rows: Rows, odds: readonly Float64Array[]): number {
  let sum = 0;
  odds.forEach((ratios, bag) => {
    for (let i = rows.bounds[bag]!; i < rows.bounds[bag + 1]!; i++) {
      const ratio = Math.min(1 / leastOdds, Math.max(leastOdds, ratios[i]!));
      sum += Math.log1p(ratio) - (rows.y[i] === 1 ? Math.log(ratio) : 0);
    }
  });
  return sum / Math.max(1, rows.n);
}
