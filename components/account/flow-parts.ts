import { Position } from '@xyflow/react';
import type { MapNode } from '#lib/views/account-graph-types.ts';
import { formatDay } from '#components/ui/time-format.ts';
import type { DrawnNode, DrawnText } from './drawing-nodes.tsx';
import type { DrawnTie } from './drawing-tie.tsx';
import { rolesInWords } from './groups.ts';
import type { Box, Layout } from './layout.ts';
import { relationWord } from './relation-words.ts';
import { sayTie, type Selection } from './selection.ts';
import type { Tie } from './ties.ts';

/**
 * The layout's boxes for React Flow. Sizes and the ends of lines are given, so that the first picture is the last.
 */
export function flowNodes(layout: Layout, nodes: readonly MapNode[]): (DrawnNode | DrawnText)[] {
  const byKey = new Map(nodes.map(node => [node.key, node]));
  return layout.boxes.flatMap((box): (DrawnNode | DrawnText)[] => {
    const place = { id: box.id, ...placeOf(box) };
    if (box.kind !== 'node')
      return [{ ...place, type: box.kind, data: { text: box.text }, focusable: false, selectable: false }];
    const node = byKey.get(box.id);
    return node ? [{ ...place, type: 'node', data: { node }, ariaLabel: sayNode(node) }] : [];
  });
}

const placeOf = ({ x, y, width, height }: Box) => ({
  position: { x, y },
  width,
  height,
  measured: { width, height },
  handles: [
    { id: 'in', type: 'target' as const, position: Position.Left, x: 0, y: height / 2 },
    { id: 'out', type: 'source' as const, position: Position.Right, x: width, y: height / 2 },
    { id: 'side', type: 'target' as const, position: Position.Right, x: width, y: height / 2 },
  ],
});

const sayNode = ({ name, kind, title, roles, lastAt }: MapNode): string =>
  [
    name,
    { user: 'one of us', person: '', deal: 'deal' }[kind],
    rolesInWords(roles),
    title ?? '',
    kind === 'user' ? '' : lastAt === null ? 'no touch known' : `last touch ${formatDay(lastAt, 'UTC')}`,
  ]
    .filter(part => part !== '')
    .join(', ');

export function flowEdges(ties: readonly Tie[], nodes: readonly MapNode[]): DrawnTie[] {
  const byKey = new Map(nodes.map(node => [node.key, node]));
  return ties.flatMap((tie): DrawnTie[] => {
    const [from, to] = [byKey.get(tie.from), byKey.get(tie.to)];
    const [first] = tie.relations;
    if (!from || !to || !first) return [];
    const within = from.kind === to.kind;
    return [
      {
        id: tie.id,
        type: 'tie',
        source: tie.from,
        target: tie.to,
        sourceHandle: 'out',
        targetHandle: within ? 'side' : 'in',
        data: {
          strength: tie.strength,
          label: first.kind === 'knows' ? first.why : relationWord[first.kind],
          within,
        },
        ariaLabel: sayTie(tie, key => byKey.get(key)?.name ?? ''),
      },
    ];
  });
}

/** Marks what is selected and what is near it. All else stays the very object that it was, so it is not drawn anew. */
export const marked = <Part extends { id: string }>(
  parts: readonly Part[],
  selection: Selection | null,
  near: ReadonlySet<string> | null,
): Part[] =>
  parts.map(part =>
    near?.has(part.id) ? { ...part, className: 'near', selected: part.id === selection?.id } : part,
  );
