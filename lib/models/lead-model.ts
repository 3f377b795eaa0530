import type { FeatureRow } from '#lib/core/score.ts';
import type { Instant } from '#lib/core/time.ts';
import { probabilityOf } from './predict.ts';
import { shareOfOwnHistory } from './prior/blend.ts';
import { priorBase } from './prior/rules.ts';
import { trainLead } from './train-lead.ts';
import type { Column, LeadModel, Table, TooLittleData } from './types.ts';

/** A lead as it stood at one time, and what became of it. `key` is its subject key. */
export interface TrainingRow {
  key: string;
  row: FeatureRow;
  won: boolean;
}

/** What the learner is told of each feature: what scoring may use, and nothing else. */
export interface ScoringFeature {
  name: string;
  kind: 'numeric' | 'categorical';
  monotone?: 1 | -1;
}

export interface TrainingTask {
  rows: TrainingRow[];
  features: ScoringFeature[];
  seed: number;
}

/** The artifact of kind `lead-model`. */
export interface LeadModelArtifact {
  learnt: LeadModel | TooLittleData;
  features: ScoringFeature[];
  /** Subject keys whose leads were learnt from: these are scored by the fold that did not see them. */
  trainedOn: string[];
  /** Label and horizon in words. */
  meaning: string;
  trainedAt: Instant;
  /** Share in [0, 1] that comes from the tenant's own history. */
  ownHistory: number;
  /** Probabilities from which a lead is warm, and hot. */
  bands: { warm: number; hot: number };
}

/** Learns from rows; takes seconds, so it belongs in a thread of its own. */
export const learn = ({ rows, features, seed }: TrainingTask): LeadModel | TooLittleData =>
  trainLead(
    tableOf(rows, features),
    Uint8Array.from(rows, row => (row.won ? 1 : 0)),
    {
      seed,
      groups: rows.map(row => row.key),
    },
  );

function tableOf(rows: readonly TrainingRow[], features: readonly ScoringFeature[]): Table {
  const columns = features.map((feature): Column => {
    const values = rows.map(({ row }) => row.features[feature.name]?.value ?? null);
    return feature.kind === 'numeric'
      ? {
          ...feature,
          kind: 'numeric',
          values: Float64Array.from(values, v => (typeof v === 'number' ? v : Number.NaN)),
        }
      : { name: feature.name, kind: 'categorical', values: values.map(v => (v === null ? null : String(v))) };
  });
  return { rows: rows.length, columns };
}

/** Wraps what was learnt as an artifact: its meaning, whose data it saw, how much it counts, and where bands begin. */
export function leadModelArtifact(
  learnt: LeadModel | TooLittleData,
  task: Pick<TrainingTask, 'rows' | 'features'>,
  { horizonDays, trainedAt }: { horizonDays: number; trainedAt: Instant },
): LeadModelArtifact {
  const keysOf = (rows: readonly TrainingRow[]) => [...new Set(rows.map(row => row.key))].sort();
  const trainedOn = keysOf(task.rows);
  const won = keysOf(task.rows.filter(row => row.won)).length;
  return {
    learnt,
    features: task.features,
    trainedOn,
    meaning: `Chance of becoming an opportunity within ${horizonDays} days`,
    trainedAt,
    ownHistory: learnt.kind === 'glass-box' ? shareOfOwnHistory(trainedOn.length, won) : 0,
    bands: bandsFor(learnt.kind === 'glass-box' ? learnt.baseRate : probabilityOf(priorBase)),
  };
}

/** Warm from the average lead on; hot where the odds are three times the average lead's. */
function bandsFor(baseRate: number): { warm: number; hot: number } {
  const odds = (3 * baseRate) / (1 - baseRate);
  return { warm: baseRate, hot: odds / (1 + odds) };
}

/** The artifact before anything was learnt: the rules prior speaks alone. */
export const untrained = ({ trainedAt }: { trainedAt: Instant }): LeadModelArtifact =>
  leadModelArtifact(
    {
      kind: 'too-little-data',
      rows: 0,
      positives: 0,
      reason: 'There are no closed leads to learn from yet.',
    },
    { rows: [], features: [] },
    { horizonDays: 90, trainedAt },
  );
