import type { ReactNode } from 'react';
import type { PipelineView } from '#lib/views/types.ts';
import { countOf, formatCount, formatMoney } from '#components/ui/number-format.ts';
import { TextLink } from '#components/ui/text-link.tsx';
import { dealsHref } from './deals-href.ts';

const Total = ({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) => (
  <div>
    <dt className="text-xs text-muted">{name}</dt>
    <dd className="text-2xl font-semibold">{children}</dd>
    {note && <dd className="text-xs text-muted">{note}</dd>}
  </div>
);

/** The open pipeline in three numbers, why there is no forecast, and what is not in the sums. */
export function Totals({ view }: { view: PipelineView }) {
  const { totals, currency, otherCurrencies, forecastNote } = view;
  const missing = view.stages.reduce((sum, stage) => sum + stage.missingAmount, 0);
  return (
    <section aria-label="Totals" className="space-y-3 rounded border border-line bg-surface p-4">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Total name="Open deals" note={missing > 0 && `${formatCount(missing)} without an amount`}>
          <TextLink href={dealsHref()}>{formatCount(totals.count)}</TextLink>
        </Total>
        <Total name="Amount">
          <TextLink href={dealsHref({ currency })}>{formatMoney(totals.amount, currency)}</TextLink>
        </Total>
        <Total name="Weighted amount" note="Amount times the stage’s probability">
          <TextLink href={dealsHref({ currency })}>{formatMoney(totals.weighted, currency)}</TextLink>
        </Total>
      </dl>
      <p className="max-w-prose text-muted">{forecastNote}</p>
      {otherCurrencies.length > 0 && (
        <p className="text-muted">
          Not in these sums:{' '}
          {otherCurrencies.map((other, i) => (
            <span key={other.currency}>
              {i > 0 && ', '}
              <TextLink href={dealsHref({ currency: other.currency })}>
                {countOf(other.count, 'deal')} of {formatMoney(other.amount, other.currency)}
              </TextLink>
            </span>
          ))}
          .
        </p>
      )}
    </section>
  );
}
