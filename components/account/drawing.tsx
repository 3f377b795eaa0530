'use client';
import '@xyflow/react/dist/base.css';
import './drawing.css';
import { ReactFlow, ReactFlowProvider, useReactFlow, type Viewport } from '@xyflow/react';
import { clsx } from 'clsx';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useMemo, type FocusEvent, type KeyboardEvent } from 'react';
import type { MapNode } from '#lib/views/account-graph-types.ts';
import { Button } from '#components/ui/button.tsx';
import { edgeTypes } from './drawing-tie.tsx';
import { nodeTypes } from './drawing-nodes.tsx';
import { flowEdges, flowNodes, marked } from './flow-parts.ts';
import type { Layout } from './layout.ts';
import { nearTo, type Selection } from './selection.ts';
import type { Tie } from './ties.ts';
import { useWidth } from './use-width.ts';

const margin = 16;
const tallest = 880;

/** As wide as there is room, but never so small that it cannot be read; beyond that it is moved about. */
function viewportFor(layout: Layout, width: number): Viewport & { height: number } {
  const zoom = Math.min(1.1, Math.max(0.62, (width - 2 * margin) / layout.width));
  const drawn = layout.height * zoom + 2 * margin;
  return {
    x: Math.max(margin, (width - layout.width * zoom) / 2),
    y: margin,
    zoom,
    height: Math.min(tallest, Math.max(160, drawn + margin)),
  };
}

export interface DrawingProps {
  label: string;
  nodes: readonly MapNode[];
  ties: readonly Tie[];
  layout: Layout;
  selection: Selection | null;
  onSelect: (selection: Selection | null) => void;
  /** Enter on something that is selected: its evidence is wanted. */
  onEnter: () => void;
}

/** The map as a drawing. Everything in it also stands in the list beside it. */
export const Drawing = (props: DrawingProps) => (
  <ReactFlowProvider>
    <Sheet {...props} />
  </ReactFlowProvider>
);

/** What of the map an element draws. */
function drawnBy(target: EventTarget): Selection | null {
  const element = target instanceof Element ? target.closest('.react-flow__edge, .react-flow__node') : null;
  const id = element?.getAttribute('data-id');
  if (!element || id == null) return null;
  return { kind: element.classList.contains('react-flow__edge') ? 'tie' : 'node', id };
}

function Sheet({ label, nodes, ties, layout, selection, onSelect, onEnter }: DrawingProps) {
  const [ref, width] = useWidth();
  const flow = useReactFlow();
  const view = useMemo(() => viewportFor(layout, width), [layout, width]);
  useEffect(() => void flow.setViewport(view), [flow, view]);
  const near = useMemo(() => nearTo(selection, ties), [selection, ties]);
  const boxes = useMemo(() => flowNodes(layout, nodes), [layout, nodes]);
  const lines = useMemo(() => flowEdges(ties, nodes), [ties, nodes]);
  const drawnNodes = useMemo(() => marked(boxes, selection, near), [boxes, selection, near]);
  const drawnEdges = useMemo(() => marked(lines, selection, near), [lines, selection, near]);

  const followFocus = (event: FocusEvent) => {
    // A click selects by itself; here it is the keyboard that came by.
    if (event.target.matches(':focus-visible')) {
      const drawn = drawnBy(event.target);
      if (drawn) onSelect(drawn);
    }
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || drawnBy(event.target) === null) return;
    event.preventDefault();
    onEnter();
  };
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p className="text-xs text-muted">
          The thicker a line, the stronger the tie; a dashed line has no strength. Click a line or a person
          for its evidence.
        </p>
        <span className="flex gap-1">
          <Button look="quiet" aria-label="Zoom out" onClick={() => void flow.zoomOut()}>
            <ZoomOut aria-hidden className="size-4" />
          </Button>
          <Button look="quiet" aria-label="Zoom in" onClick={() => void flow.zoomIn()}>
            <ZoomIn aria-hidden className="size-4" />
          </Button>
          <Button
            look="quiet"
            aria-label="Show the whole map"
            onClick={() => void flow.fitView({ padding: 0.03 })}
          >
            <Maximize aria-hidden className="size-4" />
          </Button>
        </span>
      </div>
      <div ref={ref} className="rounded border border-line" style={{ height: view.height }}>
        <ReactFlow
          className={clsx('account-map', near && 'picked')}
          aria-label={label}
          onFocus={followFocus}
          onKeyDown={enter}
          nodes={drawnNodes}
          edges={drawnEdges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          defaultViewport={view}
          minZoom={0.2}
          maxZoom={2}
          nodesDraggable={false}
          nodesConnectable={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          multiSelectionKeyCode={null}
          panActivationKeyCode={null}
          // The wheel scrolls the page, as it does everywhere on it; with Ctrl it zooms.
          zoomOnScroll={false}
          preventScrolling={false}
          zoomOnDoubleClick={false}
          ariaLabelConfig={{
            'node.a11yDescription.default': 'Press Enter to go to what is known about it.',
            'edge.a11yDescription.default': 'Press Enter to go to its evidence.',
          }}
          onNodeClick={(_, { id, type }) => onSelect(type === 'node' ? { kind: 'node', id } : null)}
          onEdgeClick={(_, { id }) => onSelect({ kind: 'tie', id })}
          onPaneClick={() => onSelect(null)}
        />
      </div>
    </>
  );
}
