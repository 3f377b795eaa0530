import type { HistoryEntry } from '#lib/views/types.ts';
import { decisionHref } from '#components/record/record-href.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';

/** What happened before, newest first as given; closed until it is wanted. */
export function CardHistory({
  history,
  onOpened,
}: {
  history: readonly HistoryEntry[];
  onOpened: () => void;
}) {
  if (history.length === 0) return null;
  return (
    <section aria-label="History" className="border-t border-line p-4">
      <Disclosure summary={`History: ${countOf(history.length, 'entry', 'entries')}`} onOpen={onOpened}>
        <ol className="space-y-1">
          {history.map(entry => (
            <li
              key={`${entry.at} ${entry.kind} ${entry.text}`}
              className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2"
            >
              <span className="text-xs leading-5 text-muted">
                <Time at={entry.at} as="relative" />
              </span>
              <span>
                {entry.text}
                {entry.decisionId && (
                  <>
                    {' '}
                    <TextLink href={decisionHref(entry.decisionId)} opens="tab" className="text-xs">
                      decision
                    </TextLink>
                  </>
                )}
              </span>
            </li>
          ))}
        </ol>
      </Disclosure>
    </section>
  );
}
