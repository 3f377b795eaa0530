import type { TreeSettings } from './types.ts';

export const defaults: TreeSettings = {
  bags: 4,
  depth: 4,
  learningRate: 0.1,
  maxTrees: 600,
  patience: 30,
  ridge: 3,
  leafHessian: 1,
  featureShare: 0.7,
  levelRidge: 5,
};
