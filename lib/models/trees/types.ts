import type { Bins, Calibration } from '../types.ts';

/** How the challenger learns; sound for any tenant, fitted to no file. */
export interface TreeSettings {
  bags: number;
  depth: number;
  learningRate: number;
  maxTrees: number;
  /** Trees without progress on the left-out rows before boosting ends. */
  patience: number;
  /** L2 penalty on leaf values, in units of the hessian p(1 - p) summed over rows. */
  ridge: number;
  /** Least hessian on each side of a split. */
  leafHessian: number;
  /** Share of the features that a tree may use. */
  featureShare: number;
  /** Pulls a level's gradient ratio towards the mean when levels are put in order, in units of the hessian. */
  levelRidge: number;
}

/** A test or a leaf; `next` holds the places of what follows, left then right. */
export type TreeNode = { feature: number; left: number[]; next: [number, number] } | { value: number };

/** Nodes, the root first; `left` names the bins of the feature that go left. */
export type Tree = TreeNode[];

/** Gradient-boosted trees: the mean of the bags' sums, then the calibration. */
export interface TreeModel {
  kind: 'trees';
  bins: Bins[];
  bags: { base: number; trees: Tree[] }[];
  calibration: Calibration;
}
