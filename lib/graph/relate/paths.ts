import type { GraphRelation } from '#lib/core/relation.ts';
import type { Path } from '../graph-shapes.ts';
import { rounded } from './scene.ts';

const MOST_HOPS = 3;
const MOST_PATHS = 3;
/** Steps that are tried before the search ends: what is found by then are the shortest. */
const MOST_STEPS = 20_000;
/** What a relation counts for that is not stronger or weaker: it holds, but nobody may know anybody by it. */
const PLAIN = 0.4;
const passable: ReadonlySet<string> = new Set([
  'knows',
  'works_at',
  'owns',
  'member_of',
  'involved_in',
  'reports_to',
]);

/** The shortest ways from one node to another over at most three relations, in either direction; of equals the strongest. */
export function pathsAmong(relations: readonly GraphRelation[], from: string, to: string): Path[] {
  if (from === to) return [];
  const steps = new Map<string, { relation: GraphRelation; next: string }[]>();
  const add = (key: string, next: string, relation: GraphRelation) => {
    const list = steps.get(key) ?? [];
    steps.set(key, list);
    list.push({ relation, next });
  };
  for (const relation of relations) {
    if (!passable.has(relation.kind)) continue;
    add(relation.from.key, relation.to.key, relation);
    add(relation.to.key, relation.from.key, relation);
  }
  const found: GraphRelation[][] = [];
  let open: { at: string; passed: readonly string[]; hops: GraphRelation[] }[] = [
    { at: from, passed: [from], hops: [] },
  ];
  let tried = 0;
  for (let hop = 1; hop <= MOST_HOPS && found.length < MOST_PATHS; hop++) {
    const next: typeof open = [];
    for (const { at, passed, hops } of open)
      for (const step of steps.get(at) ?? []) {
        if (passed.includes(step.next) || (tried += 1) > MOST_STEPS) continue;
        if (step.next === to) found.push([...hops, step.relation]);
        else if (hop < MOST_HOPS)
          next.push({ at: step.next, passed: [...passed, step.next], hops: [...hops, step.relation] });
      }
    open = next;
  }
  return found
    .map(hops => ({
      hops,
      strength: rounded(hops.reduce((product, { strength }) => product * (strength ?? PLAIN), 1)),
    }))
    .sort((a, b) => a.hops.length - b.hops.length || b.strength - a.strength)
    .slice(0, MOST_PATHS);
}
