import type { Evidence } from '#lib/core/evidence.ts';
import type { Fact, Touch } from '#lib/core/fact.ts';
import { recordPath } from '#lib/core/record-url.ts';
import type { GraphNode, GraphRelation, NodeKind } from '#lib/core/relation.ts';
import { subjectKey, type CrmObject, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { DAY_MS, type Instant } from '#lib/core/time.ts';
import { nameOf } from '../name-of.ts';
import type { DatedLink } from '../store-links.ts';

/** A touch with the people, opportunities and accounts of the scene that it stands on. */
export interface SceneTouch {
  touch: Touch;
  about: readonly Subject[];
}

/**
 * What was known around an account (or around people and deals without one) at a time, read once. Relations are derived
 * from it when they are asked for, and stored nowhere: what holds as of a time then follows from the records as of that
 * time, so that nothing learnt later can show, no rule can leave old results behind, and reading records costs no more
 * than it did. That is quick enough because all of it is bounded: see lib/graph/read-scene.ts.
 */
export interface Scene {
  asOf: Instant;
  account: Subject | null;
  people: readonly Subject[];
  deals: readonly Subject[];
  /** The newest known values of all these, and of the users among them. */
  known: ReadonlyMap<SubjectKey, Readonly<Record<string, Fact>>>;
  /** Links that these records name, both ends among them, and those of our users to teams and to each other. */
  links: readonly DatedLink[];
  /** Newest first; what is planned for later is among them. */
  touches: readonly SceneTouch[];
}

const kinds: Partial<Record<CrmObject, NodeKind>> = {
  contacts: 'person',
  leads: 'lead',
  companies: 'account',
  deals: 'opportunity',
  owners: 'user',
  teams: 'team',
  products: 'product',
  campaigns: 'campaign',
  meetings: 'meeting',
};

/** What a record is in the graph; null: nothing. */
export const kindOf = (subject: Subject): NodeKind | null => kinds[subject.object] ?? null;

const nodes = new WeakMap<Scene['known'], Map<SubjectKey, GraphNode>>();

/** The record as a node, by the name that it had then. */
export function nodeOf({ known }: Pick<Scene, 'known'>, subject: Subject): GraphNode {
  const key = subjectKey(subject);
  const made = nodes.get(known) ?? new Map<SubjectKey, GraphNode>();
  nodes.set(known, made);
  const there = made.get(key);
  if (there) return there;
  const facts = known.get(key) ?? {};
  const fields = Object.fromEntries(nameFields.map(name => [name, facts[name]?.value ?? null]));
  const name = nameOf(subject, { ...fields, name: fields['name'] ?? fields['hs_name'] ?? null });
  const kind = kindOf(subject);
  if (kind === null) throw new Error(`${subject.object} are no nodes of the graph`);
  const node = { key, kind, name, subject };
  made.set(key, node);
  return node;
}

/** What records are called by. */
export const nameFields = [
  'name',
  'dealname',
  'hs_lead_name',
  'label',
  'domain',
  'firstname',
  'lastname',
  'email',
  'hs_name',
];

/** A node that no record stands for. */
export const nodeWithout = (kind: NodeKind, family: string, name: string): GraphNode => ({
  key: `${family}:${slugOf(name)}`,
  kind,
  name,
  subject: null,
});

export const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

export const valueIn = (scene: Pick<Scene, 'known'>, subject: Subject, field: string): string | null =>
  scene.known.get(subjectKey(subject))?.[field]?.value?.trim() || null;

/** Evidence for a link: the record that names the other. */
export const evidenceOfLink = ({ from, kind, version, at }: DatedLink): Evidence => ({
  crm: from.crm,
  object: from.object,
  id: from.id,
  version,
  at,
  snippet: kind === 'plain' ? '' : kind.slice(0, 300).toWellFormed(),
  url: recordPath(from),
});

/** A relation that a link of the CRM says. */
export const relationOfLink = (
  scene: Scene,
  link: DatedLink,
  kind: GraphRelation['kind'],
  why: string,
  strength: number | null = null,
): GraphRelation => ({
  from: nodeOf(scene, link.from),
  kind,
  to: nodeOf(scene, link.to),
  at: link.at,
  learntAt: link.learntAt,
  lastAt: null,
  strength,
  why,
  evidence: [evidenceOfLink(link)],
});

/** The user of ours who had a touch; null: the CRM does not say. */
export const userOf = ({ ref, ownerId }: Touch): Subject | null =>
  ownerId === null ? null : { crm: ref.crm, object: 'owners', id: ownerId };

/** What took place by then: no plans, and no meeting that was called off or to which nobody came. */
export const tookPlace = ({ at, channel, status }: Touch, asOf: Instant): boolean =>
  at <= asOf && channel !== 'task' && !/CANCEL|NO_SHOW|RESCHEDULED|DRAFT|BOUNCED|FAILED/.test(status);

/** What a contact still counts for after some time: half of it with every half-life. */
export const decayed = (at: Instant, asOf: Instant, halfLifeDays: number): number =>
  2 ** (-Math.max(0, Date.parse(asOf) - Date.parse(at)) / (halfLifeDays * DAY_MS));

export const isAmong = (subjects: readonly Subject[]): ((one: Subject) => boolean) => {
  const keys = new Set(subjects.map(subjectKey));
  return one => keys.has(subjectKey(one));
};

/** "1 e-mail", "3 meetings". */
export const counted = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

export const rounded = (n: number): number => Math.round(n * 1000) / 1000;
