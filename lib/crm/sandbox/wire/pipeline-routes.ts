import { Hono } from 'hono';
import type { z } from 'zod';
import type { Pipeline, Stage } from '#lib/crm/sandbox/model/default-pipelines.ts';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findPipeline, listPipelines, savePipeline } from '#lib/crm/sandbox/store/pipelines.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';
import { readBody } from './read-body.ts';
import { requireObjectType } from './read-query.ts';
import { pipelineBody } from './schemas.ts';

function renderStage(
  { createdAt, updatedAt }: Pipeline,
  { id, label, displayOrder, probability, isClosed }: Stage,
) {
  return {
    id,
    label,
    displayOrder,
    createdAt,
    updatedAt,
    archived: false,
    metadata: {
      isClosed: String(isClosed),
      probability,
    },
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

function renderPipeline(pipeline: Pipeline) {
  const { id, label, displayOrder, createdAt, updatedAt, stages } = pipeline;
  return {
    id,
    label,
    displayOrder,
    createdAt,
    updatedAt,
    archived: false,
    stages: stages.map(stage => renderStage(pipeline, stage)),
  };
}

/** A pipeline as sent, with ids of its own; a stage of probability 0 or 1 is closed, as in HubSpot. */
function createPipeline(store: Store, type: string, body: z.infer<typeof pipelineBody>): Pipeline {
  if (type !== 'deals') throw invalid(`Pipelines of ${type} cannot be created`);
  const same = listPipelines(store, type).some(({ label }) => label === body.label);
  if (same) throw invalid(`A pipeline with the label '${body.label}' already exists.`);
  return store.transact(() => {
    const at = new Date(store.now()).toISOString();
    const stages = body.stages.map(({ label, displayOrder, metadata: { probability } }) => {
      const isClosed = [0, 1].includes(Number(probability));
      return { id: String(nextRecordId(store)), label, displayOrder, probability, isClosed };
    });
    const id = String(nextRecordId(store));
    savePipeline(store, type, { ...body, id, stages, createdAt: at, updatedAt: at });
    return findPipeline(store, type, id) as Pipeline;
  });
}

/** Pipelines and their stages. */
export function pipelineRoutes(store: Store): Hono {
  const routes = new Hono();

  const require = (typeName: string, id: string): Pipeline => {
    const pipeline = findPipeline(store, requireObjectType(typeName).name, id);
    if (!pipeline) throw notFound(id);
    return pipeline;
  };

  routes.get('/:type', c => {
    const { name } = requireObjectType(c.req.param('type'));
    return c.json({ results: listPipelines(store, name).map(renderPipeline) });
  });

  routes.post('/:type', async c => {
    const { name } = requireObjectType(c.req.param('type'));
    const pipeline = createPipeline(store, name, await readBody(c, pipelineBody));
    return c.json(renderPipeline(pipeline), 201);
  });

  routes.get('/:type/:id', c => c.json(renderPipeline(require(c.req.param('type'), c.req.param('id')))));

  routes.get('/:type/:id/stages', c => {
    const pipeline = require(c.req.param('type'), c.req.param('id'));
    return c.json({ results: pipeline.stages.map(stage => renderStage(pipeline, stage)) });
  });

  routes.get('/:type/:id/stages/:stage', c => {
    const pipeline = require(c.req.param('type'), c.req.param('id'));
    const stage = pipeline.stages.find(({ id }) => id === c.req.param('stage'));
    if (!stage) throw notFound(c.req.param('stage'));
    return c.json(renderStage(pipeline, stage));
  });

  return routes;
}
