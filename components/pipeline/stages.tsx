import type { PipelineView } from '#lib/views/types.ts';
import { formatCount, formatMoney, formatPercent } from '#components/ui/number-format.ts';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { dealsHref } from './deals-href.ts';
import { StagePlot } from './stage-plot.tsx';

type Stage = PipelineView['stages'][number];

function StageTable({
  name,
  stages,
  currency,
}: {
  name: string;
  stages: readonly Stage[];
  currency: string;
}) {
  return (
    <Table caption={`Stages of ${name}`}>
      <thead>
        <tr>
          <HeadCell>Stage</HeadCell>
          <HeadCell numeric>Probability</HeadCell>
          <HeadCell numeric>Deals</HeadCell>
          <HeadCell numeric>Amount</HeadCell>
          <HeadCell numeric>Weighted</HeadCell>
        </tr>
      </thead>
      <tbody>
        {stages.map(stage => {
          const href = dealsHref({ stage: stage.id });
          const summed = dealsHref({ stage: stage.id, currency });
          return (
            <tr key={stage.id}>
              <RowHead>
                {stage.name}
                {stage.missingAmount > 0 && (
                  <span className="block text-xs font-normal text-muted">
                    {formatCount(stage.missingAmount)} without an amount
                  </span>
                )}
              </RowHead>
              <Cell numeric>{formatPercent(stage.probability)}</Cell>
              <Cell numeric>
                <TextLink href={href} label={`${stage.name}: ${stage.count} deals`}>
                  {formatCount(stage.count)}
                </TextLink>
              </Cell>
              <Cell numeric>
                <TextLink href={summed}>{formatMoney(stage.amount, currency)}</TextLink>
              </Cell>
              <Cell numeric>
                <TextLink href={summed}>{formatMoney(stage.weighted, currency)}</TextLink>
              </Cell>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

/** Stages as a table with its plot, one pair for each of the CRM's pipelines. */
export function Stages({ stages, currency }: { stages: readonly Stage[]; currency: string }) {
  const pipelines = [...new Set(stages.map(stage => stage.pipeline))];
  return (
    <Panel title="Stages" id="stages">
      {pipelines.length === 0 && <Empty>No open deals.</Empty>}
      {pipelines.map(pipeline => {
        const own = stages.filter(stage => stage.pipeline === pipeline);
        return (
          <div key={pipeline} className="not-first:mt-6">
            {pipelines.length > 1 && <h3 className="mb-1 font-medium">{pipeline}</h3>}
            <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-2">
              <StageTable name={pipeline} stages={own} currency={currency} />
              <StagePlot stages={own} currency={currency} />
            </div>
          </div>
        );
      })}
    </Panel>
  );
}
