import type { Fact, Facts, Known, Touch } from '#lib/core/fact.ts';
import type { Memory } from '#lib/core/memory.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import type { CrmObject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import { defaultArtifacts, type AgentInput } from '#lib/agents/agents.ts';

/** A Wednesday, ten in the morning in London. */
export const now = new Date('2027-03-10T10:00:00.000Z');

export const daysAgo = (days: number): string => toInstant(now.getTime() - days * DAY_MS);

/** What a colleague confirmed about Maria two days ago. */
export const taughtMemory: Memory = {
  id: 'mem_1',
  version: 1,
  state: 'confirmed',
  scope: 'account',
  subject: { crm: 'hubspot', object: 'contacts', id: '701' },
  holder: null,
  kind: 'preference',
  text: '',
  author: 'tom',
  authorName: 'Tom Baker',
  source: { kind: 'typed' },
  confidence: 1,
  at: daysAgo(2),
  expiresAt: null,
};

export type TouchLike = Partial<Omit<Touch, 'ref' | 'at'>> & { days: number; channel: Touch['channel'] };

export type FactsLike = {
  object?: CrmObject;
  id?: string;
  fields?: Record<string, string>;
  account?: Record<string, string>;
  person?: Record<string, string>;
  touches?: TouchLike[];
  owner?: { id: string; name: string; email: string } | null;
  created?: number;
};

const fieldsOf = (
  object: CrmObject,
  id: string,
  values: Record<string, string>,
  at: string,
): Record<string, Fact> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { name, value, at, learntAt: at, source: { crm: 'hubspot', object, id, field: name, version: '1' } },
    ]),
  );

const known = (object: CrmObject, id: string, values: Record<string, string>, at: string): Known => ({
  subject: { crm: 'hubspot', object, id },
  fields: fieldsOf(object, id, values, at),
});

export const maria = {
  firstname: 'Maria',
  lastname: 'Lopez',
  email: 'maria.lopez@northwind.example',
  phone: '+44 20 7946 0018',
  jobtitle: 'Head of Operations',
  country: 'United Kingdom',
};

export function buildFacts(like: FactsLike): Facts {
  const { object = 'contacts', id = '701' } = like;
  const at = daysAgo(like.created ?? 60);
  const touches = (like.touches ?? []).map(({ days, ...touch }, index): Touch => {
    const objects = {
      email: 'emails',
      call: 'calls',
      meeting: 'meetings',
      note: 'notes',
      task: 'tasks',
    } as const;
    return {
      ref: { crm: 'hubspot', object: objects[touch.channel], id: String(9000 + index) },
      version: '1',
      direction: 'none',
      at: daysAgo(days),
      learntAt: daysAgo(Math.max(0, days)),
      title: '',
      body: '',
      status: '',
      ownerId: '11',
      threadId: null,
      ourChange: null,
      ...touch,
    };
  });
  return {
    subject: { crm: 'hubspot', object, id },
    asOf: toInstant(now),
    createdAt: at,
    fields: fieldsOf(object, id, like.fields ?? (object === 'deals' ? {} : maria), at),
    history: [],
    account: like.account === undefined ? null : known('companies', '31', like.account, at),
    deals: [],
    people: like.person ? [known('contacts', '702', like.person, at)] : [],
    touches: touches.sort((a, b) => b.at.localeCompare(a.at)),
    interactions: [],
    relations: [],
    flags: [],
    owner:
      like.owner === undefined ? { id: '11', name: 'Tom Baker', email: 'tom@sidecard.example' } : like.owner,
  };
}

export function buildInput(facts: Facts, more: Partial<AgentInput> = {}): AgentInput {
  let count = 0;
  return {
    task: 'follow-up',
    mode: 'hybrid',
    facts,
    features: { schema: 's', asOf: facts.asOf, features: {} },
    score: null,
    memories: [],
    settings: defaultSettings,
    prompt: { hash: 'prompt-hash', body: defaultArtifacts.prompt.body },
    cadence: { hash: 'cadence-hash', body: defaultArtifacts.cadence.body },
    model: null,
    now,
    newId: prefix => `${prefix}_${(count += 1)}`,
    ...more,
  };
}
