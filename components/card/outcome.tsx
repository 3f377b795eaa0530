import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { DecisionStatus } from '#lib/core/decision.ts';
import type { SuggestionView } from '#lib/views/types.ts';
import { Receipts } from '#components/record/receipts.tsx';
import { SentLine } from '#components/record/sent-line.tsx';
import { summariseVerdicts } from '#components/record/verdict-words.ts';
import { Notice } from '#components/ui/notice.tsx';
import { Time } from '#components/ui/time.tsx';

type Look = { level: 'info' | 'good' | 'warning' | 'problem'; title: string; next?: string };

const looks: Record<Exclude<DecisionStatus, 'open'>, Look> = {
  approved: {
    level: 'info',
    title: 'Being written to the CRM',
    next: 'This takes a few seconds. You may leave the page.',
  },
  applied: { level: 'good', title: 'Written to the CRM' },
  parked: {
    level: 'problem',
    title: 'Not written yet: the CRM did not take it',
    next: 'Nothing is lost, it waits here. Once the cause is put right, try again.',
  },
  rejected: { level: 'info', title: 'Rejected' },
  snoozed: { level: 'info', title: 'Put off' },
  superseded: { level: 'info', title: 'Another suggestion took its place' },
  expired: { level: 'info', title: 'Ended without an answer, so nothing was written' },
  denied: { level: 'warning', title: 'Policy does not allow this, so nothing was written' },
  abstained: { level: 'info', title: 'Nothing suggested now' },
  undoing: { level: 'info', title: 'Being taken back in the CRM', next: 'This takes a few seconds.' },
  undone: { level: 'good', title: 'Taken back: the CRM is as it was before' },
};

const answerWord: Record<string, string> = {
  approve: 'Approved',
  edit: 'Edited and approved',
  reject: 'Rejected',
  question: 'Question asked',
  snooze: 'Snoozed',
};

function AnswerLine({ answer }: { answer: NonNullable<SuggestionView['answer']> }) {
  return (
    <p>
      {answerWord[answer.kind] ?? answer.kind} by {answer.by}, <Time at={answer.at} as="relative" explain />
      {answer.reason && <>: “{answer.reason}”</>}
    </p>
  );
}

/** How a suggestion stands once it no longer simply waits: what happened, in whose words, and what to do next. */
export function Outcome({
  suggestion,
  crmPages,
  children,
}: {
  suggestion: SuggestionView;
  crmPages: CrmPages | null;
  children?: ReactNode;
}) {
  const { status, statusReason, answer, receipts, sent } = suggestion;
  if (status === 'open') return answer && <AnswerLine answer={answer} />;
  const { level, title, next } = looks[status];
  const moving = status === 'approved' || status === 'undoing';
  return (
    <Notice level={level} title={title} live>
      {moving && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {statusReason && <p>{status === 'parked' ? `The CRM says: “${statusReason}”` : statusReason}</p>}
      {status === 'denied' && <p>{summariseVerdicts(suggestion.verdicts).text}</p>}
      {next && <p>{next}</p>}
      {answer && <AnswerLine answer={answer} />}
      {sent && <SentLine sent={sent} crmPages={crmPages} />}
      {receipts.length > 0 && (
        <div className="text-ink">
          <Receipts receipts={receipts} crmPages={crmPages} />
        </div>
      )}
      {children}
    </Notice>
  );
}
