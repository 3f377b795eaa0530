'use client';
import { recordHref, type CrmPages } from '#lib/core/record-url.ts';
import type { DealRow } from '#lib/views/types.ts';
import { AccountName } from './account-name.tsx';
import { cardHref } from '#components/record/record-href.ts';
import { capitalise } from '#components/record/record-words.ts';
import { Badge } from '#components/ui/badge.tsx';
import { countOf, formatCount, formatMoney } from '#components/ui/number-format.ts';
import { Empty, PageHead } from '#components/ui/panel.tsx';
import { SortHead, sortRows, useSort } from '#components/ui/sort.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { RecordLink } from '#components/record/record-link.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';

const values = {
  name: (deal: DealRow) => deal.name,
  stage: (deal: DealRow) => deal.stage,
  amount: (deal: DealRow) => deal.amount,
  weighted: (deal: DealRow) => deal.weighted,
  close: (deal: DealRow) => deal.closeDate,
  age: (deal: DealRow) => deal.ageDays,
  owner: (deal: DealRow) => deal.owner,
} satisfies Record<string, (deal: DealRow) => string | number | null>;

const Unknown = () => <span className="text-muted">none</span>;

function DealLine({ deal, crmPages }: { deal: DealRow; crmPages: CrmPages | null }) {
  const record = recordHref(crmPages, deal.url);
  return (
    <tr>
      <RowHead className="min-w-44">
        <TextLink href={cardHref(deal.subject)}>{deal.name}</TextLink>
        <span className="block text-xs font-normal text-muted">
          <AccountName deal={deal} />
          <RecordLink href={record} />
        </span>
      </RowHead>
      <Cell>{deal.stage}</Cell>
      <Cell numeric>{deal.amount === null ? <Unknown /> : formatMoney(deal.amount, deal.currency)}</Cell>
      <Cell numeric>{deal.weighted === null ? <Unknown /> : formatMoney(deal.weighted, deal.currency)}</Cell>
      <Cell className="whitespace-nowrap">
        {deal.closeDate === null ? <Unknown /> : <Time at={deal.closeDate} as="day" />}
      </Cell>
      <Cell numeric>{deal.ageDays === null ? <Unknown /> : formatCount(deal.ageDays)}</Cell>
      <Cell>{deal.owner ?? <Unknown />}</Cell>
      <Cell>
        <span className="flex flex-wrap gap-1">
          {deal.flags.map(flag => (
            <Badge key={flag} tone="warn">
              {capitalise(flag.replaceAll('-', ' '))}
            </Badge>
          ))}
        </span>
      </Cell>
    </tr>
  );
}

/** The deals behind a number. `filterText` says which these are, in words. */
export function Deals({
  rows,
  title,
  filterText,
  crmPages,
}: {
  rows: readonly DealRow[];
  title: string;
  filterText: string;
  crmPages: CrmPages | null;
}) {
  const { order, sortBy } = useSort<keyof typeof values>({ key: 'amount', down: true });
  const head = { order, onSort: sortBy };
  return (
    <>
      <PageHead title={title}>
        {countOf(rows.length, 'deal')}
        {filterText && `: ${filterText}`} · <TextLink href="/pipeline">back to the pipeline</TextLink>
      </PageHead>
      <div className="rounded border border-line bg-surface p-4">
        {rows.length === 0 && <Empty>No deal matches.</Empty>}
        {rows.length > 0 && (
          <Table caption={`${title}: ${filterText}`}>
            <thead>
              <tr>
                <SortHead name="name" {...head}>
                  Deal
                </SortHead>
                <SortHead name="stage" {...head}>
                  Stage
                </SortHead>
                <SortHead name="amount" numeric {...head}>
                  Amount
                </SortHead>
                <SortHead name="weighted" numeric {...head}>
                  Weighted
                </SortHead>
                <SortHead name="close" {...head}>
                  Closes
                </SortHead>
                <SortHead name="age" numeric {...head}>
                  Age, days
                </SortHead>
                <SortHead name="owner" {...head}>
                  Owner
                </SortHead>
                <HeadCell>Marks</HeadCell>
              </tr>
            </thead>
            <tbody>
              {sortRows(rows, values[order.key], order.down).map(deal => (
                <DealLine key={`${deal.subject.crm} ${deal.subject.id}`} deal={deal} crmPages={crmPages} />
              ))}
            </tbody>
          </Table>
        )}
      </div>
    </>
  );
}
