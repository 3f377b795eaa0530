import type { Evidence } from '#lib/core/evidence.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { AccountGraph, Contradiction, GraphChange, NodeDetail } from '#lib/graph/read.ts';
import type { DealLine } from '#lib/pipeline/read.ts';
import type { AccountGraphView, MapChange, MapNode } from './account-graph-types.ts';
import type { Sight } from './sight.ts';

const MOST_CHANGES = 12;

/** All records, and all evidence, that a map could show: what policy is asked about. */
export const placesIn = (
  nodes: readonly NodeDetail[],
  relations: readonly GraphRelation[],
  disagreeing: readonly Contradiction[],
  changes: readonly GraphChange[],
): [(Subject | null)[], Evidence[]] => [
  [
    ...nodes.map(node => node.subject),
    ...disagreeing.map(({ about }) => about.subject),
    ...changes.map(({ node }) => node.subject),
  ],
  [
    ...nodes.flatMap(({ roles }) => roles.flatMap(({ evidence }) => evidence)),
    ...relations.flatMap(({ evidence }) => evidence),
    ...disagreeing.flatMap(({ said, field }) => [said, field]),
    ...changes.flatMap(({ evidence }) => evidence ?? []),
  ],
];

/** Between what is seen, with the evidence that may be. */
export function relationsSeen(
  { account, relations }: AccountGraph,
  seen: readonly NodeDetail[],
  sight: Sight,
): AccountGraphView['relations'] {
  const keys = new Set([account.key, ...seen.map(({ key }) => key)]);
  return relations
    .filter(({ from, to }) => keys.has(from.key) && keys.has(to.key))
    .map(relation => ({
      ...relation,
      from: relation.from.key,
      to: relation.to.key,
      evidence: relation.evidence.filter(sight.evidence),
    }));
}

const mapKinds: Partial<Record<NodeDetail['kind'], MapNode['kind']>> = {
  user: 'user',
  person: 'person',
  lead: 'person',
  opportunity: 'deal',
};

/** Null: it stands in panels alone, not on the map. */
export function mapNode(
  { key, kind, name, title, roles, lastTouchAt, subject }: NodeDetail,
  deal: DealLine | null,
  sight: Sight,
): MapNode | null {
  const mapKind = mapKinds[kind];
  if (!mapKind) return null;
  return {
    key,
    kind: mapKind,
    name,
    // The graph knows a stage by the CRM's id.
    title: mapKind === 'deal' ? (deal?.stage ?? null) : title,
    closed: deal !== null && deal.state !== 'open',
    money: deal && deal.amount !== null ? { amount: deal.amount, currency: deal.currency } : null,
    roles: roles.map(role => ({ ...role, evidence: role.evidence.filter(sight.evidence) })),
    lastAt: lastTouchAt,
    subject: mapKind === 'user' ? null : subject,
  };
}

export const peopleIn = (nodes: readonly NodeDetail[]): Subject[] =>
  nodes.flatMap(({ kind, subject }) => (mapKinds[kind] === 'person' && subject ? [subject] : []));

export function hiddenAmong(hidden: readonly NodeDetail[]): AccountGraphView['hidden'] {
  const count = (of: MapNode['kind']) => hidden.filter(({ kind }) => mapKinds[kind] === of).length;
  return { people: count('person'), deals: count('deal') };
}

/** Whether words name somebody, or a deal, of whom this person may not know. */
const namesAny = (hidden: readonly NodeDetail[], text: string): boolean =>
  hidden.some(({ name }) => name !== '' && text.includes(name));

export const contradictionsSeen = (
  disagreeing: readonly Contradiction[],
  sight: Sight,
  hidden: readonly NodeDetail[],
): AccountGraphView['contradictions'] =>
  disagreeing
    .filter(
      ({ about, text, said, field }) =>
        sight.record(about.subject) && [said, field].every(sight.evidence) && !namesAny(hidden, text),
    )
    .map(({ about: { key, name }, text, said, field }) => ({ about: { key, name }, text, said, field }));

/** What was learnt, and also became so, after that time: a first reading learns of what happened long ago too. */
export function changesSeen(
  changes: readonly GraphChange[],
  since: Instant,
  sight: Sight,
  hidden: readonly NodeDetail[],
): Pick<AccountGraphView['changes'], 'entries' | 'more'> {
  const seen = changes.filter(
    ({ node, at, text, evidence }) =>
      at > since &&
      sight.record(node.subject) &&
      (evidence === null || sight.evidence(evidence)) &&
      !namesAny(hidden, text),
  );
  // What is new is linked to what it belongs to; that it is new says so.
  const appeared = new Set(seen.filter(({ kind }) => kind === 'appeared').map(({ node }) => node.key));
  const told = seen
    .filter(({ kind, node }) => kind !== 'relation-began' || !appeared.has(node.key))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  const entries = told.slice(0, MOST_CHANGES).map(({ at, node, text, evidence }): MapChange => ({
    at,
    about: node.name,
    text,
    evidence,
  }));
  return { entries, more: told.length - entries.length };
}
