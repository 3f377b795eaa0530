import type { GraphNode, GraphRelation } from '#lib/core/relation.ts';

/** Nodes within some steps of one, the nearest first, and of those at one distance in the order of the relations. */
export function nearest(
  relations: readonly GraphRelation[],
  center: GraphNode,
  depth: number,
): { node: GraphNode; distance: number }[] {
  const steps = new Map<string, GraphNode[]>();
  for (const { from, to } of relations) {
    steps.set(from.key, [...(steps.get(from.key) ?? []), to]);
    steps.set(to.key, [...(steps.get(to.key) ?? []), from]);
  }
  const reached = new Map<string, { node: GraphNode; distance: number }>();
  let open = [center];
  for (let distance = 1; distance <= depth; distance++) {
    const next: GraphNode[] = [];
    for (const at of open)
      for (const node of steps.get(at.key) ?? []) {
        if (node.key === center.key || reached.has(node.key)) continue;
        reached.set(node.key, { node, distance });
        next.push(node);
      }
    open = next;
  }
  return [...reached.values()];
}
