import { subjectKey } from '#lib/core/subject.ts';
import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';
import type { Visible } from './see.ts';

/** How one of our people and one of theirs stand to each other. */
export type Tie = { ours: GraphNode; theirs: GraphNode; strength: number; relation: GraphRelation };

const isPerson = ({ kind }: GraphNode): boolean => kind === 'person' || kind === 'lead';
const CONTACT = new Set(['knows', 'replied_to']);

/** Who of ours knows whom of theirs, the strongest first. */
export const tiesOf = ({ relations }: Visible): Tie[] =>
  relations.flatMap(relation => {
    const { from, to, kind, strength } = relation;
    if (!CONTACT.has(kind)) return [];
    if (from.kind === 'user' && isPerson(to))
      return [{ ours: from, theirs: to, strength: strength ?? 0, relation }];
    if (to.kind === 'user' && isPerson(from))
      return [{ ours: to, theirs: from, strength: strength ?? 0, relation }];
    return [];
  });

/** Each person of theirs who plays a part in buying, with what shows it. */
export const partsOf = ({
  relations,
}: Visible): { part: string; person: GraphNode; relation: GraphRelation }[] =>
  relations.flatMap(relation => {
    const part = PARTS[relation.kind];
    const person = isPerson(relation.from) ? relation.from : relation.to;
    return part !== undefined && isPerson(person) ? [{ part, person, relation }] : [];
  });

const PARTS: Partial<Record<GraphRelation['kind'], string>> = {
  decides_for: 'decides',
  influences: 'has influence',
  involved_in: 'is involved in the deal',
};

const CONNECTING = new Set(['knows', 'replied_to', 'reports_to', 'works_at', 'involved_in']);
const MOST_STEPS = 4;

/** The shortest way from the subject to one of our people, as the relations on it; null when there is none of four steps. */
export function wayToUs({ subject, relations }: Visible): GraphRelation[] | null {
  const near = new Map<string, { next: GraphNode; relation: GraphRelation }[]>();
  const add = (from: string, next: GraphNode, relation: GraphRelation) => {
    const list = near.get(from);
    if (list) list.push({ next, relation });
    else near.set(from, [{ next, relation }]);
  };
  for (const relation of relations) {
    if (!CONNECTING.has(relation.kind)) continue;
    add(relation.from.key, relation.to, relation);
    add(relation.to.key, relation.from, relation);
  }
  const start = subjectKey(subject);
  const visited = new Set<string>([start]);
  let ways: { at: string; way: GraphRelation[] }[] = [{ at: start, way: [] }];
  for (let step = 0; step < MOST_STEPS && ways.length > 0; step += 1) {
    const further: typeof ways = [];
    for (const { at, way } of ways)
      for (const { next, relation } of near.get(at) ?? []) {
        if (next.kind === 'user') return [...way, relation];
        if (visited.has(next.key)) continue;
        visited.add(next.key);
        further.push({ at: next.key, way: [...way, relation] });
      }
    ways = further;
  }
  return null;
}
