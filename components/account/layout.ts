import type { MapNode } from '#lib/views/account-graph-types.ts';
import { groupOf, roleWord, type Group } from './groups.ts';
import { settle } from './settle.ts';
import type { Tie } from './ties.ts';

/** Pixels at zoom 1. */
export const boxSize = { width: 232, height: 62 } as const;
const titleHeight = 24;
const missingHeight = 34;
const gap = 12;
const groupGap = 14;
const between = 132;
const columns = [0, boxSize.width + between, 2 * (boxSize.width + between)] as const;

export interface Box {
  id: string;
  kind: 'node' | 'title' | 'missing';
  /** A title's words, a missing role, a node's name. */
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Layout {
  boxes: Box[];
  width: number;
  height: number;
}

/**
 * Three columns: our people, theirs by role, deals. Theirs stand below each other in the order of roles, those whom we
 * know best first; the others as near as they can to the people whom they have to do with, so that lines stay short. The
 * same nodes give the same picture in whatever order they come.
 */
export function layOut(
  nodes: readonly MapNode[],
  ties: readonly Tie[],
  groups: readonly Group[],
  titles: { users: string; deals: string },
): Layout {
  const people = stackPeople(nodes, ties, groups);
  const middles = new Map(
    people.filter(box => box.kind === 'node').map(box => [box.id, box.y + box.height / 2]),
  );
  const end = Math.max(0, ...people.map(box => box.y + box.height));
  const beside = (kind: 'user' | 'deal', x: number, title: string): Box[] => {
    const own = nodes.filter(node => node.kind === kind);
    if (own.length === 0) return [];
    const wishes = own.map(({ key }) => ({
      key,
      at: wishOf(key, ties, middles, end / 2) - titleHeight - gap,
    }));
    const tops = settle(wishes, boxSize.height, gap);
    return [
      titleBox(`title ${kind}`, title, x, 0),
      ...own.map(node => nodeBox(node, x, (tops.get(node.key) ?? 0) + titleHeight + gap)),
    ];
  };
  const boxes = [
    ...beside('user', columns[0], titles.users),
    ...people,
    ...beside('deal', columns[2], titles.deals),
  ];
  return {
    boxes,
    width: Math.max(0, ...boxes.map(box => box.x + box.width)),
    height: Math.max(0, ...boxes.map(box => box.y + box.height)),
  };
}

function stackPeople(nodes: readonly MapNode[], ties: readonly Tie[], groups: readonly Group[]): Box[] {
  const [, x] = columns;
  const known = knownBest(nodes, ties);
  const boxes: Box[] = [];
  let y = 0;
  const add = (box: Box, after: number): void => {
    boxes.push(box);
    y += box.height + after;
  };
  for (const { name, title, missing } of groups) {
    const own = known.filter(node => node.kind === 'person' && groupOf(node) === name);
    if (own.length === 0 && missing.length === 0) continue;
    add(titleBox(`title ${name}`, title, x, y), 4);
    for (const node of own) add(nodeBox(node, x, y), gap);
    for (const role of missing)
      add(
        {
          ...boxAt(x, y),
          id: `missing ${role}`,
          kind: 'missing',
          text: roleWord[role],
          height: missingHeight,
        },
        gap,
      );
    y += groupGap;
  }
  return boxes;
}

/** Those with the strongest tie to one of us first, then by name. */
export function knownBest(nodes: readonly MapNode[], ties: readonly Tie[]): MapNode[] {
  const users = new Set(nodes.filter(node => node.kind === 'user').map(node => node.key));
  const best = new Map<string, number>();
  for (const { from, to, strength } of ties)
    if (users.has(from)) best.set(to, Math.max(best.get(to) ?? 0, strength ?? 0));
  const of = (node: MapNode) => best.get(node.key) ?? -1;
  return nodes.toSorted(
    (a, b) => of(b) - of(a) || a.name.localeCompare(b.name, 'en-GB') || (a.key < b.key ? -1 : 1),
  );
}

/** The middle of those that it is tied to, the stronger ties counting more. */
function wishOf(
  key: string,
  ties: readonly Tie[],
  middles: ReadonlyMap<string, number>,
  otherwise: number,
): number {
  let sum = 0;
  let weight = 0;
  for (const { from, to, strength } of ties) {
    const middle = middles.get(from === key ? to : from);
    if ((from !== key && to !== key) || middle === undefined) continue;
    const w = 0.1 + (strength ?? 0.5);
    sum += w * middle;
    weight += w;
  }
  return weight === 0 ? otherwise : sum / weight;
}

const boxAt = (x: number, y: number) => ({ x, y, ...boxSize });
const nodeBox = ({ key, name }: MapNode, x: number, y: number): Box => ({
  ...boxAt(x, y),
  id: key,
  kind: 'node',
  text: name,
});
const titleBox = (id: string, text: string, x: number, y: number): Box => ({
  id,
  kind: 'title',
  text,
  x,
  y,
  width: boxSize.width,
  height: titleHeight,
});
