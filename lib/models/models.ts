/** Numbers → scores. Pure: no clock, no input or output; seeds and stop signals are arguments. */
export { foldsOf, trainLead, trainOn } from './train-lead.ts';
export { predict } from './predict.ts';
export { fitTrees } from './trees/fit-trees.ts';
export { predictTrees } from './trees/predict-trees.ts';
export { findLeaks, type Leak } from './leaks/find-leaks.ts';
export { blendWithPrior, scoreByRules, shareOfOwnHistory, type BlendedScore } from './prior/blend.ts';
export { scoreRow, scoreTable } from './score.ts';
export { foldOf } from './folds.ts';
export { TrainingStopped } from './types.ts';
export type {
  AdditiveModel,
  Cell,
  Column,
  Importance,
  LeadModel,
  Metrics,
  RowScore,
  Table,
  Term,
  TooLittleData,
  TrainOptions,
} from './types.ts';

export {
  learn,
  untrained,
  leadModelArtifact,
  type LeadModelArtifact,
  type TrainingRow,
  type TrainingTask,
} from './lead-model.ts';
export { scoreLead } from './score-lead.ts';
