import { TrainingStopped } from '../types.ts';
import { heldOutGain, heldOutLoss, multiply, sumCells } from './passes.ts';
import { Rests } from './rests.ts';
import type { Settings } from './settings.ts';
import type { BoostedTerm, CellStats, Rows } from './state.ts';
import { oddsOf } from './state.ts';

/**
 * Cyclic gradient boosting with logistic loss (Friedman 2001; Lou, Caruana, Gehrke 2012): round by round
 * each term takes one small Newton step in each bag. It ends when the loss on the rows that the bags left
 * out, pooled so that each row counts once, has stopped falling, and goes back to the best round.
 * Odds are kept and multiplied, which saves an exponential a row and step. `afterRound` hears how many
 * rounds are done and ends the training (`TrainingStopped`) by answering true.
 */
export function boost(
  rows: Rows,
  base: Float64Array,
  fixed: readonly BoostedTerm[],
  terms: readonly BoostedTerm[],
  settings: Settings,
  afterRound: (done: number) => boolean,
): void {
  const odds = Array.from(base, (start, bag) => oddsOf(rows, start, [...fixed, ...terms], bag));
  const walk = makeStep(rows, settings, terms);
  const rests = new Rests(rows.bags, terms.length, settings);
  let best = { round: 0, loss: heldOutLoss(rows, odds), tables: copyTables(terms) };
  for (let done = 0; done < settings.maxRounds && done - best.round < settings.patience;) {
    for (let bag = 0; bag < rows.bags; bag++) {
      terms.forEach((term, index) => {
        if (rests.resting(bag, index, done)) return;
        const { gain, help } = walk(bag, odds[bag]!, term);
        rests.note(index, gain, help);
      });
      rests.afterBag(bag, done);
    }
    rests.afterRound(done);
    done++;
    const loss = heldOutLoss(rows, odds);
    if (loss < best.loss * (1 - 1e-6)) best = { round: done, loss, tables: copyTables(terms) };
    if (afterRound(done)) throw new TrainingStopped('The training was stopped.');
  }
  terms.forEach((term, index) => {
    term.tables = best.tables[index]!;
  });
}

function copyTables(terms: readonly BoostedTerm[]): Float64Array[][] {
  return terms.map(term => term.tables.map(table => table.slice()));
}

/** One Newton step of one term in one bag, on buffers that all steps share. */
function makeStep(rows: Rows, settings: Settings, terms: readonly BoostedTerm[]) {
  const widest = Math.max(1, ...terms.map(term => term.size));
  const sums = new Float64Array(2 * widest);
  const stats: CellStats = {
    gradient: new Float64Array(widest),
    hessian: new Float64Array(widest),
    count: new Float64Array(0),
  };
  const step = new Float64Array(widest);
  const factors = new Float64Array(widest);

  return (bag: number, odds: Float64Array, term: BoostedTerm): { gain: number; help: number } => {
    sums.fill(0, 0, 2 * term.size);
    sumCells(rows, bag, odds, term.ids, sums);
    const positives = term.positives[bag]!;
    for (let cell = 0; cell < term.size; cell++) {
      stats.gradient[cell] = positives[cell]! - sums[2 * cell]!;
      stats.hessian[cell] = sums[2 * cell]! - sums[2 * cell + 1]!;
    }
    stats.count = term.counts[bag]!;
    const gain = term.grow(stats, step);
    if (gain <= 0) return { gain: 0, help: 0 };
    const table = term.tables[bag]!;
    for (let cell = 0; cell < term.size; cell++) {
      step[cell] = settings.learningRate * step[cell]!;
      table[cell] = table[cell]! + step[cell]!;
      factors[cell] = Math.exp(step[cell]!);
    }
    const help = heldOutGain(rows, bag, odds, term.ids, step);
    multiply(odds, term.ids, factors);
    return { gain, help };
  };
}
