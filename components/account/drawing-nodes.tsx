import { clsx } from 'clsx';
import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { MapNode } from '#lib/views/account-graph-types.ts';
import { Time } from '#components/ui/time.tsx';
import { nodeLine } from './selection.ts';

export type DrawnNode = Node<{ node: MapNode }, 'node'>;
export type DrawnText = Node<{ text: string }, 'title' | 'missing'>;

const looks = {
  user: 'border-accent bg-accent-soft',
  person: 'border-edge bg-surface',
  deal: 'border-cold bg-cold-soft',
} satisfies Record<MapNode['kind'], string>;

/** Where lines begin and end; React Flow reads it off the page. */
const Ends = () => (
  <>
    <Handle id="in" type="target" position={Position.Left} isConnectable={false} />
    <Handle id="out" type="source" position={Position.Right} isConnectable={false} />
    <Handle id="side" type="target" position={Position.Right} isConnectable={false} />
  </>
);

function NodeBox({ data: { node }, selected }: NodeProps<DrawnNode>) {
  const line = nodeLine(node);
  return (
    <div
      className={clsx(
        'flex h-full flex-col justify-center rounded border px-2.5 text-ink',
        looks[node.kind],
        selected && 'ring-2 ring-accent',
      )}
    >
      <span title={node.name} className="truncate leading-4 font-medium">
        {node.name}
      </span>
      {line !== '' && <span className="truncate text-xs leading-4 text-muted">{line}</span>}
      {(node.kind !== 'user' || node.lastAt !== null) && (
        <span className="truncate text-xs leading-4 text-muted">
          {node.lastAt === null ? (
            'no touch known'
          ) : (
            <>
              last touch <Time at={node.lastAt} as="relative" />
            </>
          )}
        </span>
      )}
      <Ends />
    </div>
  );
}

const TitleBox = ({ data }: NodeProps<DrawnText>) => (
  <p className="flex h-full items-center text-xs font-semibold text-muted">{data.text}</p>
);

const MissingBox = ({ data }: NodeProps<DrawnText>) => (
  <p className="flex h-full items-center rounded border border-dashed border-warn px-2.5 text-xs text-warn">
    No {data.text.toLowerCase()} known
  </p>
);

/** How React Flow draws each kind of box. Fixed, since a new object would draw everything anew. */
export const nodeTypes = { node: memo(NodeBox), title: memo(TitleBox), missing: memo(MissingBox) };
