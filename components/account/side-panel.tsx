'use client';
import { clsx } from 'clsx';
import { X } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import type { AccountGraphView, MapNode, MapRelation } from '#lib/views/account-graph-types.ts';
import { cardHref } from '#components/record/record-href.ts';
import { Button } from '#components/ui/button.tsx';
import { Empty } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { RelationLines, type NameOf } from './relation-lines.tsx';
import { RoleLines } from './role-lines.tsx';
import type { Selection } from './selection.ts';
import { strongestFirst, type Tie } from './ties.ts';
import { useEscape } from './use-escape.ts';

/** So many relations of one node are shown; the rest is counted. */
const most = 12;

/** What is known of what is selected: parts, relations, strength, and the evidence of each. Escape leads back. */
export function SidePanel({
  view,
  ties,
  selection,
  nameOf,
  headingRef,
  onClose,
}: {
  view: AccountGraphView;
  ties: readonly Tie[];
  selection: Selection | null;
  nameOf: NameOf;
  headingRef: RefObject<HTMLHeadingElement | null>;
  onClose: () => void;
}) {
  const node = selection?.kind === 'node' ? view.nodes.find(({ key }) => key === selection.id) : undefined;
  const tie = selection?.kind === 'tie' ? ties.find(({ id }) => id === selection.id) : undefined;
  const ref = useEscape(onClose);
  let title = 'Evidence';
  if (node) title = node.name;
  else if (tie) title = `${nameOf(tie.from)} and ${nameOf(tie.to)}`;
  return (
    <section
      aria-label="Evidence"
      className={clsx(
        'min-w-0 overflow-y-auto rounded border border-line bg-surface p-4',
        // Beside the drawing it goes along with the window, below it it stays in sight.
        'max-xl:sticky max-xl:bottom-2 max-xl:z-10 max-xl:max-h-[45vh] max-xl:border-edge max-xl:shadow-md',
        'xl:sticky xl:top-4 xl:max-h-[calc(100vh-2rem)]',
        selection === null && 'max-xl:hidden',
      )}
      ref={ref}
    >
      <div className="mb-2 flex items-start justify-between gap-2">
        <h2 ref={headingRef} tabIndex={-1} className="text-base font-semibold outline-none">
          {title}
        </h2>
        {(node ?? tie) && (
          <Button look="quiet" aria-label="Close the evidence" className="-mt-1 -mr-2 px-2" onClick={onClose}>
            <X aria-hidden className="size-4" />
          </Button>
        )}
      </div>
      <div className="space-y-4">
        {node && <NodeFacts node={node} view={view} nameOf={nameOf} />}
        {tie && <Relations all={tie.relations} view={view} nameOf={nameOf} />}
        {!node && !tie && (
          <Empty>Select a person, a deal or a line in the map, and what shows it stands here.</Empty>
        )}
      </div>
    </section>
  );
}

function NodeFacts({ node, view, nameOf }: { node: MapNode; view: AccountGraphView; nameOf: NameOf }) {
  const own = view.relations.filter(({ from, to }) => from === node.key || to === node.key);
  return (
    <>
      <div>
        {node.title !== null && <p>{node.title}</p>}
        <p className="text-muted">
          {node.lastAt === null ? (
            'No touch is known.'
          ) : (
            <>
              Last touch <Time at={node.lastAt} as="relative" />
            </>
          )}
          {node.subject && (
            <>
              {' '}
              · <TextLink href={cardHref(node.subject)}>card</TextLink>
            </>
          )}
        </p>
      </div>
      {node.roles.length > 0 && (
        <Part title="Part in buying">
          <RoleLines roles={node.roles} crmPages={view.crmPages} />
        </Part>
      )}
      <Relations all={strongestFirst(own)} view={view} nameOf={nameOf} />
    </>
  );
}

function Relations({
  all,
  view,
  nameOf,
}: {
  all: readonly MapRelation[];
  view: AccountGraphView;
  nameOf: NameOf;
}) {
  if (all.length === 0) return <Empty>No relation is known.</Empty>;
  return (
    <Part title="Relations">
      <RelationLines relations={all.slice(0, most)} nameOf={nameOf} crmPages={view.crmPages} />
      {all.length > most && <p className="mt-2 text-xs text-muted">and {all.length - most} more</p>}
    </Part>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <h3 className="mb-1 text-xs font-semibold text-muted">{title}</h3>
    {children}
  </div>
);
