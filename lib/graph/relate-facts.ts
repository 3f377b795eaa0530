import type { Fact, Facts } from '#lib/core/fact.ts';
import type { GraphRelation } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type SubjectKey, unique } from '#lib/core/subject.ts';
import type { Instant } from '#lib/core/time.ts';
import type { Place } from './gather-around.ts';
import { acquaintances, knows } from './relate/knows.ts';
import { repliedTo } from './relate/encounters.ts';
import { byStrength, membersOf, relate, usersOf } from './relate/relate.ts';
import type { Scene, SceneTouch } from './relate/scene.ts';
import type { DatedLink } from './store-links.ts';

const MOST_RELATIONS = 200;

/** What relations around a place are derived from. */
export interface AroundPlace {
  known: ReadonlyMap<SubjectKey, Readonly<Record<string, Fact>>>;
  /** Links by the record that names them. */
  links: ReadonlyMap<SubjectKey, readonly DatedLink[]>;
  touches: readonly SceneTouch[];
}

/** How a subject, its account and the people around stand to each other and to us: the strongest 200. */
export function relationsAround(
  { subject, account, deals, people }: Place,
  { known, links, touches }: AroundPlace,
  asOf: Instant,
): GraphRelation[] {
  const members = {
    account: subject.object === 'companies' ? subject : account,
    people: isPerson(subject) ? [subject, ...people] : people,
    deals: subject.object === 'deals' ? [subject, ...deals] : deals,
  };
  const scene: Scene = { asOf, ...members, known, links: [], touches };
  const users = usersOf(scene);
  const present = new Set([...membersOf(members), ...users].map(subjectKey));
  // An account elsewhere, or a team, has no name here.
  const here = [...present].flatMap(key =>
    (links.get(key) ?? []).filter(({ to }) => present.has(subjectKey(to))),
  );
  // Who owns each of the people around says little about the subject.
  const owned = unique([subject, ...(members.account ? [members.account] : []), ...members.deals]);
  return relate({ ...scene, links: here }, users, owned)
    .relations.sort(byStrength)
    .slice(0, MOST_RELATIONS);
}

const fromTouches: ReadonlySet<GraphRelation['kind']> = new Set(['knows', 'replied_to']);

/**
 * Relations of facts that were put back to an earlier time: what a field or a link says since then or before, and of a
 * person what follows from the touches of by then; of others what no later touch has a part in.
 */
export function rewindRelations(
  facts: Omit<Facts, 'relations'>,
  later: readonly GraphRelation[],
): GraphRelation[] {
  const { subject, asOf, touches } = facts;
  const stated = later.filter(
    ({ kind, at, lastAt }) =>
      at <= asOf && (!fromTouches.has(kind) || (!isPerson(subject) && lastAt !== null && lastAt <= asOf)),
  );
  const kept = stated.map(relation =>
    relation.learntAt > asOf ? { ...relation, learntAt: relation.at } : relation,
  );
  if (!isPerson(subject)) return kept;
  const ends = later.flatMap(({ from, to }) => [from, to]);
  const scene: Scene = {
    asOf,
    account: null,
    people: [subject],
    deals: [],
    known: new Map<SubjectKey, Record<string, Fact>>([[subjectKey(subject), facts.fields]]),
    links: [],
    touches: touches.map(touch => ({ touch, about: [subject] })),
  };
  // Users have no facts of their own here: their names are those that they have in the relations.
  const named = new Map(ends.map(node => [node.key, node]));
  const rename = (relation: GraphRelation): GraphRelation => ({
    ...relation,
    from: named.get(relation.from.key) ?? relation.from,
    to: named.get(relation.to.key) ?? relation.to,
  });
  const again = [...knows(scene, acquaintances(scene)), ...repliedTo(scene)].map(rename);
  return [...kept, ...again].sort(byStrength);
}
