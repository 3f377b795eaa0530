import type { Suggestion, View } from '../src/app/cards/view.ts';

const evidence = [
  { snippet: 'How much would it be for 40 vans?', at: '2026-11-02T09:00:00.000Z', url: '/contacts/7' },
];

export const suggestionIn = (over: Partial<Suggestion> = {}): Suggestion => ({
  decisionId: 'dec_1',
  kind: 'propose',
  status: 'open',
  statusReason: null,
  changesHash: 'hash-1',
  channel: 'email',
  sendAt: '2026-11-03T09:00:00.000Z',
  draft: { subject: 'Your 40 vans', body: 'Dear Ada, …' },
  changes: [{ kind: 'task', title: 'Answer Ada about 40 vans' }],
  why: [{ text: 'Ada asked for a price', evidence }],
  reason: null,
  writtenBy: 'rules',
  can: { answer: true, why: '' },
  ...over,
});

export const viewWith = (over: Partial<View> = {}): View => ({
  name: 'Ada Lindqvist',
  score: {
    value: 82,
    low: 0.74,
    high: 0.88,
    band: 'hot',
    confidence: 0.9,
    scoredAt: '2026-11-02T09:00:00.000Z',
    reasons: {
      up: [
        { text: 'Asked for a price', points: 21.4, evidence },
        { text: 'Decides this month', points: 9, evidence: [] },
        { text: 'Fleet manager', points: 2, evidence: [] },
      ],
      down: [{ text: 'No call yet', points: -5, evidence: [] }],
    },
  },
  suggestion: suggestionIn(),
  states: [],
  ...over,
});
