'use client';
import { useMemo } from 'react';
import type { AccountGraphView, MapDuplicate } from '#lib/views/account-graph-types.ts';
import { capitalise } from '#components/record/record-words.ts';
import { RecordLink } from '#components/record/record-link.tsx';
import { States } from '#components/record/states.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { PageHead, Panel } from '#components/ui/panel.tsx';
import { ChangesPanel } from './changes-panel.tsx';
import { ContradictionsPanel } from './contradictions-panel.tsx';
import { DealsPanel } from './deals-panel.tsx';
import { DuplicatesPanel, type Resolution } from './duplicates-panel.tsx';
import { PeopleList } from './people-list.tsx';
import { RolesPanel } from './roles-panel.tsx';
import { summarise } from './summary.ts';
import { tiesOf } from './ties.ts';
import { WhoKnowsWhom } from './who-knows-whom.tsx';

export interface AccountMapEvents {
  onDays: (days: number) => void;
  onResolve: (duplicate: MapDuplicate, resolution: Resolution) => void;
}

/** The graph of an account: who decides, who of us knows whom, what disagrees and what changed, all with evidence. */
export function AccountMap({
  view,
  busy = false,
  problem = null,
  onDays,
  onResolve,
}: { view: AccountGraphView; busy?: boolean; problem?: string | null } & AccountMapEvents) {
  const { account, nodes, relations } = view;
  const ties = useMemo(() => tiesOf(nodes, relations), [nodes, relations]);
  const names = useMemo(
    () =>
      new Map([
        ...Object.entries(view.names),
        [account.key, account.name],
        ...nodes.map(({ key, name }) => [key, name] as const),
      ]),
    [account, nodes, view.names],
  );
  const nameOf = (key: string) => names.get(key) ?? 'somebody';
  return (
    <>
      <PageHead title={account.name}>
        Account map{account.industry !== null && ` · ${industryWords(account.industry)}`}
        <RecordLink href={account.url} />
      </PageHead>
      <div className="space-y-4">
        <States states={view.states} />
        {problem !== null && (
          <Notice level="problem" live>
            <p>{problem}</p>
          </Notice>
        )}
        <div>
          <p className="max-w-prose">{summarise(view, ties)}</p>
          <Unseen view={view} />
        </div>
        {nodes.some(node => node.kind === 'person') && (
          <WhoKnowsWhom view={view} ties={ties} nameOf={nameOf} />
        )}
        <Panel id="people" title="People">
          <PeopleList view={view} ties={ties} nameOf={nameOf} />
        </Panel>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <div className="min-w-0 space-y-4">
            <RolesPanel view={view} />
            <DealsPanel view={view} ties={ties} nameOf={nameOf} />
          </div>
          <div className="min-w-0 space-y-4">
            <ContradictionsPanel view={view} />
            <ChangesPanel view={view} onDays={onDays} />
            <DuplicatesPanel view={view} busy={busy} onResolve={onResolve} />
          </div>
        </div>
      </div>
    </>
  );
}

/** `LEISURE_TRAVEL_TOURISM`, as HubSpot has it, in words; what a person wrote stays as it is. */
const industryWords = (industry: string): string =>
  /^[A-Z_]+$/.test(industry) ? capitalise(industry.toLowerCase().replaceAll('_', ' ')) : industry;

/** What is there and not shown, and why. */
function Unseen({ view: { hidden, truncated } }: { view: AccountGraphView }) {
  const unseen = [
    ...(hidden.people > 0 ? [countOf(hidden.people, 'more person', 'more people')] : []),
    ...(hidden.deals > 0 ? [countOf(hidden.deals, 'more deal')] : []),
  ];
  return (
    <>
      {unseen.length > 0 && (
        <p className="text-muted">
          There {hidden.people + hidden.deals === 1 ? 'is' : 'are'} {unseen.join(' and ')} that you may not
          open.
        </p>
      )}
      {truncated > 0 && (
        <p className="text-muted">
          {countOf(truncated, 'record')} of lesser weight {truncated === 1 ? 'is' : 'are'} left out.
        </p>
      )}
    </>
  );
}
