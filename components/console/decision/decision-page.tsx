'use client';
import type { ReactNode } from 'react';
import type { DecisionView } from '#lib/views/types.ts';
import { Receipts } from '#components/record/receipts.tsx';
import { SentLine } from '#components/record/sent-line.tsx';
import { recordUrl } from '#lib/core/record-url.ts';
import { accountHref, cardHref } from '#components/record/record-href.ts';
import { taskWord } from '#components/record/record-words.ts';
import { StatusBadge } from '#components/record/status-badge.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { Empty, PageHead, Panel } from '#components/ui/panel.tsx';
import { RecordLink } from '#components/record/record-link.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { FactsPart } from './facts-part.tsx';
import { FeaturesPart } from './features-part.tsx';
import { GuardrailsPart } from './guardrails-part.tsx';
import { ModelCallsPart } from './model-calls-part.tsx';
import { AnswerPart, LedgerPart, MomentsPart, ReleasePart, TriggerPart } from './record-parts.tsx';
import { ScorePart } from './score-part.tsx';
import { SuggestionPart } from './suggestion-part.tsx';
import { VerdictsPart } from './verdicts-part.tsx';

interface Part {
  id: string;
  title: string;
  body: ReactNode;
}

/** The parts in the order in which they happened. */
function partsOf(view: DecisionView): Part[] {
  const { lineage, crmPages, receipts } = view;
  const untouched = JSON.stringify(lineage.proposed) === JSON.stringify(lineage.suggestion);
  const none = <Empty>Nothing was written to the CRM.</Empty>;
  return [
    { id: 'trigger', title: 'Trigger', body: <TriggerPart trigger={lineage.trigger} /> },
    { id: 'release', title: 'Release and artifacts', body: <ReleasePart lineage={lineage} /> },
    { id: 'reading', title: 'May it read?', body: <VerdictsPart verdicts={[lineage.reading]} /> },
    {
      id: 'facts',
      title: 'Facts',
      body: (
        <FactsPart
          facts={lineage.facts}
          memories={lineage.memories}
          withheld={lineage.memoriesWithheld}
          crmPages={crmPages}
        />
      ),
    },
    { id: 'features', title: 'Features', body: <FeaturesPart row={lineage.features} crmPages={crmPages} /> },
    { id: 'score', title: 'Score', body: <ScorePart score={lineage.score} crmPages={crmPages} /> },
    {
      id: 'shield',
      title: 'Shield',
      body: <GuardrailsPart results={lineage.shield} none="No untrusted text had to be masked." />,
    },
    { id: 'model-calls', title: 'Language model', body: <ModelCallsPart calls={lineage.modelCalls} /> },
    {
      id: 'proposal',
      title: 'As the agent proposed it',
      body: <SuggestionPart suggestion={lineage.proposed} crmPages={crmPages} />,
    },
    {
      id: 'guardrails',
      title: 'Guardrails',
      body: <GuardrailsPart results={lineage.checks} none="No guardrail ran." />,
    },
    {
      id: 'suggestion',
      title: 'As it was suggested',
      body: untouched ? (
        <p>The guardrails changed nothing: as proposed above.</p>
      ) : (
        <SuggestionPart suggestion={lineage.suggestion} crmPages={crmPages} />
      ),
    },
    { id: 'verdicts', title: 'Policy', body: <VerdictsPart verdicts={lineage.verdicts} /> },
    { id: 'answer', title: 'Answer', body: <AnswerPart answer={view.suggestion.answer} /> },
    {
      id: 'receipt',
      title: 'Receipt',
      body: receipts.length > 0 ? <Receipts receipts={receipts} crmPages={crmPages} /> : none,
    },
    ...(view.suggestion.sent
      ? [{ id: 'sent', title: 'Sent', body: <SentLine sent={view.suggestion.sent} crmPages={crmPages} /> }]
      : []),
    { id: 'moments', title: 'Moments', body: <MomentsPart moments={view.moments} /> },
    { id: 'ledger', title: 'Ledger', body: <LedgerPart audit={view.audit} /> },
  ];
}

/** A decision from what set it off to what the ledger keeps of it. */
export function DecisionPage({ view }: { view: DecisionView }) {
  const parts = partsOf(view);
  const record = recordUrl(view.crmPages, view.subject);
  return (
    <>
      <PageHead title={`${taskWord[view.task]} for ${view.subjectName}`}>
        <StatusBadge status={view.suggestion.status} /> <Time at={view.createdAt} /> ·{' '}
        <Hash value={view.id} length={14} /> · <TextLink href={cardHref(view.subject)}>card</TextLink>
        <RecordLink href={record} />
        {view.account && (
          <>
            {' · '}
            <TextLink href={accountHref(view.account.subject)} label={`Account map of ${view.account.name}`}>
              {view.account.name}
            </TextLink>
          </>
        )}
      </PageHead>
      {view.suggestion.statusReason && <p className="mb-4 max-w-prose">{view.suggestion.statusReason}</p>}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[12rem_minmax(0,1fr)] print:block">
        <nav aria-label="Parts of this decision" className="lg:sticky lg:top-4 print:hidden">
          <ol className="flex flex-wrap gap-x-3 lg:block">
            {parts.map((part, i) => (
              <li key={part.id}>
                <a
                  href={`#${part.id}`}
                  className="inline-block py-1 text-muted hover:text-ink hover:underline"
                >
                  {i + 1}. {part.title}
                </a>
              </li>
            ))}
          </ol>
        </nav>
        <div className="min-w-0 space-y-4">
          {parts.map((part, i) => (
            <Panel key={part.id} id={part.id} title={`${i + 1}. ${part.title}`}>
              {part.body}
            </Panel>
          ))}
        </div>
      </div>
    </>
  );
}
