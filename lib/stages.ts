import * as agents from './agents/agents.ts';
import * as decisions from './decisions/decisions.ts';
import * as features from './features/features.ts';
import * as graph from './graph/graph.ts';
import * as guardrails from './guardrails/guardrails.ts';
import * as ingest from './ingest/ingest.ts';
import * as memory from './memory/memory.ts';
import * as models from './models/models.ts';
import * as pipeline from './pipeline/pipeline.ts';
import * as policy from './policy/policy.ts';
import * as privacy from './privacy/privacy.ts';
import * as releases from './releases/releases.ts';
import * as writeback from './writeback/writeback.ts';

/** Where strangers meet: the stages, for the flow files alone. A test hands in its own. */
export const stages = {
  agents,
  decisions,
  features,
  graph,
  guardrails,
  ingest,
  memory,
  models,
  pipeline,
  policy,
  privacy,
  releases,
  writeback,
};
export type Stages = typeof stages;
