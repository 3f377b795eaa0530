/** Hand-made facts for the tests of this folder: as of Friday 2026-11-20, noon UTC. */
import type { Fact, Facts, Interaction, Known, QualityFlag, Touch } from '#lib/core/fact.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { DAY_MS, type Instant, toInstant } from '#lib/core/time.ts';

export const asOf = '2026-11-20T12:00:00.000Z';
export const subject = { crm: 'hubspot', object: 'contacts', id: '7' } as const;

/** Days before (or, negative, after) `asOf`. */
export const daysAgo = (days: number): Instant => toInstant(Date.parse(asOf) - days * DAY_MS);

export function fact(name: string, value: string | null, days = 30, learnt = days): Fact {
  const source = { crm: 'hubspot', object: 'contacts', id: '7', field: name, version: `v${days}` } as const;
  return { name, value, at: daysAgo(days), learntAt: daysAgo(learnt), source };
}

export const fieldsOf = (...facts: Fact[]): Record<string, Fact> =>
  Object.fromEntries(facts.map(one => [one.name, one]));

export const known = (object: 'companies' | 'deals' | 'contacts', id: string, ...facts: Fact[]): Known => ({
  subject: { crm: 'hubspot', object, id },
  fields: fieldsOf(...facts),
});

let next = 0;
export function touch(
  channel: Touch['channel'],
  direction: Touch['direction'],
  days: number,
  more: Partial<Touch> = {},
): Touch {
  const id = String(++next);
  const object = `${channel}s` as 'emails';
  return {
    ref: { crm: 'hubspot', object, id },
    version: '1',
    channel,
    direction,
    at: daysAgo(days),
    learntAt: daysAgo(Math.max(days, 0)),
    title: 'About the fleet',
    body: `Words of ${id}`,
    status: '',
    ownerId: '11',
    threadId: null,
    ourChange: null,
    ...more,
  };
}

export function event(
  source: Interaction['source'],
  type: string,
  days: number,
  properties: Interaction['properties'] = {},
): Interaction {
  const at = daysAgo(days);
  return { id: `e${++next}`, subject, source, type, at, learntAt: at, properties };
}

export const node = (kind: GraphNode['kind'], id: string, name = id): GraphNode => ({
  key: kind === 'person' ? `hubspot:contacts:${id}` : `hubspot:owners:${id}`,
  kind,
  name,
  subject: null,
});

export const relation = (
  from: GraphNode,
  kind: GraphRelation['kind'],
  to: GraphNode,
  more: Partial<GraphRelation> = {},
): GraphRelation => ({
  from,
  kind,
  to,
  at: daysAgo(60),
  learntAt: daysAgo(60),
  lastAt: daysAgo(3),
  strength: 0.5,
  why: '4 e-mails',
  evidence: [],
  ...more,
});

export const flag = (rule: string, text: string, days = 10): QualityFlag => ({
  rule,
  text,
  source: { crm: 'hubspot', object: 'contacts', id: '7', field: 'closedate', version: '1' },
  learntAt: daysAgo(days),
});

export const nothing: Facts = {
  subject,
  asOf,
  createdAt: daysAgo(30),
  fields: {},
  history: [],
  account: null,
  deals: [],
  people: [],
  touches: [],
  interactions: [],
  relations: [],
  flags: [],
  owner: null,
};
