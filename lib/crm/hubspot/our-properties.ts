/** Properties that Sidecard keeps in HubSpot, in a group of their own on each object. */
export const changeKey = 'sidecard_change_id';
export const decisionKey = 'sidecard_decision_id';
export const agentKey = 'sidecard_agent';
export const approverKey = 'sidecard_approved_by';
export const lastChangeKey = 'sidecard_last_change';

export const ourGroup = { name: 'sidecard', label: 'Sidecard' };

export interface OurProperty {
  name: string;
  label: string;
  type: 'string' | 'number' | 'enumeration' | 'datetime';
  fieldType: 'text' | 'number' | 'select' | 'date';
  description: string;
  hasUniqueValue?: true;
  options?: { label: string; value: string; displayOrder: number }[];
}

const keys: OurProperty[] = [
  {
    name: changeKey,
    label: 'Sidecard change',
    type: 'string',
    fieldType: 'text',
    description:
      'The change that created this record. Unique, so that a repeated request cannot create it twice.',
    hasUniqueValue: true,
  },
  {
    name: decisionKey,
    label: 'Sidecard decision',
    type: 'string',
    fieldType: 'text',
    description: 'The decision behind this record. Open it in Sidecard to see why it was made.',
  },
  {
    name: agentKey,
    label: 'Sidecard agent',
    type: 'string',
    fieldType: 'text',
    description: 'The agent that suggested this record.',
  },
  {
    name: approverKey,
    label: 'Sidecard approved by',
    type: 'string',
    fieldType: 'text',
    description: 'Who approved this record; empty where a policy allowed it.',
  },
];

const stamp: OurProperty[] = [
  {
    name: lastChangeKey,
    label: 'Sidecard last change',
    type: 'string',
    fieldType: 'text',
    description:
      'The last change that Sidecard made to this record: its decision, agent and approver. The history of this property lists them all.',
  },
];

const score: OurProperty[] = [
  {
    name: 'sidecard_score',
    label: 'Sidecard score',
    type: 'number',
    fieldType: 'number',
    description: 'Lead score from 0 to 100: the probability of a conversion in percent.',
  },
  {
    name: 'sidecard_score_band',
    label: 'Sidecard band',
    type: 'enumeration',
    fieldType: 'select',
    description: 'Where the score stands among leads.',
    options: ['Hot', 'Warm', 'Cold'].map((label, displayOrder) => ({
      label,
      value: label.toLowerCase(),
      displayOrder,
    })),
  },
  {
    name: 'sidecard_scored_at',
    label: 'Sidecard scored at',
    type: 'datetime',
    fieldType: 'date',
    description: 'When the score was worked out.',
  },
];

export const ourProperties = {
  tasks: keys,
  notes: keys,
  contacts: [...score, ...stamp],
  companies: stamp,
  deals: stamp,
  leads: stamp,
} as const;

/** Objects that an account may be without. */
export const optionalObjects: ReadonlySet<string> = new Set(['leads']);
