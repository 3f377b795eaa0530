import type { Settings } from './settings.ts';

/**
 * Which terms sit out the coming rounds. One rests, in one bag, while its gain is tiny beside the others'
 * (saves time), and in all bags when its latest steps made the left-out rows worse: boosting then goes on
 * with the terms that still help, instead of ending for all at the same round.
 */
export class Rests {
  private readonly until: Int32Array[];
  private readonly gains: Float64Array;
  private readonly help: Float64Array;
  private readonly trend: Float64Array;
  private readonly settings: Settings;

  constructor(bags: number, terms: number, settings: Settings) {
    this.until = Array.from({ length: bags }, () => new Int32Array(terms));
    this.gains = new Float64Array(terms);
    this.help = new Float64Array(terms);
    this.trend = new Float64Array(terms);
    this.settings = settings;
  }

  resting(bag: number, term: number, round: number): boolean {
    return this.until[bag]![term]! > round;
  }

  note(term: number, gain: number, help: number): void {
    this.gains[term] = gain;
    this.help[term] = this.help[term]! + help;
  }

  afterBag(bag: number, round: number): void {
    const until = this.until[bag]!;
    const least = this.settings.lowGain * this.gains.reduce((a, b) => Math.max(a, b), 0);
    for (let term = 0; term < until.length; term++) {
      if (until[term]! <= round && this.gains[term]! <= least)
        until[term] = round + 1 + this.settings.lowGainRest;
    }
    this.gains.fill(0);
  }

  afterRound(round: number): void {
    const { newest, noHelpRest } = this.settings;
    for (let term = 0; term < this.trend.length; term++) {
      const trend = (1 - newest) * this.trend[term]! + newest * this.help[term]!;
      this.trend[term] = Math.max(0, trend);
      if (trend >= 0) continue;
      for (const until of this.until) until[term] = Math.max(until[term]!, round + 2 + noHelpRest);
    }
    this.help.fill(0);
  }
}
