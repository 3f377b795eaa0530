import type { ListedErasureView } from '#lib/views/privacy.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { formatCount } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Time } from '#components/ui/time.tsx';

/** Erasures with their receipts: what was removed, and what the search of every table found afterwards. */
export function Erasures({ erasures }: { erasures: readonly ListedErasureView[] }) {
  return (
    <Panel title="Erasures" id="erasures">
      {erasures.length === 0 ? (
        <Empty>Nobody has been erased.</Empty>
      ) : (
        <ul className="divide-y divide-line">
          {erasures.map(erasure => (
            <li key={erasure.id} className="py-2">
              <Erasure {...erasure} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Erasure({ id, at, origin, state, name, waitsFor, receipt }: ListedErasureView) {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Time at={receipt?.at ?? at} as="day" />
        <Badge tone={state === 'done' ? 'good' : 'warn'}>{state === 'done' ? 'Erased' : 'Waits'}</Badge>
        <span>{origin === 'crm' ? 'deleted for good in the CRM' : 'asked for here'}</span>
        {name !== null && <span>{name}</span>}
        {waitsFor !== null && <span className="text-warn">{waitsFor}</span>}
        <span className="text-xs text-muted">{id}</span>
      </p>
      {receipt && (
        <>
          <p className="mt-1 text-sm text-muted">
            Searched {formatCount(receipt.search.columns)} columns of {formatCount(receipt.search.tables)}{' '}
            tables ({formatCount(receipt.search.rows)} rows) for {formatCount(receipt.search.marks)} names,
            addresses and numbers: found in {formatCount(receipt.search.before)} rows before, in{' '}
            {receipt.search.hits.length === 0 ? 'none' : formatCount(receipt.search.hits.length)} after.
          </p>
          {receipt.notes.map(note => (
            <p key={note} className="text-sm text-warn">
              {note}
            </p>
          ))}
          <Disclosure summary="What was removed">
            <p className="text-sm">
              {Object.entries(receipt.erased)
                .filter(([, rows]) => rows > 0)
                .map(([table, rows]) => `${table.replaceAll('_', ' ')}: ${formatCount(rows)}`)
                .join(' · ') || 'Nothing was held.'}
            </p>
          </Disclosure>
        </>
      )}
    </>
  );
}
