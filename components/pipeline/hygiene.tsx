import type { PipelineView } from '#lib/views/types.ts';
import { countOf } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { filterHref } from './deals-href.ts';

/** What is missing or doubtful in the CRM, and so in the sums above. */
export function Hygiene({ items }: { items: PipelineView['hygiene'] }) {
  return (
    <Panel title="To put right in the CRM" id="hygiene">
      {items.length === 0 && <Empty>Nothing found.</Empty>}
      <ul>
        {items.map(item => (
          <li
            key={item.name}
            className="flex justify-between gap-x-4 border-b border-line py-1.5 last:border-0"
          >
            <span>{item.text}</span>
            <TextLink href={filterHref(item.filter)} className="whitespace-nowrap">
              {countOf(item.count, 'deal')}
            </TextLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
