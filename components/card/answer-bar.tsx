'use client';
import { Check, CircleHelp, Clock, Pencil, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Answer } from '#lib/core/answer.ts';
import type { SuggestionView } from '#lib/views/types.ts';
import { Button } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import type { CardPart } from './card-events.ts';
import { EditForm } from './edit-form.tsx';
import { QuestionForm } from './question-form.tsx';
import { RejectForm } from './reject-form.tsx';
import { SnoozeForm } from './snooze-form.tsx';

type PanelName = 'edit' | 'reject' | 'snooze' | 'question';

// Beside a narrow record all buttons stand in one row, without their icons.
const icon = 'size-4 max-[28rem]:hidden';
const narrow = 'max-[28rem]:px-2';

/** Everything a person can say to an open suggestion. Focus goes into a form that opens and back to its button. */
export function AnswerBar({
  suggestion,
  changesHash,
  busy,
  problem,
  onAnswer,
  onOpened,
}: {
  suggestion: SuggestionView;
  changesHash: string;
  busy: boolean;
  problem: string | null;
  onAnswer: (answer: Answer) => void;
  onOpened: (part: CardPart) => void;
}) {
  const [panel, setPanel] = useState<{ name: PanelName; hash: string } | null>(null);
  const box = useRef<HTMLElement>(null);
  const last = useRef<PanelName | null>(null);
  const name = panel?.name ?? null;
  const [wasBusy, setWasBusy] = useState(busy);
  if (wasBusy !== busy) {
    setWasBusy(busy);
    if (!busy && problem === null) setPanel(null);
  }

  useEffect(() => {
    if (name !== null) {
      box.current?.scrollIntoView({ block: 'nearest' });
      box.current?.querySelector<HTMLElement>('input, textarea')?.focus();
    } else if (last.current) box.current?.querySelector<HTMLElement>(`[data-opens=${last.current}]`)?.focus();
    last.current = name;
  }, [name]);

  const open = (next: PanelName) => {
    setPanel({ name: next, hash: changesHash });
    if (next === 'edit') onOpened('edit');
  };
  const cancel = () => setPanel(null);

  const failure = problem !== null && (
    <div className="w-full">
      <Notice level="problem" live>
        <p>{problem}</p>
      </Notice>
    </div>
  );

  if (panel === null)
    return (
      <section
        ref={box}
        aria-label="Your answer"
        className="sticky bottom-0 -mx-4 flex flex-wrap gap-2 max-[28rem]:gap-1.5 border-t border-line bg-surface px-4 py-3"
      >
        {failure}
        <Button
          look="primary"
          className={narrow}
          busy={busy}
          icon={<Check aria-hidden className={icon} />}
          onClick={() => onAnswer({ kind: 'approve', changesHash })}
        >
          {suggestion.status === 'parked' ? 'Try again' : 'Approve'}
        </Button>
        <Button
          className={narrow}
          data-opens="edit"
          off={busy}
          icon={<Pencil aria-hidden className={icon} />}
          onClick={() => open('edit')}
        >
          Edit
        </Button>
        <Button
          className={narrow}
          data-opens="reject"
          off={busy}
          icon={<X aria-hidden className={icon} />}
          onClick={() => open('reject')}
        >
          Reject
        </Button>
        <Button
          className={narrow}
          data-opens="snooze"
          off={busy}
          icon={<Clock aria-hidden className={icon} />}
          onClick={() => open('snooze')}
        >
          Snooze
        </Button>
        <Button
          look="quiet"
          className={narrow}
          data-opens="question"
          off={busy}
          icon={<CircleHelp aria-hidden className={icon} />}
          onClick={() => open('question')}
        >
          <span>
            Ask<span className="max-[28rem]:sr-only"> a question</span>
          </span>
        </Button>
      </section>
    );

  const shared = { busy, onCancel: cancel };
  return (
    <section ref={box} aria-label="Your answer" className="-mx-4 space-y-3 border-t border-line px-4 py-3">
      {panel.hash !== changesHash && (
        <Notice level="warning" live title="The suggestion changed while this was open.">
          <p>Your words are still here. Check them against the new suggestion above before you send them.</p>
        </Notice>
      )}
      {failure}
      {panel.name === 'edit' && (
        <EditForm {...shared} suggestion={suggestion} changesHash={changesHash} onAnswer={onAnswer} />
      )}
      {panel.name === 'reject' && (
        <RejectForm {...shared} onReject={reason => onAnswer({ kind: 'reject', changesHash, reason })} />
      )}
      {panel.name === 'snooze' && (
        <SnoozeForm {...shared} onSnooze={until => onAnswer({ kind: 'snooze', changesHash, until })} />
      )}
      {panel.name === 'question' && (
        <QuestionForm
          {...shared}
          onQuestion={reason => onAnswer({ kind: 'question', changesHash, reason })}
        />
      )}
    </section>
  );
}
