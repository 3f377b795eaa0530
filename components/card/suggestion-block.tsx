import { RotateCw, Undo2 } from 'lucide-react';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { SuggestionView } from '#lib/views/types.ts';
import { ChannelIcon } from '#components/record/channel-icon.tsx';
import { Changes } from '#components/record/changes.tsx';
import { ClaimList } from '#components/record/claim-list.tsx';
import { decisionHref } from '#components/record/record-href.ts';
import { channelWord, confidenceWord, taskWord } from '#components/record/record-words.ts';
import { StatusBadge } from '#components/record/status-badge.tsx';
import { summariseVerdicts } from '#components/record/verdict-words.ts';
import { Button } from '#components/ui/button.tsx';
import { formatPercent } from '#components/ui/number-format.ts';
import { Notice } from '#components/ui/notice.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { AnswerBar } from './answer-bar.tsx';
import type { CardBusy, CardEvents } from './card-events.ts';
import { DraftBlock } from './draft-block.tsx';
import { Outcome } from './outcome.tsx';
import { SendTime } from './send-time.tsx';

/** The proposal itself: what, when, why, in which words. */
function Proposed({
  suggestion,
  crmPages,
  onOpened,
}: {
  suggestion: SuggestionView;
  crmPages: CrmPages | null;
  onOpened: CardEvents['onOpened'];
}) {
  const { channel, changes, draft, sendAt, timezone } = suggestion;
  const task = changes.find(change => change.kind === 'task');
  const when = sendAt ?? task?.dueAt ?? null;
  const others = changes.filter(change => change !== task);
  return (
    <>
      <div className="space-y-1">
        <p className="flex items-start gap-2 text-base font-semibold">
          {channel && (
            <span className="mt-1 text-muted">
              <ChannelIcon channel={channel} />
            </span>
          )}
          <span>
            {channel && <span className="sr-only">{channelWord(channel)}: </span>}
            {task?.title ?? taskWord[suggestion.task]}
          </span>
        </p>
        {when && (
          <p>
            <SendTime at={when} timezone={timezone} />
          </p>
        )}
        {task?.body && <p className="whitespace-pre-line">{task.body}</p>}
      </div>
      {suggestion.why.length > 0 && (
        <section aria-labelledby="why-title">
          <h3 id="why-title" className="mb-1 text-xs font-medium text-muted">
            Why this, why now
          </h3>
          <ClaimList claims={suggestion.why} crmPages={crmPages} onOpened={() => onOpened('evidence')} />
        </section>
      )}
      {draft && (
        <DraftBlock
          draft={draft}
          writtenBy={suggestion.writtenBy}
          crmPages={crmPages}
          onOpened={() => onOpened('draft')}
        />
      )}
      {others.length > 0 && <Changes changes={others} />}
    </>
  );
}

/** The suggestion in every state it can be in, with what the viewer may do about it. */
export function SuggestionBlock({
  suggestion,
  crmPages,
  busy,
  problem,
  onAnswer,
  onUndo,
  onAsk,
  onOpened,
}: {
  suggestion: SuggestionView;
  crmPages: CrmPages | null;
  busy: CardBusy | null;
  problem: string | null;
} & CardEvents) {
  const { can, changesHash, confidence, decisionId, kind, status, verdicts } = suggestion;
  const summary = summariseVerdicts(verdicts, can.answer);
  const answerable = can.answer && changesHash !== null;
  const over = !answerable && !['approved', 'applied', 'undoing', 'parked'].includes(status);
  return (
    <section aria-labelledby="suggestion-title" className="space-y-3 p-4 pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="suggestion-title" className="font-semibold">
          Suggested {taskWord[suggestion.task].toLowerCase()}
        </h2>
        <StatusBadge status={status} />
      </div>
      {problem !== null && !answerable && (
        <Notice level="problem" live>
          <p>{problem}</p>
        </Notice>
      )}
      <Outcome suggestion={suggestion} crmPages={crmPages}>
        {can.undo && (
          <Button
            busy={busy === 'undoing'}
            icon={<Undo2 aria-hidden className="size-4" />}
            onClick={() => onUndo(decisionId)}
          >
            Undo
          </Button>
        )}
      </Outcome>
      {kind === 'abstain' ? (
        <div className="space-y-2">
          <p>{suggestion.reason}</p>
          <ClaimList claims={suggestion.why} crmPages={crmPages} onOpened={() => onOpened('evidence')} />
        </div>
      ) : (
        <Proposed suggestion={suggestion} crmPages={crmPages} onOpened={onOpened} />
      )}
      <div className="space-y-1 pb-3 text-xs text-muted">
        {kind === 'propose' && confidence !== null && (
          <p>
            Confidence {confidenceWord(confidence)}: about {formatPercent(confidence)} of such suggestions are
            expected to be approved unchanged.
          </p>
        )}
        {kind === 'propose' && status === 'open' && (
          <>
            <p>{summary.text}</p>
            {summary.reasons.map(reason => (
              <p key={reason}>{reason}</p>
            ))}
          </>
        )}
        {!can.answer && !can.undo && can.why && <p className="text-ink">{can.why}</p>}
        <p>
          Suggested <Time at={suggestion.createdAt} as="relative" explain />
          {status === 'open' && suggestion.expiresAt && (
            <>
              , open until <Time at={suggestion.expiresAt} />
            </>
          )}{' '}
          ·{' '}
          <TextLink href={decisionHref(decisionId)} opens="tab" onClick={() => onOpened('decision')}>
            How this was decided
          </TextLink>
        </p>
        {over && (
          <Button
            className="mt-2"
            busy={busy === 'asking'}
            icon={<RotateCw aria-hidden className="size-4" />}
            onClick={onAsk}
          >
            Suggest again
          </Button>
        )}
      </div>
      {answerable && (
        <AnswerBar
          suggestion={suggestion}
          changesHash={changesHash}
          busy={busy === 'answering'}
          problem={problem}
          onAnswer={answer => onAnswer(answer, decisionId)}
          onOpened={onOpened}
        />
      )}
    </section>
  );
}
