import type { AccountGraphView, MapNode } from '#lib/views/account-graph-types.ts';
import { cardHref } from '#components/record/record-href.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import type { NameOf } from './relation-lines.tsx';
import { nodeLine } from './selection.ts';
import type { Tie } from './ties.ts';

/** The account's deals with who of theirs has to do with each; those that are over on demand. */
export function DealsPanel({
  view,
  ties,
  nameOf,
}: {
  view: AccountGraphView;
  ties: readonly Tie[];
  nameOf: NameOf;
}) {
  const deals = view.nodes.filter(node => node.kind === 'deal');
  const closed = deals.filter(deal => deal.closed);
  const lines = (some: readonly MapNode[]) => (
    <ul className="divide-y divide-line">
      {some.map(deal => (
        <DealLine
          key={deal.key}
          deal={deal}
          people={ties.filter(tie => tie.to === deal.key).map(tie => nameOf(tie.from))}
        />
      ))}
    </ul>
  );
  return (
    <Panel id="deals" title="Deals">
      {closed.length === deals.length && <Empty>No deal is open.</Empty>}
      {lines(deals.filter(deal => !deal.closed))}
      {closed.length > 0 && (
        <Disclosure summary={countOf(closed.length, 'closed deal')}>{lines(closed)}</Disclosure>
      )}
    </Panel>
  );
}

const DealLine = ({ deal, people }: { deal: MapNode; people: readonly string[] }) => (
  <li className="py-2">
    <p className="flex flex-wrap items-baseline justify-between gap-x-4">
      {deal.subject ? <TextLink href={cardHref(deal.subject)}>{deal.name}</TextLink> : deal.name}
      <span className="text-muted">{nodeLine(deal)}</span>
    </p>
    <p className="text-xs text-muted">
      {people.length > 0 ? people.join(', ') : 'nobody of theirs stands on it'} ·{' '}
      {deal.lastAt === null ? (
        'no touch known'
      ) : (
        <>
          last touch <Time at={deal.lastAt} as="relative" />
        </>
      )}
    </p>
  </li>
);
