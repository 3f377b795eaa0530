import type { SeedPipeline } from '#lib/crm/sandbox/seed.ts';

const stage = (id: string, label: string, displayOrder: number, probability: string, isClosed = false) => ({
  id,
  label,
  displayOrder,
  probability,
  isClosed,
});

export const STAGES = [
  'discovery',
  'yard_visit',
  'pilot',
  'proposal',
  'procurement',
  'contract_out',
] as const;

export const PIPELINES: SeedPipeline[] = [
  {
    id: 'default',
    label: 'Fleet sales',
    displayOrder: 0,
    objectType: 'deals',
    stages: [
      stage('discovery', 'Discovery', 0, '0.1'),
      stage('yard_visit', 'Yard visit', 1, '0.2'),
      stage('pilot', 'Pilot at one site', 2, '0.4'),
      stage('proposal', 'Proposal sent', 3, '0.55'),
      stage('procurement', 'Procurement', 4, '0.75'),
      stage('contract_out', 'Contract out', 5, '0.9'),
      stage('closedwon', 'Closed won', 6, '1.0', true),
      stage('closedlost', 'Closed lost', 7, '0.0', true),
    ],
  },
];
