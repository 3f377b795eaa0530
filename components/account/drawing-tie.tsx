import { BaseEdge, EdgeLabelRenderer, getBezierPath, type Edge, type EdgeProps } from '@xyflow/react';
import { memo } from 'react';

export type DrawnTie = Edge<{ strength: number | null; label: string; within: boolean }, 'tie'>;

/** Between two of one column: an arc on the right, wider the further they are apart. */
function arc(x: number, fromY: number, toY: number): [path: string, labelX: number, labelY: number] {
  const bend = Math.min(96, 28 + Math.abs(toY - fromY) / 6);
  return [
    `M ${x},${fromY} C ${x + bend},${fromY} ${x + bend},${toY} ${x},${toY}`,
    x + bend * 0.75,
    (fromY + toY) / 2,
  ];
}

function TieLine(props: EdgeProps<DrawnTie>) {
  const { sourceX, sourceY, targetY, selected, data } = props;
  const strength = data?.strength ?? null;
  const [path, labelX, labelY] = data?.within ? arc(sourceX, sourceY, targetY) : getBezierPath(props);
  return (
    <>
      <BaseEdge
        path={path}
        interactionWidth={16}
        style={{
          strokeWidth: (strength === null ? 1.25 : 1 + 5 * strength) + (selected ? 1 : 0),
          ...(strength === null && { strokeDasharray: '5 4' }),
        }}
      />
      {selected && data && (
        <EdgeLabelRenderer>
          <span
            aria-hidden
            className="absolute max-w-40 truncate rounded border border-accent bg-surface px-1.5 text-xs text-ink"
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {data.label}
          </span>
        </EdgeLabelRenderer>
      )}
    </>
  );
}

export const edgeTypes = { tie: memo(TieLine) };
