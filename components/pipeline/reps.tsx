import type { PipelineView } from '#lib/views/types.ts';
import { formatCount, formatMoney } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { dealsHref } from './deals-href.ts';

/** What each rep has open, at risk, and won. */
export function Reps({ reps, currency }: { reps: PipelineView['reps']; currency: string }) {
  return (
    <Panel title="Reps" id="reps">
      {reps.length === 0 ? (
        <Empty>No deal has an owner.</Empty>
      ) : (
        <Table caption="Open and won deals of each rep">
          <thead>
            <tr>
              <HeadCell>Rep</HeadCell>
              <HeadCell numeric>Open</HeadCell>
              <HeadCell numeric>Amount</HeadCell>
              <HeadCell numeric>Weighted</HeadCell>
              <HeadCell numeric>At risk</HeadCell>
              <HeadCell numeric>Won</HeadCell>
              <HeadCell numeric>Won amount</HeadCell>
            </tr>
          </thead>
          <tbody>
            {reps.map(rep => {
              const owner = rep.ownerId ?? 'none';
              const open = dealsHref({ owner });
              const summed = dealsHref({ owner, currency });
              const won = dealsHref({ owner, change: 'won' });
              return (
                <tr key={owner}>
                  <RowHead>{rep.name}</RowHead>
                  <Cell numeric>
                    <TextLink href={open}>{formatCount(rep.count)}</TextLink>
                  </Cell>
                  <Cell numeric>
                    <TextLink href={summed}>{formatMoney(rep.amount, currency)}</TextLink>
                  </Cell>
                  <Cell numeric>
                    <TextLink href={summed}>{formatMoney(rep.weighted, currency)}</TextLink>
                  </Cell>
                  <Cell numeric>
                    <TextLink href={dealsHref({ owner, flag: 'at-risk' })}>
                      {formatCount(rep.atRisk)}
                    </TextLink>
                  </Cell>
                  <Cell numeric>
                    <TextLink href={won}>{formatCount(rep.wonCount)}</TextLink>
                  </Cell>
                  <Cell numeric>
                    <TextLink href={dealsHref({ owner, change: 'won', currency })}>
                      {formatMoney(rep.wonAmount, currency)}
                    </TextLink>
                  </Cell>
                </tr>
              );
            })}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
