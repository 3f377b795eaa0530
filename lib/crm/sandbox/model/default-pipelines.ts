/** Objects that move through pipelines. */
export type PipedObject = 'deals' | 'tickets' | 'leads';

/**
 * A stage of a pipeline. Deals have a `probability`, a fraction as a decimal string as the wire carries it;
 * tickets and leads have a `state` instead.
 */
export type Stage = {
  id: string;
  label: string;
  displayOrder: number;
  probability: string;
  isClosed: boolean;
  state?: string;
};

export type Pipeline = {
  id: string;
  label: string;
  displayOrder: number;
  stages: Stage[];
  createdAt: string;
  updatedAt: string;
};

/** Names of the properties that hold a record's pipeline and stage. */
export const PIPELINE_PROPERTIES: Record<PipedObject, { pipeline: string; stage: string }> = {
  deals: { pipeline: 'pipeline', stage: 'dealstage' },
  tickets: { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' },
  leads: { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' },
};

type Outline = { id: string; label: string; stages: [id: string, label: string, mark: string][] };

const OUTLINES: Record<PipedObject, Outline> = {
  deals: {
    id: 'default',
    label: 'Sales Pipeline',
    stages: [
      ['appointmentscheduled', 'Appointment scheduled', '0.2'],
      ['qualifiedtobuy', 'Qualified to buy', '0.4'],
      ['presentationscheduled', 'Presentation scheduled', '0.6'],
      ['decisionmakerboughtin', 'Decision maker bought-in', '0.8'],
      ['contractsent', 'Contract sent', '0.9'],
      ['closedwon', 'Closed won', '1.0'],
      ['closedlost', 'Closed lost', '0.0'],
    ],
  },
  tickets: {
    id: '0',
    label: 'Support Pipeline',
    stages: [
      ['1', 'New', 'OPEN'],
      ['2', 'Waiting on contact', 'OPEN'],
      ['3', 'Waiting on us', 'OPEN'],
      ['4', 'Closed', 'CLOSED'],
    ],
  },
  leads: {
    id: 'lead-pipeline-id',
    label: 'Lead pipeline',
    stages: [
      ['new-stage-id', 'New', 'NEW'],
      ['attempting-stage-id', 'Attempting', 'IN_PROGRESS'],
      ['connected-stage-id', 'Connected', 'IN_PROGRESS'],
      ['qualified-stage-id', 'Qualified', 'QUALIFIED'],
      ['unqualified-stage-id', 'Disqualified', 'UNQUALIFIED'],
    ],
  },
};

const CLOSED_STATES = new Set(['CLOSED', 'QUALIFIED', 'UNQUALIFIED']);

/** The pipeline that a fresh account has for an object. */
export function defaultPipeline(object: PipedObject, at: string): Pipeline {
  const { id, label, stages } = OUTLINES[object];
  const own = stages.map(([stageId, stageLabel, mark], displayOrder) => ({
    id: stageId,
    label: stageLabel,
    displayOrder,
    ...(object === 'deals'
      ? { probability: mark, isClosed: stageId.startsWith('closed') }
      : { probability: '', isClosed: CLOSED_STATES.has(mark), state: mark }),
  }));
  return { id, label, displayOrder: 0, stages: own, createdAt: at, updatedAt: at };
}
