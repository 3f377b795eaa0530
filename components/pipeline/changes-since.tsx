import type { PipelineView } from '#lib/views/types.ts';
import { countOf, formatMoney } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { dealsHref } from './deals-href.ts';

const words = {
  added: 'Added',
  won: 'Won',
  lost: 'Lost',
  advanced: 'Moved forward',
  pushed: 'Close date pushed back',
} satisfies Record<PipelineView['change'][number]['kind'], string>;

/** What moved in the pipeline, and since when. */
export function ChangesSince({ change, currency }: { change: PipelineView['change']; currency: string }) {
  const since = change[0]?.since;
  return (
    <Panel
      title="What changed"
      id="changes"
      aside={
        since && (
          <>
            since <Time at={since} as="day" />
          </>
        )
      }
    >
      {change.length === 0 && <Empty>Nothing changed.</Empty>}
      <ul>
        {change.map(({ kind, count, amount }) => (
          <li
            key={kind}
            className="flex flex-wrap justify-between gap-x-4 border-b border-line py-1.5 last:border-0"
          >
            <span>{words[kind]}</span>
            <TextLink href={dealsHref({ change: kind })}>
              {countOf(count, 'deal')}, {formatMoney(amount, currency)}
            </TextLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
