/** Numbers → scores. Pure: no clock, no input or output; seeds and stop signals are arguments. */
export { trainLead } from './train-lead.ts';
export { scoreRow, scoreTable } from './score.ts';
export { foldOf } from './folds.ts';
export { TrainingStopped } from './types.ts';
export type {
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
