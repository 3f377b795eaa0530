import { PIPELINE_PROPERTIES, type PipedObject } from '#lib/crm/sandbox/model/default-pipelines.ts';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findPipeline, findStage, listPipelines } from '#lib/crm/sandbox/store/pipelines.ts';
import type { Values } from './check-properties.ts';
import { invalid } from './refusal.ts';

function isPiped(type: ObjectName): type is PipedObject {
  return type in PIPELINE_PROPERTIES;
}

/**
 * Fills in the pipeline of a deal, ticket or lead whose stage alone was given, and refuses a stage of another
 * pipeline. A new lead without a stage stands in the first one, as in HubSpot.
 */
export function settleStage(store: Store, type: ObjectName, before: Values, changes: Values): Values {
  if (!isPiped(type)) return changes;
  const names = PIPELINE_PROPERTIES[type];
  const after = { ...before, ...changes };
  const first = listPipelines(store, type)[0];
  const starts = type === 'leads' && before[names.stage] === undefined && !after[names.stage];
  const stageId = starts ? first?.stages[0]?.id : after[names.stage];
  if (!stageId || !(starts || names.stage in changes || names.pipeline in changes)) return changes;
  const pipelineId = after[names.pipeline] || first?.id || '';
  if (!findPipeline(store, type, pipelineId)?.stages.some(({ id }) => id === stageId)) {
    const message = `Stage ${stageId} does not belong to pipeline ${pipelineId}`;
    throw invalid(message, [{ message, code: 'INVALID_STAGE', context: { propertyName: [names.stage] } }]);
  }
  return {
    ...changes,
    ...(starts && { [names.stage]: stageId }),
    ...(after[names.pipeline] !== pipelineId && { [names.pipeline]: pipelineId }),
  };
}

function deriveDeal(store: Store, values: Values): Values {
  const stage = findStage(store, 'deals', values['dealstage'] ?? '')?.stage;
  if (!stage) return {};
  return {
    hs_deal_stage_probability: stage.probability,
    hs_is_closed: String(stage.isClosed),
    hs_is_closed_won: String(stage.isClosed && Number(stage.probability) === 1),
  };
}

/** Quantity times price, less the discount per unit and the one in percent; empty while a part is missing. */
function deriveLineItem(values: Values): Values {
  if (!values['price'] || !values['quantity']) return {};
  const unit = Number(values['price']) - Number(values['discount'] || 0);
  const kept = 1 - Number(values['hs_discount_percentage'] || 0) / 100;
  return { amount: String(Math.round(unit * Number(values['quantity']) * kept * 100) / 100) };
}

/** What the CRM itself works out from a record's values. */
export function deriveValues(store: Store, type: ObjectName, values: Values): Values {
  if (type === 'deals') return deriveDeal(store, values);
  return type === 'line_items' ? deriveLineItem(values) : {};
}
