/** How the learner learns. The defaults are meant to be sound for any tenant; none is fitted to one file. */
export interface Settings {
  partsPerStep: number;
  seed: number;
  gate: number; decay: number; tiers: number; rowsPerPair: number;

  least?: number; gridRidge?: number;
  bags: number;
  pairs: number;
  learningRate: number;
  leaves: number;
  /** L2 penalty on leaf values, in units of the hessian p(1 - p) summed over rows. */
  ridge: number;
  /** Fewest rows in a leaf. */
  leafRows: number;
  maxRounds: number;
  /** Rounds without progress on the left-out rows before boosting ends. */
  patience: number;
  /** A term whose gain is below this share of the round's best rests for some rounds. */
  restBelow: number;
  restRounds: number;
  /** Bins a side in an interaction's grid. */
  gridBins: number;
}

export const defaults: Settings = {
  partsPerStep: 1,
  seed: 0,
  gate: 0, decay: 0.2, tiers: 1, rowsPerPair: 50,
  bags: 8,
  pairs: 40,
  learningRate: 0.1,
  leaves: 3,
  ridge: 10,
  leafRows: 5,
  maxRounds: 1500,
  patience: 40,
  restBelow: 0.02,
  restRounds: 6,
  gridBins: 16,
};
