import { benchBackfill } from './backfill.ts';
import { benchDecide } from './decide.ts';
import { benchFacts } from './facts.ts';
import { benchFeaturesIncremental } from './features-incremental.ts';
import { benchFeaturesRecompute } from './features-recompute.ts';
import type { Figure } from './figure.ts';
import { benchGraph } from './graph.ts';
import { benchLedger } from './ledger.ts';
import type { Place } from './place.ts';
import { benchPolicy } from './policy.ts';
import { benchRun } from './run.ts';
import { benchScorer } from './scorer.ts';
import { benchWebhook } from './webhook.ts';

/** In the order in which they run: what needs an empty machine and few rows first. */
export const benches: Record<string, (place: Place, options: { isFull: boolean }) => Promise<Figure[]>> = {
  policy: benchPolicy,
  scorer: benchScorer,
  ledger: benchLedger,
  facts: benchFacts,
  'features-incremental': benchFeaturesIncremental,
  graph: benchGraph,
  webhook: benchWebhook,
  backfill: benchBackfill,
  run: benchRun,
  decide: benchDecide,
  'features-recompute': benchFeaturesRecompute,
};
