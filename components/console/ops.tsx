import type { OpsView } from '#lib/views/types.ts';
import { cardHref, decisionHref } from '#components/record/record-href.ts';
import { Hash } from '#components/ui/hash.tsx';
import { formatCount } from '#components/ui/number-format.ts';
import { Empty, PageHead, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { HealthBadge } from './health-badge.tsx';
import { ParkedEvents } from './parked-events.tsx';
import { QueueTable, SyncTable, TimesTable } from './ops-tables.tsx';

function Parked({ rows }: { rows: OpsView['parked'] }) {
  return (
    <Panel title="Parked" id="parked" aside="The CRM did not take these; nothing is lost">
      {rows.length === 0 && <Empty>Nothing is parked.</Empty>}
      <ul>
        {rows.map(row => (
          <li key={row.decisionId} className="border-b border-line py-2 first:pt-0 last:border-0 last:pb-0">
            <TextLink href={cardHref(row.subject)}>{row.name}</TextLink>: {row.title}
            <p>{row.statusReason ?? 'No reason was given.'}</p>
            <p className="text-xs text-muted">
              {row.owner ?? 'no owner'} · suggested <Time at={row.createdAt} as="relative" /> ·{' '}
              <TextLink href={decisionHref(row.decisionId)}>decision</TextLink>
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Failures({ failures }: { failures: OpsView['failures'] }) {
  return (
    <Panel title="Failures" id="failures" aside="newest first">
      {failures.length === 0 && <Empty>None.</Empty>}
      <ul>
        {failures.map(failure => (
          <li
            key={`${failure.at} ${failure.where} ${failure.what}`}
            className="border-b border-line py-2 first:pt-0 last:border-0 last:pb-0"
          >
            <p className="font-medium">{failure.what}</p>
            <p>{failure.text}</p>
            <p className="text-xs text-muted">
              {failure.where} · <Time at={failure.at} as="relative" />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What runs, what waits, what failed, and how long things take. */
export function Ops({ view }: { view: OpsView }) {
  return (
    <>
      <PageHead title="Operations">
        <HealthBadge status={view.status} />
      </PageHead>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Panel title="Parts" id="parts">
          <ul className="space-y-1.5">
            {view.parts.map(part => (
              <li key={part.name} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-2">
                <span>
                  <HealthBadge status={part.status} />
                </span>
                <span>
                  <span className="font-medium">{part.name}</span>: {part.text}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        <Panel title="Ledger" id="ledger">
          <p>
            {formatCount(view.ledger.entries)} entries, {formatCount(view.ledger.sequenced)} of them in the
            tree.
          </p>
          <p>Root: {view.ledger.root ? <Hash value={view.ledger.root} length={16} /> : 'no tree yet'}</p>
        </Panel>
        <Parked rows={view.parked} />
        <Failures failures={view.failures} />
        <ParkedEvents parked={view.parkedEvents} />
        <Panel title="Queue" id="queue">
          <QueueTable queue={view.queue} />
        </Panel>
        <Panel title="Sync with the CRM" id="sync">
          <SyncTable sync={view.sync} />
        </Panel>
        <Panel title="How long things take" id="times">
          <TimesTable times={view.times} />
        </Panel>
      </div>
    </>
  );
}
