import type { BuyingGroup, BuyingRole, NodeDetail } from '../graph-shapes.ts';
import type { GraphNode } from '#lib/core/relation.ts';
import { subjectKey, type Subject } from '#lib/core/subject.ts';
import { isAmong, nodeOf, type Scene } from './scene.ts';
import { heldBy } from './describe.ts';
import type { RoleOf } from './roles.ts';

/** The parts without which a purchase between companies rarely comes about. */
const usual: readonly BuyingRole[] = [
  'decision_maker',
  'budget_holder',
  'champion',
  'technical_evaluator',
  'end_user',
];

/** Who plays which part at the account, or in one opportunity: there only people who have to do with it. */
export function buyingGroupIn(
  scene: Scene,
  of: Subject,
  roles: readonly RoleOf[],
  describe: (node: GraphNode) => NodeDetail,
): BuyingGroup {
  const deal = of.object === 'deals' ? of : null;
  const people = deal ? involvedPeople(scene, deal) : scene.people;
  const mine = roles.filter(
    role => !deal || role.deal === null || subjectKey(role.deal) === subjectKey(deal),
  );
  const byPerson = Map.groupBy(mine, ({ person }) => subjectKey(person));
  const filled = people
    .flatMap(person => {
      const { title, lastTouchAt, ...detail } = describe(nodeOf(scene, person));
      const { key, kind, name, subject } = detail;
      return heldBy(byPerson.get(subjectKey(person)) ?? []).map(role => ({
        ...role,
        person: { key, kind, name, subject },
        title,
        lastTouchAt,
      }));
    })
    .sort((a, b) => b.strength - a.strength || (a.person.key < b.person.key ? -1 : 1));
  const held = new Set(filled.map(({ role }) => role));
  const placed = new Set(filled.map(({ person }) => person.key));
  return {
    asOf: scene.asOf,
    of: nodeOf(scene, of),
    filled,
    missing: usual.filter(role => !held.has(role)),
    unplaced: people.map(person => nodeOf(scene, person)).filter(({ key }) => !placed.has(key)),
  };
}

function involvedPeople(scene: Scene, deal: Subject): Subject[] {
  const isThis = isAmong([deal]);
  const involved = isAmong(
    scene.links.flatMap(({ from, to }) => (isThis(from) ? [to] : isThis(to) ? [from] : [])),
  );
  return scene.people.filter(involved);
}
