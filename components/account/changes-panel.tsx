import type { AccountGraphView } from '#lib/views/account-graph-types.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Select } from '#components/ui/select.tsx';
import { Time } from '#components/ui/time.tsx';

const spans = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const;

/** What was learnt about the account, its people and deals in the last days, newest first. */
export function ChangesPanel({ view, onDays }: { view: AccountGraphView; onDays: (days: number) => void }) {
  const { days, entries, more } = view.changes;
  const value = spans.find(span => span.value === String(days))?.value ?? '30';
  return (
    <Panel
      id="changes"
      title="What changed"
      aside={
        <Select label="in the last" options={spans} value={value} onValue={next => onDays(Number(next))} />
      }
    >
      {entries.length === 0 && <Empty>Nothing was learnt in the last {days} days.</Empty>}
      <ol className="space-y-2">
        {entries.map(({ at, about, text, evidence }) => (
          <li key={`${at} ${about} ${text}`} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2">
            <span className="text-xs leading-5 text-muted">
              <Time at={at} as="relative" />
            </span>
            <span>
              {!text.startsWith(about) && (
                <>
                  <span className="font-medium">{about}</span> ·{' '}
                </>
              )}
              {text} {evidence && <EvidenceList evidence={[evidence]} crmPages={view.crmPages} />}
            </span>
          </li>
        ))}
      </ol>
      {more > 0 && <p className="mt-2 text-xs text-muted">and {countOf(more, 'earlier change')}</p>}
    </Panel>
  );
}
