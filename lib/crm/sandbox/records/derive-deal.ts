import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findPipeline, findStage, listPipelines } from '#lib/crm/sandbox/store/pipelines.ts';
import type { Values } from './check-properties.ts';
import { invalid } from './refusal.ts';

/** Fills in the pipeline of a deal whose stage alone was given, and refuses a stage of another pipeline. */
export function settlePipeline(store: Store, before: Values, changes: Values): Values {
  const after = { ...before, ...changes };
  const stageId = after['dealstage'];
  if (!stageId || !('dealstage' in changes || 'pipeline' in changes)) return changes;
  const pipelineId = after['pipeline'] ?? listPipelines(store, 'deals')[0]?.id ?? '';
  const pipeline = findPipeline(store, 'deals', pipelineId);
  if (!pipeline?.stages.some(({ id }) => id === stageId)) {
    const message = `Stage ${stageId} does not belong to pipeline ${pipelineId}`;
    throw invalid(message, [{ message, code: 'INVALID_STAGE', context: { propertyName: ['dealstage'] } }]);
  }
  return after['pipeline'] === pipelineId ? changes : { ...changes, pipeline: pipelineId };
}

/** What the CRM itself works out from a deal's stage. */
export function deriveDeal(store: Store, values: Values): Values {
  const stage = findStage(store, values['dealstage'] ?? '')?.stage;
  if (!stage) return {};
  return {
    hs_deal_stage_probability: stage.probability,
    hs_is_closed: String(stage.isClosed),
    hs_is_closed_won: String(stage.isClosed && Number(stage.probability) === 1),
  };
}
