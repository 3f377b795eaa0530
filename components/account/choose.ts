import type { MapNode } from '#lib/views/account-graph-types.ts';
import { groupOf, type Group } from './groups.ts';
import { knownBest } from './layout.ts';
import type { Tie } from './ties.ts';

/**
 * The nodes of a drawing that can be read: at most so many people, those with a part in buying before the others, then those
 * whom we know best; the deals that are open; and those of us who have to do with any of them.
 */
export function chooseNodes(
  nodes: readonly MapNode[],
  ties: readonly Tie[],
  groups: readonly Group[],
  most: { people: number; deals: number },
): MapNode[] {
  const rank = new Map(groups.map(({ name }, i) => [name, i]));
  const rankOf = (node: MapNode) => rank.get(groupOf(node)) ?? groups.length;
  const people = knownBest(nodes, ties)
    .filter(node => node.kind === 'person')
    .toSorted((a, b) => rankOf(a) - rankOf(b))
    .slice(0, most.people);
  const deals = nodes.filter(node => node.kind === 'deal' && !node.closed).slice(0, most.deals);
  const kept = new Set([...people, ...deals].map(node => node.key));
  const tied = new Set(ties.flatMap(({ from, to }) => (kept.has(to) ? [from] : [])));
  return nodes.filter(({ key, kind }) => kept.has(key) || (kind === 'user' && tied.has(key)));
}
