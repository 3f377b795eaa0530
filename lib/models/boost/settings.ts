/** How the learner learns. The defaults are meant to be sound for any tenant; none is fitted to one file. */
export interface Settings {
  bags: number;
  pairs: number;
  /** Interactions are searched for above this many rows, and one more is allowed for each `rowsPerPair`. */
  pairsFrom: number;
  rowsPerPair: number;
  learningRate: number;
  leaves: number;
  /** L2 penalty on leaf values, in units of the hessian p(1 - p) summed over rows: 20 is about 100 rows. */
  ridge: number;
  /** Fewest rows in a leaf. */
  leafRows: number;
  maxRounds: number;
  /** Rounds without progress on the left-out rows before boosting ends. */
  patience: number;
  /** A term whose gain is below this share of the round's best rests for `lowGainRest` rounds. */
  lowGain: number;
  lowGainRest: number;
  /** A term whose steps no longer help the left-out rows rests for this many rounds. */
  noHelpRest: number;
  /** Weight of the newest round in the running mean that tells whether a term helps. */
  newest: number;
  /** Bins a side in an interaction's grid. */
  gridBins: number;
}

export const defaults: Settings = {
  bags: 8,
  pairs: 50,
  pairsFrom: 300,
  rowsPerPair: 50,
  learningRate: 0.1,
  leaves: 3,
  ridge: 20,
  leafRows: 5,
  maxRounds: 1500,
  patience: 40,
  lowGain: 0.02,
  lowGainRest: 6,
  noHelpRest: 10,
  newest: 0.5,
  gridBins: 16,
};
