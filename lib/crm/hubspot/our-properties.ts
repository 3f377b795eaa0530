/** Properties that Sidecard keeps in HubSpot, in a group of their own on each object. */
export const changeKey = 'sidecard_change_id';
export const decisionKey = 'sidecard_decision_id';

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

export const ourProperties = { tasks: keys, notes: keys, contacts: score } as const;
