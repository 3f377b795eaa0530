/** A stage of a pipeline; `probability` is a fraction as a decimal string, as the wire carries it. */
export type Stage = {
  id: string;
  label: string;
  displayOrder: number;
  probability: string;
  isClosed: boolean;
};

export type Pipeline = {
  id: string;
  label: string;
  displayOrder: number;
  stages: Stage[];
  createdAt: string;
  updatedAt: string;
};

const STAGES: [id: string, label: string, probability: string][] = [
  ['appointmentscheduled', 'Appointment scheduled', '0.2'],
  ['qualifiedtobuy', 'Qualified to buy', '0.4'],
  ['presentationscheduled', 'Presentation scheduled', '0.6'],
  ['decisionmakerboughtin', 'Decision maker bought-in', '0.8'],
  ['contractsent', 'Contract sent', '0.9'],
  ['closedwon', 'Closed won', '1.0'],
  ['closedlost', 'Closed lost', '0.0'],
];

/** The sales pipeline a fresh account starts with. */
export function defaultPipeline(at: string): Pipeline {
  const stages = STAGES.map(([id, label, probability], displayOrder) => ({
    id,
    label,
    displayOrder,
    probability,
    isClosed: id.startsWith('closed'),
  }));
  return { id: 'default', label: 'Sales Pipeline', displayOrder: 0, stages, createdAt: at, updatedAt: at };
}
