'use client';
import { useRef, useState } from 'react';
import type { DecisionStatus } from '#lib/core/decision.ts';
import type { InboxRow, InboxView } from '#lib/views/types.ts';
import { statusWord } from '#components/record/record-words.ts';
import { States } from '#components/record/states.tsx';
import { formatCount } from '#components/ui/number-format.ts';
import { Empty, PageHead } from '#components/ui/panel.tsx';
import { Select } from '#components/ui/select.tsx';
import { SortHead, sortRows, useSort } from '#components/ui/sort.tsx';
import { HeadCell, Table } from '#components/ui/table.tsx';
import { InboxLine } from './inbox-line.tsx';
import { useRowKeys } from './use-row-keys.ts';

const values = {
  name: (row: InboxRow) => row.name,
  score: (row: InboxRow) => row.score?.value ?? null,
  due: (row: InboxRow) => row.sendAt,
  made: (row: InboxRow) => row.createdAt,
} satisfies Record<string, (row: InboxRow) => string | number | null>;

/** All suggestions of a rep: the best lead first, and what waits before what is done. */
export function Inbox({ view }: { view: InboxView }) {
  const [status, setStatus] = useState<DecisionStatus | 'all'>('all');
  const { order, sortBy } = useSort<keyof typeof values>({ key: 'score', down: true });
  const box = useRef<HTMLDivElement>(null);
  useRowKeys(box);

  const statuses = [...new Set(view.rows.map(row => row.status))];
  const options = [
    { value: 'all' as const, label: `All (${view.rows.length})` },
    ...statuses.map(value => ({
      value,
      label: `${statusWord[value]} (${view.rows.filter(row => row.status === value).length})`,
    })),
  ];
  // A refresh can take the last row of the chosen status away.
  const chosen = options.some(option => option.value === status) ? status : 'all';
  const rows = view.rows.filter(row => chosen === 'all' || row.status === chosen);
  const head = { order, onSort: sortBy };
  return (
    <>
      <PageHead title="Inbox">
        {formatCount(view.counts.open)} waiting · {formatCount(view.counts.parked)} parked ·{' '}
        {formatCount(view.counts.answeredToday)} answered today
      </PageHead>
      <div ref={box} className="space-y-3">
        <States states={view.states} />
        <div className="rounded border border-line bg-surface p-4">
          <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
            <Select label="Show" options={options} value={chosen} onValue={setStatus} />
            <p className="hidden text-xs text-muted lg:block">
              <kbd>j</kbd> next, <kbd>k</kbd> previous, <kbd>Enter</kbd> opens
            </p>
          </div>
          {rows.length === 0 ? (
            <Empty>Nothing waits for you. Suggestions appear here as records change in the CRM.</Empty>
          ) : (
            <Table caption="Suggestions">
              <thead>
                <tr>
                  <SortHead name="name" {...head}>
                    Record
                  </SortHead>
                  <SortHead name="score" numeric {...head}>
                    Score
                  </SortHead>
                  <HeadCell className="hidden lg:table-cell">Suggestion</HeadCell>
                  <HeadCell className="hidden lg:table-cell">Status</HeadCell>
                  <SortHead name="due" className="hidden md:table-cell" {...head}>
                    When
                  </SortHead>
                  <SortHead name="made" className="hidden sm:table-cell" {...head}>
                    Suggested
                  </SortHead>
                </tr>
              </thead>
              <tbody>
                {sortRows(rows, values[order.key], order.down).map(row => (
                  <InboxLine key={row.decisionId} row={row} crmPages={view.crmPages} />
                ))}
              </tbody>
            </Table>
          )}
        </div>
      </div>
    </>
  );
}
