import { recordHref, type CrmPages } from '#lib/core/record-url.ts';
import type { PipelineView } from '#lib/views/types.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { cardHref } from '#components/record/record-href.ts';
import { formatMoney } from '#components/ui/number-format.ts';
import { Empty, Panel } from '#components/ui/panel.tsx';
import { RecordLink } from '#components/record/record-link.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { AccountName } from './account-name.tsx';
import { dealsHref } from './deals-href.ts';

type Risk = PipelineView['atRisk'][number];

function RiskItem({ risk, crmPages }: { risk: Risk; crmPages: CrmPages | null }) {
  const { deal, why, evidence } = risk;
  const record = recordHref(crmPages, deal.url);
  return (
    <li className="border-b border-line py-2 first:pt-0 last:border-0 last:pb-0">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="font-medium">
          <TextLink href={cardHref(deal.subject)}>{deal.name}</TextLink>
        </p>
        <p className="font-medium whitespace-nowrap">
          {deal.amount === null ? 'no amount' : formatMoney(deal.amount, deal.currency)}
        </p>
      </div>
      <p className="text-xs text-muted">
        <AccountName deal={deal} /> · {deal.stage} · {deal.owner ?? 'no owner'}
        {deal.closeDate && (
          <>
            {' · closes '}
            <Time at={deal.closeDate} as="day" />
          </>
        )}
        <RecordLink href={record} />
      </p>
      <ul className="mt-1 list-disc pl-4">
        {why.map(reason => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <EvidenceList evidence={evidence} crmPages={crmPages} />
    </li>
  );
}

/** What a manager can act on this week: the rest is a click away. */
const shown = 8;

/** The deals with most at risk, each with why and what shows it. */
export function AtRisk({ risks, crmPages }: { risks: readonly Risk[]; crmPages: CrmPages | null }) {
  return (
    <Panel
      title="Deals at risk"
      id="at-risk"
      aside={<TextLink href={dealsHref({ flag: 'at-risk' })}>all {risks.length} of them</TextLink>}
    >
      {risks.length === 0 ? (
        <Empty>No deal meets a rule for risk now.</Empty>
      ) : (
        <ul>
          {risks.slice(0, shown).map(risk => (
            <RiskItem key={risk.deal.subject.id} risk={risk} crmPages={crmPages} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
