'use client';
import type { WorkOwner } from '#lib/core/settings.ts';
import type { AutomationLine, AutomationsView } from '#lib/views/automations.ts';
import { Choice } from '#components/ui/choice.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';

const owners = [
  { value: 'crm', label: 'The CRM' },
  { value: 'sidecard', label: 'Sidecard' },
] as const;

/** What the CRM does by itself, and the choice of who does it: for a form that holds the two settings. */
export function Automations({
  automations,
  routingOwner,
  outreachOwner,
  onRouting,
  onOutreach,
}: {
  automations: AutomationsView;
  routingOwner: WorkOwner;
  outreachOwner: WorkOwner;
  onRouting: (owner: WorkOwner) => void;
  onOutreach: (owner: WorkOwner) => void;
}) {
  const { routing, outreach, others, enrolled, problems } = automations;
  const routed = routing.some(line => line.active);
  return (
    <Panel title="Automations in the CRM" id="automations" aside="One owner for each kind of work">
      <div className="space-y-4">
        {problems.map(problem => (
          <Notice key={problem} level="warning">
            <p>{problem}</p>
          </Notice>
        ))}
        <section aria-label="Routing" className="space-y-2">
          <Choice
            legend="Owners of records are chosen by"
            name="routing-owner"
            options={owners}
            value={routingOwner}
            onValue={onRouting}
          />
          <p className="text-xs text-muted">
            {routingOwner === 'crm'
              ? 'Sidecard never changes who owns a record.'
              : 'Sidecard may suggest another owner, and a manager or an admin approves it.'}
          </p>
          {routingOwner === 'sidecard' && routed && (
            <Notice level="warning" title="The CRM assigns owners too.">
              <p>Turn these off in the CRM, or two systems change the same owner.</p>
            </Notice>
          )}
          <Lines lines={routing} none="Nothing in the CRM that Sidecard can see assigns owners." />
        </section>
        <section aria-label="Outreach" className="space-y-2">
          <Choice
            legend="People in a sequence are written to by"
            name="outreach-owner"
            options={owners}
            value={outreachOwner}
            onValue={onOutreach}
          />
          <p className="text-xs text-muted">
            {outreachOwner === 'crm'
              ? 'While a sequence runs, Sidecard suggests nothing to that person.'
              : 'Sidecard also suggests follow-ups to people in a sequence.'}{' '}
            {enrolled === 1 ? '1 person is' : `${enrolled} people are`} in a sequence now.
          </p>
          <Lines lines={outreach} none="Nothing in the CRM that Sidecard can see writes to people." />
        </section>
        {others > 0 && (
          <p className="text-xs text-muted">
            {others === 1 ? '1 other automation does' : `${others} other automations do`} neither.
          </p>
        )}
      </div>
    </Panel>
  );
}

function Lines({ lines, none }: { lines: readonly AutomationLine[]; none: string }) {
  if (lines.length === 0) return <Empty>{none}</Empty>;
  return (
    <ul className="text-sm">
      {lines.map(line => (
        <li key={line.id} className="flex justify-between gap-3 py-0.5">
          <span className={line.active ? '' : 'text-muted'}>{line.name}</span>
          <span className="shrink-0 text-xs text-muted">
            {[line.kind, line.object, line.active ? 'on' : 'off'].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
