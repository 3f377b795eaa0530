import { compare } from '#lib/core/compare.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import type { Acquaintance } from '../graph-shapes.ts';
import { competes, competitorsIn } from './competes.ts';
import { attended, repliedTo } from './encounters.ts';
import { acquaintances, knows } from './knows.ts';
import { memberOf, reportsTo } from './organisation.ts';
import { decidesOrInfluences, rolesIn, type RoleOf } from './roles.ts';
import { saidIn } from './said.ts';
import type { Scene } from './scene.ts';
import { similarTo } from './similar.ts';
import { involvedIn, owns, worksAt } from './stated.ts';

/** Everything that follows from a scene. */
export interface Related {
  relations: GraphRelation[];
  acquaintances: Acquaintance[];
  roles: RoleOf[];
}

/** Who stands how to whom: what decisions are made from. `owned`: of which records the owner matters. */
export function relate(scene: Scene, users: readonly Subject[], owned = membersOf(scene)): Related {
  const roles = rolesIn(scene);
  const known = acquaintances(scene);
  const relations = [
    ...worksAt(scene),
    ...involvedIn(scene),
    ...owns(scene, owned),
    ...memberOf(scene, users),
    ...reportsTo(scene),
    ...decidesOrInfluences(scene, roles),
    ...knows(scene, known),
    ...repliedTo(scene),
  ];
  return { relations, acquaintances: known, roles };
}

/** The records of a scene. */
export const membersOf = ({
  account,
  people,
  deals,
}: Omit<Scene, 'known' | 'links' | 'touches' | 'asOf'>): Subject[] => [
  ...(account ? [account] : []),
  ...people,
  ...deals,
];

/** Meetings, what was talked about, competitors and accounts alike: what people look at beside it. */
export function relateFurther(
  scene: Scene,
  { products, candidates }: { products: readonly GraphNode[]; candidates: readonly Subject[] },
): GraphRelation[] {
  const competing = competes(scene);
  return [
    ...attended(scene),
    ...competing,
    ...saidIn(scene, competitorsIn(competing), products),
    ...(scene.account ? similarTo(scene, scene.account, candidates) : []),
  ];
}

/** The strongest first; of those without a strength the newest, then by what they say, so that the order is always one. */
export const byStrength = (a: GraphRelation, b: GraphRelation): number =>
  (b.strength ?? 0.5) - (a.strength ?? 0.5) ||
  compare(b.lastAt ?? b.at, a.lastAt ?? a.at) ||
  compare(a.kind, b.kind) ||
  compare(a.from.key, b.from.key) ||
  compare(a.to.key, b.to.key);

/** The users who have to do with a scene: owners, and whose touches they are. */
export function usersOf({ account, people, deals, known, touches }: Scene): Subject[] {
  const found = new Map<string, Subject>();
  const add = (crm: Subject['crm'], id: string | null | undefined) => {
    const trimmed = id?.trim();
    if (trimmed) found.set(`${crm} ${trimmed}`, { crm, object: 'owners', id: trimmed });
  };
  for (const one of [...(account ? [account] : []), ...people, ...deals])
    add(one.crm, known.get(subjectKey(one))?.['hubspot_owner_id']?.value);
  for (const { touch } of touches) add(touch.ref.crm, touch.ownerId);
  return [...found.values()];
}
