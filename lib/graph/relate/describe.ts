import { evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Touch } from '#lib/core/fact.ts';
import type { GraphNode } from '#lib/core/relation.ts';
import { isPerson, subjectKey, type Subject, type SubjectKey } from '#lib/core/subject.ts';
import { DAY_MS, toInstant } from '#lib/core/time.ts';
import type { HeldRole, NodeDetail, StreamItem } from '../graph-shapes.ts';
import type { RoleOf } from './roles.ts';
import { nodeOf, tookPlace, userOf, valueIn, type Scene, type SceneTouch } from './scene.ts';

const titleFields: Partial<Record<GraphNode['kind'], string>> = {
  person: 'jobtitle',
  lead: 'jobtitle',
  user: 'jobtitle',
  opportunity: 'dealstage',
  account: 'industry',
};

/** Makes what a page shows of nodes, from all the touches and roles of a scene gone through once. */
export function describing(
  scene: Scene,
  roles: readonly RoleOf[],
  same: ReadonlyMap<SubjectKey, readonly Subject[]>,
): (node: GraphNode) => NodeDetail {
  const year = toInstant(Date.parse(scene.asOf) - 365 * DAY_MS);
  const contacts = new Map<string, { last: Touch; n: number }>();
  for (const { touch, about } of scene.touches) {
    if (!tookPlace(touch, scene.asOf)) continue;
    const user = userOf(touch);
    for (const one of user ? [...about, user] : about) {
      const key = subjectKey(one);
      const there = contacts.get(key) ?? { last: touch, n: 0 };
      there.n += touch.at >= year ? 1 : 0;
      contacts.set(key, there); // touches come newest first
    }
  }
  const rolesOf = Map.groupBy(roles, ({ person }) => subjectKey(person) as string);
  return node => {
    const field = titleFields[node.kind];
    const contact = contacts.get(node.key);
    return {
      ...node,
      title: node.subject && field ? valueIn(scene, node.subject, field) : null,
      roles: heldBy(rolesOf.get(node.key) ?? []),
      lastTouchAt: contact?.last.at ?? null,
      touches: contact?.n ?? 0,
      archived: node.subject ? valueIn(scene, node.subject, 'record_archived') === 'true' : false,
      sameAs: node.subject ? (same.get(subjectKey(node.subject)) ?? []).map(subjectKey) : [],
    };
  };
}

/** Each part once, as it is known best. */
export const heldBy = (roles: readonly RoleOf[]): HeldRole[] => {
  const best = new Map<string, HeldRole>();
  for (const { role, basis, strength, why, evidence } of roles)
    if ((best.get(role)?.strength ?? 0) < strength) best.set(role, { role, basis, strength, why, evidence });
  return [...best.values()].sort((a, b) => b.strength - a.strength);
};

/** The newest activities that took place or are planned, as people read them. */
export const streamOf = (touches: readonly SceneTouch[], limit: number): StreamItem[] =>
  touches.slice(0, limit).flatMap(({ touch, about }) => {
    const page = about.find(isPerson) ?? about[0];
    if (!page) return [];
    const { ref, channel, direction, at, learntAt, title, body } = touch;
    const user = userOf(touch);
    return [
      {
        ref,
        channel,
        direction,
        at,
        learntAt,
        title: title.slice(0, 300).toWellFormed(),
        snippet: body.slice(0, 300).toWellFormed(),
        about: about.map(subjectKey),
        user: user && subjectKey(user),
        evidence: evidenceOfTouch(touch, page),
      },
    ];
  });

export const nodesOf = (scene: Scene, users: readonly Subject[]): GraphNode[] =>
  [...scene.people, ...scene.deals, ...users].map(subject => nodeOf(scene, subject));
