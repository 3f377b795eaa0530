import type { Fact, Facts, Touch } from '#lib/core/fact.ts';
import type { Proposal } from '#lib/core/proposal.ts';

const at = '2027-03-09T10:00:00.000Z';

const fact = (name: string, value: string): Fact => ({
  name,
  value,
  at,
  learntAt: at,
  source: { crm: 'hubspot', object: 'contacts', id: '701', field: name, version: '1' },
});

export const touch = (body: string, more: Partial<Touch> = {}): Touch => ({
  ref: { crm: 'hubspot', object: 'emails', id: '91' },
  version: '1',
  channel: 'email',
  direction: 'in',
  at,
  learntAt: at,
  title: 'Re: Route planner',
  body,
  status: '',
  ownerId: null,
  threadId: null,
  ourChange: null,
  ...more,
});

/** A small record for tests: Maria of Northwind Foods, and what was written. */
export const factsWith = (touches: Touch[], fields: Record<string, string> = {}): Facts => ({
  subject: { crm: 'hubspot', object: 'contacts', id: '701' },
  asOf: '2027-03-10T10:00:00.000Z',
  createdAt: at,
  fields: Object.fromEntries(
    Object.entries({
      firstname: 'Maria',
      lastname: 'Lopez',
      email: 'maria@northwind.example',
      company: 'Northwind Foods',
      ...fields,
    }).map(([name, value]) => [name, fact(name, value)]),
  ),
  history: [],
  account: null,
  deals: [],
  people: [],
  touches,
  interactions: [],
  relations: [],
  flags: [],
  owner: { id: '11', name: 'Tom Baker', email: 'tom@sidecard.example' },
});

export const proposalWith = (body: string, subject = 'Your message of 9 March'): Proposal => ({
  outcome: 'propose',
  agent: 'follow-up',
  task: 'follow-up',
  subject: { crm: 'hubspot', object: 'contacts', id: '701' },
  changes: [
    {
      id: 'chg_1',
      subject: { crm: 'hubspot', object: 'contacts', id: '701' },
      kind: 'task',
      channel: 'email',
      title: 'Follow up with Maria Lopez: answer the question',
      body: 'Maria wrote on 9 March.',
      draft: { subject, body },
      dueAt: '2027-03-10T10:00:00.000Z',
      ownerId: '11',
    },
  ],
  claims: [],
  why: [{ text: 'Maria wrote on 9 March.', evidence: [] }],
  confidence: 0.7,
  sendAt: '2027-03-10T10:00:00.000Z',
  timezone: null,
  expiresAt: '2027-03-17T10:00:00.000Z',
  writtenBy: 'language model',
});

export const draftOf = (suggestion: { outcome: string }): { subject: string; body: string } => {
  const change = (suggestion as Proposal).changes?.[0];
  if (change?.kind !== 'task' || !change.draft) throw new Error('there is no draft');
  return change.draft;
};
