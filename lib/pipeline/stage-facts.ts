import { z } from 'zod';
import type { Subject } from '#lib/core/subject.ts';

/** A stage of a pipeline as the CRM defines it. */
export interface StageFacts {
  crm: string;
  pipelineId: string;
  stageId: string;
  pipelineName: string;
  name: string;
  position: number;
  /** The CRM's win probability, in basis points. */
  probabilityBp: number;
  closed: boolean;
  won: boolean;
}

const Stages = z.array(
  z.object({
    id: z.string(),
    label: z.string(),
    displayOrder: z.number(),
    probability: z.number().min(0).max(1).nullable(),
    isClosed: z.boolean(),
  }),
);

/**
 * The stages in a pipeline's record, which stand as JSON in its field `stages`. A closed stage is won when its
 * probability is 1. A stage without probability counts with 0. Throws ZodError when the field is not that JSON.
 */
export function stageFactsFrom(pipeline: {
  ref: Subject;
  fields: Record<string, string | null>;
}): StageFacts[] {
  const { ref, fields } = pipeline;
  return Stages.parse(JSON.parse(fields['stages'] ?? '[]')).map(stage => ({
    crm: ref.crm,
    pipelineId: ref.id,
    stageId: stage.id,
    pipelineName: fields['label'] ?? ref.id,
    name: stage.label,
    position: stage.displayOrder,
    probabilityBp: Math.round((stage.probability ?? 0) * 10_000),
    closed: stage.isClosed,
    won: stage.isClosed && stage.probability === 1,
  }));
}
