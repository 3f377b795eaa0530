import { z } from 'zod';
import { mavenPipeline } from './mapping.ts';
import type { Crm } from './open-crm.ts';

const Pipeline = z.object({
  id: z.string(),
  label: z.string(),
  stages: z.array(z.object({ id: z.string(), label: z.string() })),
});

export interface MadePipeline {
  id: string;
  /** Stage id by label. */
  stages: Map<string, string>;
}

/** The pipeline of the Maven deals: found by its label, or created. */
export async function makePipeline(crm: Crm): Promise<MadePipeline> {
  const path = '/crm/pipelines/2026-09/deals';
  const { results } = await crm.ask(
    'to list its pipelines',
    z.object({ results: z.array(Pipeline) }),
    'GET',
    path,
  );
  const found = results.find(({ label }) => label === mavenPipeline.label);
  const { id, stages } =
    found ?? (await crm.ask('the pipeline', Pipeline, 'POST', path, wire(results.length)));
  return { id, stages: new Map(stages.map(stage => [stage.label, stage.id] as const)) };
}

const wire = (displayOrder: number) => ({
  label: mavenPipeline.label,
  displayOrder,
  stages: mavenPipeline.stages.map(({ label, probability }, order) => ({
    label,
    displayOrder: order,
    metadata: { probability },
  })),
});
