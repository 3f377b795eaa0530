import { Hono } from 'hono';
import type { Pipeline, Stage } from '#lib/crm/sandbox/model/default-pipelines.ts';
import { notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findPipeline, listPipelines } from '#lib/crm/sandbox/store/pipelines.ts';
import { requireObjectType } from './read-query.ts';

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

/** Pipelines and their stages, to read. */
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
