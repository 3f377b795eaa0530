import { z } from 'zod';
import { Evidence } from './evidence.ts';
import { Instant } from './time.ts';

export const Band = z.enum(['hot', 'warm', 'cold']);
export type Band = z.infer<typeof Band>;

/** A named number (or category) derived from facts, with the facts behind it. */
export const Feature = z.object({
  name: z.string(),
  value: z.union([z.number(), z.string()]).nullable(),
  /** The value in plain words, e.g. "Replied twice in the last 14 days". */
  text: z.string(),
  evidence: z.array(Evidence),
});
export type Feature = z.infer<typeof Feature>;

export const FeatureRow = z.object({
  schema: z.string(),
  asOf: Instant,
  features: z.record(z.string(), Feature),
});
export type FeatureRow = z.infer<typeof FeatureRow>;

/** One reason for a score. `points` is on the 0–100 scale: the value without it, subtracted. */
export const Reason = z.object({ text: z.string(), points: z.number(), evidence: z.array(Evidence) });
export type Reason = z.infer<typeof Reason>;

export const Score = z.object({
  /** 0 to 100: the calibrated probability in percent, rounded. */
  value: z.number().int().min(0).max(100),
  probability: z.number().min(0).max(1),
  /** 80 % interval of the probability. */
  low: z.number().min(0).max(1),
  high: z.number().min(0).max(1),
  band: Band,
  /** In [0, 1]; 1 means the interval has no width. */
  confidence: z.number().min(0).max(1),
  scoredAt: Instant,
  asOf: Instant,
  /** Artifact hash of the model. */
  model: z.string(),
  /** What the number means, in words: label and horizon. */
  meaning: z.string(),
  /** Share in [0, 1] that comes from the tenant's own history; the rest is the rules prior. */
  ownHistory: z.number().min(0).max(1),
  /** True when the record helped to train the model and is scored by the fold that did not see it. */
  outOfFold: z.boolean(),
  reasons: z.object({ up: z.array(Reason).max(3), down: z.array(Reason).max(3) }),
});
export type Score = z.infer<typeof Score>;
