import type { Pipeline, Stage } from '#lib/crm/sandbox/model/default-pipelines.ts';
import type { Store } from './open-store.ts';

/** The object's pipelines in display order, each with its stages in display order. */
export function listPipelines(store: Store, objectType: string): Pipeline[] {
  const rows = store.all('SELECT definition FROM pipeline WHERE object_type = ?', objectType);
  return rows
    .map(row => JSON.parse(String(row['definition'])) as Pipeline)
    .sort((a, b) => a.displayOrder - b.displayOrder);
}

export function findPipeline(store: Store, objectType: string, id: string): Pipeline | undefined {
  return listPipelines(store, objectType).find(pipeline => pipeline.id === id);
}

/** The pipeline that has this stage, with the stage. */
export function findStage(store: Store, stageId: string): { pipeline: Pipeline; stage: Stage } | undefined {
  for (const pipeline of listPipelines(store, 'deals')) {
    const stage = pipeline.stages.find(({ id }) => id === stageId);
    if (stage) return { pipeline, stage };
  }
  return undefined;
}

/** Creates or replaces a pipeline. */
export function savePipeline(store: Store, objectType: string, pipeline: Pipeline): void {
  const stages = pipeline.stages.toSorted((a, b) => a.displayOrder - b.displayOrder);
  const definition = JSON.stringify({ ...pipeline, stages });
  store.run('INSERT OR REPLACE INTO pipeline VALUES (?, ?, ?)', objectType, pipeline.id, definition);
}
