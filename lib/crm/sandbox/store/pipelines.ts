import type { Pipeline, Stage } from '#lib/crm/sandbox/model/default-pipelines.ts';
import type { Store } from './open-store.ts';

const known = new WeakMap<Store, Map<string, Pipeline[]>>();

/** The object's pipelines in display order, each with its stages in display order. */
export function listPipelines(store: Store, objectType: string): Pipeline[] {
  const perStore = known.get(store) ?? new Map<string, Pipeline[]>();
  known.set(store, perStore);
  const cached = perStore.get(objectType);
  if (cached) return cached;
  const rows = store.all('SELECT definition FROM pipeline WHERE object_type = ?', objectType);
  const all = rows
    .map(row => JSON.parse(String(row['definition'])) as Pipeline)
    .sort((a, b) => a.displayOrder - b.displayOrder);
  perStore.set(objectType, all);
  return all;
}

/** Forgets an object's pipelines. */
export function removePipelines(store: Store, objectType: string): void {
  store.run('DELETE FROM pipeline WHERE object_type = ?', objectType);
  known.delete(store);
}

export function findPipeline(store: Store, objectType: string, id: string): Pipeline | undefined {
  return listPipelines(store, objectType).find(pipeline => pipeline.id === id);
}

/** The pipeline of that object that has this stage, with the stage. */
export function findStage(
  store: Store,
  objectType: string,
  stageId: string,
): { pipeline: Pipeline; stage: Stage } | undefined {
  for (const pipeline of listPipelines(store, objectType)) {
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
  known.delete(store);
}
