import { Hono } from 'hono';
import type { z } from 'zod';
import { PIPELINE_PROPERTIES, type Pipeline, type Stage } from '#lib/crm/sandbox/model/default-pipelines.ts';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findPipeline, listPipelines, savePipeline } from '#lib/crm/sandbox/store/pipelines.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';
import { readBody } from './read-body.ts';
import { requireObjectType } from './read-query.ts';
import { pipelineBody } from './schemas.ts';

/** What a stage means: deals have odds, tickets and leads a state. */
function renderMetadata(type: string, { isClosed, probability, state }: Stage) {
  if (type === 'deals') return { isClosed: String(isClosed), probability };
  const name = type === 'tickets' ? 'ticketState' : 'leadState';
  return { ...(type === 'tickets' && { isClosed: String(isClosed) }), [name]: state ?? 'OPEN' };
}

function renderStage(type: string, { createdAt, updatedAt }: Pipeline, stage: Stage) {
  const { id, label, displayOrder } = stage;
  return {
    id,
    label,
    displayOrder,
    createdAt,
    updatedAt,
    archived: false,
    metadata: renderMetadata(type, stage),
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

function renderPipeline(type: string, pipeline: Pipeline) {
  const { id, label, displayOrder, createdAt, updatedAt, stages } = pipeline;
  return {
    id,
    label,
    displayOrder,
    createdAt,
    updatedAt,
    archived: false,
    stages: stages.map(stage => renderStage(type, pipeline, stage)),
  };
}

/** A pipeline as sent, with ids of its own; a stage of probability 0 or 1 is closed, as in HubSpot. */
function createPipeline(store: Store, type: ObjectName, body: z.infer<typeof pipelineBody>): Pipeline {
  if (!(type in PIPELINE_PROPERTIES)) throw invalid(`Pipelines of ${type} cannot be created`);
  const same = listPipelines(store, type).some(({ label }) => label === body.label);
  if (same) throw invalid(`A pipeline with the label '${body.label}' already exists.`);
  return store.transact(() => {
    const at = new Date(store.now()).toISOString();
    const stages = body.stages.map(({ label, displayOrder, metadata }) => {
      const id = String(nextRecordId(store));
      const { probability = '', ticketState, leadState } = metadata;
      const state = ticketState ?? leadState;
      if (type === 'deals' && probability === '') throw invalid(`Stage ${label} needs metadata.probability`);
      const isClosed = type === 'deals' ? [0, 1].includes(Number(probability)) : state === 'CLOSED';
      return { id, label, displayOrder, probability, isClosed, ...(state && { state }) };
    });
    const id = String(nextRecordId(store));
    savePipeline(store, type, { ...body, id, stages, createdAt: at, updatedAt: at });
    return findPipeline(store, type, id) as Pipeline;
  });
}

/** Pipelines and their stages. */
export function pipelineRoutes(store: Store): Hono {
  const routes = new Hono();

  const require = (typeName: string, id: string): { name: ObjectName; pipeline: Pipeline } => {
    const { name } = requireObjectType(typeName);
    const pipeline = findPipeline(store, name, id);
    if (!pipeline) throw notFound(id);
    return { name, pipeline };
  };

  routes.get('/:type', c => {
    const { name } = requireObjectType(c.req.param('type'));
    return c.json({ results: listPipelines(store, name).map(pipeline => renderPipeline(name, pipeline)) });
  });

  routes.post('/:type', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const pipeline = createPipeline(store, name, await readBody(c, pipelineBody));
    return c.json(renderPipeline(name, pipeline), 201);
  });

  routes.get('/:type/:id', c => {
    const { name, pipeline } = require(c.req.param('type'), c.req.param('id'));
    return c.json(renderPipeline(name, pipeline));
  });

  routes.get('/:type/:id/stages', c => {
    const { name, pipeline } = require(c.req.param('type'), c.req.param('id'));
    return c.json({ results: pipeline.stages.map(stage => renderStage(name, pipeline, stage)) });
  });

  routes.get('/:type/:id/stages/:stage', c => {
    const { name, pipeline } = require(c.req.param('type'), c.req.param('id'));
    const stage = pipeline.stages.find(({ id }) => id === c.req.param('stage'));
    if (!stage) throw notFound(c.req.param('stage'));
    return c.json(renderStage(name, pipeline, stage));
  });

  return routes;
}
