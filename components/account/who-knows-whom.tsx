'use client';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { AccountGraphView, MapNode } from '#lib/views/account-graph-types.ts';
import { Button } from '#components/ui/button.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Panel } from '#components/ui/panel.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useMounted } from '#components/ui/use-now.ts';
import { chooseNodes } from './choose.ts';
import { groupsWith } from './groups.ts';
import { layOut } from './layout.ts';
import type { NameOf } from './relation-lines.tsx';
import type { Selection } from './selection.ts';
import { SidePanel } from './side-panel.tsx';
import type { Tie } from './ties.ts';

/** The drawing library comes when a map is looked at: no other page carries it. */
const Drawing = lazy(async () => ({ default: (await import('./drawing.tsx')).Drawing }));

/** So much is drawn at first; a drawing of more is one to search in, and the list does that better. */
const readable = { people: 16, deals: 8 };

/** The drawing, and beside it the evidence of what is selected there. Narrow windows have the list alone. */
export function WhoKnowsWhom({
  view,
  ties,
  nameOf,
}: {
  view: AccountGraphView;
  ties: readonly Tie[];
  nameOf: NameOf;
}) {
  const mounted = useMounted();
  const [selection, setSelection] = useState<Selection | null>(null);
  const [drawAll, setDrawAll] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const cameFrom = useRef<Element | null>(null);
  const { account, nodes, missing } = view;
  const { chosen, layout } = useMemo(() => {
    const groups = groupsWith(missing);
    const some = drawAll ? nodes : chooseNodes(nodes, ties, groups, readable);
    return { chosen: some, layout: layOut(some, ties, groups, { users: 'Our people', deals: 'Deals' }) };
  }, [nodes, ties, missing, drawAll]);
  const close = () => {
    // Focus selects what it comes to, so the selection ends after it went back.
    if (cameFrom.current instanceof HTMLElement || cameFrom.current instanceof SVGElement)
      cameFrom.current.focus();
    cameFrom.current = null;
    setSelection(null);
  };
  const place = <Skeleton className="h-96" />;
  return (
    <div className="hidden items-start gap-4 sm:grid xl:grid-cols-[minmax(0,1fr)_20rem] print:hidden">
      <Panel title="Who knows whom" className="relative">
        <a
          href="#people"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:right-2 focus:z-10 focus:bg-surface focus:p-2"
        >
          Skip the drawing: the same in a list
        </a>
        <Suspense fallback={place}>
          {mounted ? (
            <Drawing
              label={`Map of ${account.name}`}
              nodes={chosen}
              ties={ties}
              layout={layout}
              selection={selection}
              onSelect={setSelection}
              onEnter={() => {
                cameFrom.current = document.activeElement;
                heading.current?.focus();
              }}
            />
          ) : (
            place
          )}
        </Suspense>
        {(drawAll || chosen.length < nodes.length) && (
          <p className="mt-2 flex flex-wrap items-center gap-2 text-muted">
            {drawAll ? 'Everything is drawn.' : `${leftOut(nodes, chosen)} not drawn; the lists have all.`}
            <Button look="quiet" onClick={() => setDrawAll(!drawAll)}>
              {drawAll ? 'Draw what matters most' : 'Draw everything'}
            </Button>
          </p>
        )}
      </Panel>
      <SidePanel
        view={view}
        ties={ties}
        selection={selection}
        nameOf={nameOf}
        headingRef={heading}
        onClose={close}
      />
    </div>
  );
}

/** `3 people and 12 deals are`: what a drawing leaves out. */
function leftOut(nodes: readonly MapNode[], drawn: readonly MapNode[]): string {
  const missing = (kind: MapNode['kind']) =>
    nodes.filter(node => node.kind === kind).length - drawn.filter(node => node.kind === kind).length;
  const counts = [
    { n: missing('user'), words: countOf(missing('user'), 'of us', 'of us') },
    { n: missing('person'), words: countOf(missing('person'), 'person', 'people') },
    { n: missing('deal'), words: countOf(missing('deal'), 'deal') },
  ].filter(({ n }) => n > 0);
  const one = counts.length === 1 && counts[0]?.n === 1;
  return `${counts.map(({ words }) => words).join(' and ')} ${one ? 'is' : 'are'}`;
}
